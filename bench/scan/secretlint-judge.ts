import { lintSource } from "@secretlint/core";
import { creator } from "@secretlint/secretlint-rule-preset-recommend";
import { serveJudge } from "./judge-files.js";

serveJudge({
  judge: async (text) => {
    const result = await lintSource({
      source: { content: text, filePath: "widget.js", ext: ".js", contentType: "text" },
      options: { config: { rules: [{ id: "preset", rule: creator }] } },
    });
    const rules = [...new Set(result.messages.map((message) => message.ruleId))].sort();
    return { flagged: rules.length > 0, reasons: rules };
  },
});
