import { z } from "zod";
import type { Capability } from "./capability.js";
import type { Condition } from "./condition.js";
import type { Rule } from "./rule.js";
import type { SignInMethod } from "./sign-in-method.js";

/** The version of this contract. A plugin names the major it was written for. */
export const pluginContractVersion = 1;

/** What a plugin gives. Our own rules, capabilities, conditions and sign-in methods come through this door too. */
export interface Plugin {
  readonly name: string;
  readonly version: string;
  /** The contract's major version. */
  readonly contract: number;
  /** Names of plugins that must be loaded as well. */
  readonly needs?: readonly string[];
  readonly rules?: readonly Rule[];
  readonly capabilities?: readonly Capability[];
  readonly conditions?: readonly Condition[];
  readonly signInMethods?: readonly SignInMethod[];
}

const id = z.string().regex(/^[a-z][a-z0-9-]*$/, "lower-case letters, digits and dashes");
const header = z.object({ name: id, version: z.string().min(1), contract: z.number().int() });

/**
 * Declares a plugin. Throws with the plugin's name and the reason when the header is malformed, the contract version is
 * unknown, or a rule's id does not start with the plugin's name.
 */
export function definePlugin(plugin: Plugin): Plugin {
  const parsed = header.safeParse(plugin);
  if (!parsed.success) {
    throw new Error(
      `Plugin ${String(plugin.name)}: ${parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ")}`,
    );
  }
  if (plugin.contract !== pluginContractVersion) {
    throw new Error(
      `Plugin ${plugin.name} was written for contract ${plugin.contract}; this version of Vitrine has contract ${pluginContractVersion}.`,
    );
  }
  for (const rule of plugin.rules ?? []) {
    if (!rule.meta.id.startsWith(`${plugin.name}/`)) {
      throw new Error(`Plugin ${plugin.name}: rule id ${rule.meta.id} must start with "${plugin.name}/".`);
    }
  }
  return plugin;
}
