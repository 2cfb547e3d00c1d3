import { describe, expect, it } from "vitest";
import type { Plugin } from "../../../src/contracts/index.js";
import { rulePlugins } from "../../../src/plugins/rule-plugins.js";
import { testRule } from "../../support/test-rule.js";

const plugins = await Promise.all(
  rulePlugins.map(async (url) => ((await import(url.replace(/\.js$/, ".ts"))) as { readonly default: Plugin }).default),
);

for (const plugin of plugins) for (const rule of plugin.rules ?? []) testRule(rule);

describe("the rules that ship", () => {
  it("have ids of their own", () => {
    const ids = plugins.flatMap((plugin) => (plugin.rules ?? []).map((rule) => rule.meta.id));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
