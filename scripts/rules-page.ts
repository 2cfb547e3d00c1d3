// Writes docs/rules.md from the rules themselves: `npm run docs:rules`. A test fails when the page is stale.
import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { type Plugin, type Rule, ruleCategories } from "../src/contracts/index.js";
import { pipelineMessages } from "../src/pipeline/findings/pipeline-findings.js";
import { rulePlugins } from "../src/plugins/rule-plugins.js";

const page = new URL("../docs/rules.md", import.meta.url);
const severities = { block: "rejects the bundle", warn: "warns", note: "is noted" } as const;
const kinds = { javascript: "reads the code", text: "reads the text", behaviour: "watches the run in QuickJS" } as const;

async function loadRules(): Promise<Rule[]> {
  const plugins = await Promise.all(
    rulePlugins.map(async (url) => ((await import(url.replace(/\.js$/, ".ts"))) as { default: Plugin }).default),
  );
  return plugins.flatMap((plugin) => plugin.rules ?? []);
}

const code = (text: string) => `\`\`\`js\n${text.trim()}\n\`\`\``;

function describeRule({ kind, meta }: Rule): string {
  const messages = Object.values(meta.messages).map(({ text, fix }) => `- ${text} *${fix}*`);
  const examples = [
    ...meta.examples.incorrect.slice(0, 2).map((example) => `Found:\n\n${code(example)}`),
    ...meta.examples.correct.slice(0, 2).map((example) => `Left alone:\n\n${code(example)}`),
  ];
  return [
    `### ${meta.id}`,
    `${meta.title}. ${meta.description}`,
    `A finding ${severities[meta.severity]}; the rule ${kinds[kind]}.`,
    messages.join("\n"),
    ...examples,
  ].join("\n\n");
}

/** The whole page. */
export async function renderRulesPage(): Promise<string> {
  const rules = await loadRules();
  const groups = Object.entries(ruleCategories).map(([category, title]) => {
    const own = rules.filter((rule) => rule.meta.category === category).sort((a, b) => (a.meta.id < b.meta.id ? -1 : 1));
    return own.length === 0 ? "" : [`## ${title}`, ...own.map(describeRule)].join("\n\n");
  });
  const intake = Object.entries(pipelineMessages).map(([id, [text, fix]]) => `### ${id}\n\n${text} *${fix}*`);
  return `${[
    "# Scan rules",
    "Written by `npm run docs:rules` from the rules themselves. A bundle is published only when nothing rejects it **and** every rule ran: unparsed, crashed, timed out or skipped means rejected.",
    ...groups.filter(Boolean),
    "## The pipeline itself",
    ...intake,
  ].join("\n\n")}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await writeFile(page, await renderRulesPage());
