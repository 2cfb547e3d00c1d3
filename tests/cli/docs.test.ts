import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeFolder } from "./stage.js";

const page = readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8");

describe("docs/cli.md", () => {
  it("quotes the help of the command and of every verb, word for word", async () => {
    const folder = await makeFolder();
    const main = await folder.run(["--help"]);
    expect(main.code).toBe(0);
    expect(page).toContain(`\`\`\`text\n${main.out}\`\`\``);
    const commands = main.out.slice(main.out.indexOf("Commands:"));
    const verbs = [...commands.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map((match) => match[1] ?? "").filter((verb) => verb !== "help");
    expect(verbs).toContain("scan");
    for (const verb of verbs) {
      const { out, code } = await folder.run([verb, "--help"]);
      expect(code).toBe(0);
      expect(page, verb).toContain(`## \`vitrine ${verb}\``);
      expect(page, verb).toContain(`\`\`\`text\n${out}\`\`\``);
    }
    await folder.remove();
  });

  it("names every field of the JSON report", async () => {
    const folder = await makeFolder();
    await folder.write("widget.js", 'eval("1");\n');
    const { out } = await folder.run(["scan", "widget.js", "--format", "json"]);
    for (const field of fieldsOf(JSON.parse(out))) expect(page, field).toContain(`\`${field}\``);
    await folder.remove();
  });
});

/** Names of all fields, without those under free keys. */
function fieldsOf(value: unknown): Set<string> {
  const fields = new Set<string>();
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(walk);
    else if (typeof part === "object" && part !== null) {
      for (const [key, inner] of Object.entries(part)) {
        fields.add(key);
        if (key !== "engine") walk(inner);
      }
    }
  };
  walk(value);
  return fields;
}
