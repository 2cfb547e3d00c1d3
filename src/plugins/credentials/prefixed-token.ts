import { defineRule } from "../../contracts/index.js";
import { entropyOf, isPlaceholder } from "./look-alikes.js";

/** A short word, a sign, and a long random rest: how services have written their tokens for years. */
const form = /^(?:[A-Za-z][A-Za-z0-9]{1,9}[-_.]){1,3}([A-Za-z0-9_-]{28,120})$/;
const notToken =
  /^(?:sha\d*|md5|hash|integrity|chunk|vendor|css|sc|uuid|urn|data|nonce|pk|pub|public|publishable|id|key|img|icon|font|asset|base64|webpack|vite|test|build|commit|etag|ver|v\d+|rgb|sprite|svg)[-_.]/i;

export const prefixedToken = defineRule({
  kind: "javascript",
  meta: {
    id: "credentials/prefixed-token",
    category: "credential_exposure",
    severity: "block",
    title: "A text has the form of a token",
    description: "A short prefix and a long random rest, as API tokens are written.",
    messages: {
      token: {
        text: "This has the form of an API token.",
        fix: "If it is one, revoke it now and use a connector. If not, give it another form.",
      },
    },
    examples: {
      incorrect: ['const t = "pplx-q8Zt3Vw7LmXc2RbN5yHs0DfGaP1uEo9iTzQ4Wx6K"', 'connect("acme_live_q8Zt3Vw7LmXc2RbN5yHs0DfGaP1uEo9iTz")'],
      correct: [
        'const i = "sha384-q8Zt3Vw7LmXc2RbN5yHs0DfGaP1uEo9iTzQ4Wx6K"',
        'const c = "some-very-long-class-name-for-a-component-part"',
        'const u = "urn_3f2b8c1e-7a64-4d09-9b51-0c6e2f8a7d43"',
        'const p = "pk_live_q8Zt3Vw7LmXc2RbN5yHs0DfGaP1uEo9iTz"',
      ],
    },
  },
  create({ report }) {
    return {
      Literal(node) {
        const value = node.value;
        if (typeof value !== "string" || value.length < 31 || value.length > 140 || notToken.test(value)) return;
        const rest = form.exec(value)?.[1];
        if (rest === undefined || /^(?:AIza[\w-]{35}|B[\w-]{86})$/.test(value) || isPlaceholder(value) || !isRandom(rest)) return;
        report({ messageId: "token", at: node, mask: { start: node.start, end: node.end } });
      },
    };
  },
});

/** Letters and digits in no order: no words, no runs. */
function isRandom(text: string): boolean {
  const digits = text.replace(/\D/g, "").length;
  const words = text.match(/[a-z]{5,}|[A-Z]{5,}/g)?.join("").length ?? 0;
  return (
    digits >= 3 &&
    digits < text.length * 0.6 &&
    words < text.length * 0.35 &&
    entropyOf(text) >= 3.4 &&
    (text.match(/[-_]/g)?.length ?? 0) <= 4
  );
}
