import { defineRule } from "../../contracts/index.js";

const runners = /^(?:eval|setTimeout|setInterval|script|import): /;
/** `eval("this")`, `eval("require")`: how libraries look for a global. */
const lookUp = /^eval: \s*(?:\(?(?:this|globalThis|window|self|[a-z]{1,12}|require\(["'][\w:/.@-]{1,40}["']\)[\w.]{0,40})\)?)?;?\s*$/i;

export const madeAtRunTime = defineRule({
  kind: "behaviour",
  meta: {
    id: "dynamic-code/made-at-run-time",
    category: "obfuscation",
    severity: "block",
    title: "The bundle made code and ran it",
    description: "While it was tried out, the bundle ran text as code that does not stand in the file, or that a decoder made.",
    messages: {
      decoded: { text: "Decoded text was run: {code}", fix: "Ship the code itself instead of an encoded form of it." },
      run: { text: "Text was run as code: {code}", fix: "Write the code as code; the frame forbids eval and inline scripts." },
      made: {
        text: "Text that is not in the file was run: {code}",
        fix: "Write the code as code; the frame runs nothing that is made later.",
      },
    },
    examples: { incorrect: [], correct: [] },
  },
  check({ behaviour, report }) {
    for (const { kind, target } of behaviour.events) {
      if (kind === "code.decoded") report({ messageId: "decoded", data: { code: target } });
      else if ((kind === "code" || kind === "code.made") && runners.test(target) && !lookUp.test(target)) {
        report({ messageId: kind === "code" ? "run" : "made", data: { code: target } });
      }
    }
  },
});
