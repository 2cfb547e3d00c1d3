import { lintSource } from "@secretlint/core";
import { rules } from "@secretlint/secretlint-rule-preset-recommend";
import { defineRule } from "../../contracts/index.js";
import { isPlaceholder } from "./look-alikes.js";

/** Without the preset's comment filter: an author cannot switch a check off. */
const detectors = rules
  .filter((rule) => !rule.meta.id.includes("filter-comments"))
  .map((rule) => ({ id: rule.meta.id, rule, options: {} }));

export const secretlint = defineRule({
  kind: "text",
  meta: {
    id: "credentials/secretlint",
    category: "credential_exposure",
    severity: "block",
    title: "Secretlint found a credential",
    description: "The detectors of secretlint's recommended preset.",
    messages: {
      found: {
        text: "Secretlint ({rule}) found a credential.",
        fix: "Revoke it now: it has left your hands. Keep keys on a server and use a connector.",
      },
    },
    examples: {
      incorrect: ['const t = "xoxb-204939128374-2049391283741-k3Jq8ZtVw2LmXc7RbN5yHs0D"'],
      correct: ['const t = "xoxb-your-token"', 'const text = "a token"'],
    },
  },
  async check({ path, text, report }) {
    const result = await lintSource({
      source: { filePath: path, content: text, ext: ".js", contentType: "text" },
      options: { config: { rules: detectors } },
    });
    for (const { range, ruleId } of result.messages) {
      const secret = text.slice(range[0], range[1]);
      if (isPlaceholder(secret)) continue;
      const mask = { start: range[0], end: range[1] };
      report({ messageId: "found", at: mask, mask, data: { rule: ruleId } });
    }
  },
});
