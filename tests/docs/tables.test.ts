import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderRulesPage } from "../../scripts/rules-page.js";
import { publicErrors } from "../../sdk/src/protocol/index.js";
import { variables } from "../../src/config/index.js";
import { errorStatus } from "../../src/contracts/index.js";

const read = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");
const rows = (text: string) => text.split("\n").filter((line) => line.startsWith("| `"));

describe("the documentation", () => {
  it("lists every error code with its status, and no other", () => {
    const expected = Object.entries(publicErrors).map(
      ([code, { retryable, meaning }]) =>
        `| \`${code}\` | ${errorStatus[code as keyof typeof errorStatus]} | ${retryable ? "yes" : "no"} | ${meaning} |`,
    );
    expect(rows(read("errors.md"))).toEqual(expected);
  });

  it("lists every environment variable with its default, and no other", () => {
    const expected = Object.entries(variables).map(
      ([name, variable]) => `| \`${name}\` | ${variable.default || "–"} | ${variable.meaning} |`,
    );
    expect(rows(read("configuration.md"))).toEqual(expected);
  });

  it("describes every rule as the rule describes itself (npm run docs:rules writes the page)", async () => {
    expect(read("rules.md")).toBe(await renderRulesPage());
  });
});
