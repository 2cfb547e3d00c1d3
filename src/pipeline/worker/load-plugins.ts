import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { definePlugin, type Plugin, type Rule } from "../../contracts/index.js";

/**
 * Loads plugin modules by their absolute file URL and checks them against the contract and one another. Throws with the plugin and
 * the reason: a rule that cannot run must stop start-up, not thin out the checks.
 */
export async function loadPlugins(urls: readonly string[]): Promise<readonly Rule[]> {
  const plugins: Plugin[] = [];
  for (const url of urls) plugins.push(await loadPlugin(url));
  const names = new Set(plugins.map((plugin) => plugin.name));
  if (names.size < plugins.length) throw new Error(`Two plugins have the name ${repeated(plugins.map((plugin) => plugin.name))}.`);
  for (const plugin of plugins) {
    const missing = (plugin.needs ?? []).find((need) => !names.has(need));
    if (missing !== undefined) throw new Error(`Plugin ${plugin.name} needs the plugin "${missing}", which is not loaded.`);
  }
  const rules = plugins.flatMap((plugin) => plugin.rules ?? []);
  const ids = rules.map((rule) => rule.meta.id);
  if (new Set(ids).size < ids.length) throw new Error(`Two rules have the id ${repeated(ids)}.`);
  return rules;
}

async function loadPlugin(url: string): Promise<Plugin> {
  let loaded: { readonly default?: unknown };
  try {
    loaded = (await import(resolveModule(url))) as { readonly default?: unknown };
  } catch (error) {
    throw new Error(`Plugin module ${url} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  const plugin = loaded.default;
  if (typeof plugin !== "object" || plugin === null) throw new Error(`Plugin module ${url} has no default export made with definePlugin.`);
  const checked = definePlugin(plugin as Plugin);
  for (const rule of checked.rules ?? []) checkRule(checked.name, rule);
  return checked;
}

/** The same module is `.ts` from source and `.js` in the build. */
function resolveModule(url: string): string {
  if (!url.startsWith("file:")) throw new Error("a plugin is named by an absolute file URL");
  if (existsSync(fileURLToPath(url))) return url;
  const other = url.endsWith(".js") ? `${url.slice(0, -3)}.ts` : url.endsWith(".ts") ? `${url.slice(0, -3)}.js` : url;
  return existsSync(fileURLToPath(other)) ? other : url;
}

const kinds = ["javascript", "text", "behaviour"];

function checkRule(plugin: string, rule: Rule): void {
  const runs = rule.kind === "javascript" ? typeof rule.create === "function" : typeof rule.check === "function";
  if (!kinds.includes(rule.kind) || !runs) throw new Error(`Plugin ${plugin}: rule ${rule.meta.id} has an unknown kind or nothing to run.`);
  if (Object.keys(rule.meta.messages).length === 0) throw new Error(`Plugin ${plugin}: rule ${rule.meta.id} has no messages.`);
}

function repeated(values: readonly string[]): string {
  return values.find((value, index) => values.indexOf(value) !== index) ?? "";
}
