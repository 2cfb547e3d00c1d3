import { lintSource } from "@secretlint/core";
import { creator } from "@secretlint/secretlint-rule-preset-recommend";
import { defineRule } from "../../contracts/index.js";
import { isLookAlike } from "./look-alikes.js";

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
      options: { config: { rules: [{ id: "preset", rule: creator, options: {} }] } },
    });
    for (const { range, ruleId } of result.messages) {
      const secret = text.slice(range[0], range[1]);
      if (isLookAlike(secret)) continue;
      const mask = { start: range[0], end: range[1] };
      report({ messageId: "found", at: mask, mask, data: { rule: ruleId } });
    }
  },
});
