import type { Node } from "estree";
import { defineRule } from "../../contracts/index.js";
import { entropyOf, isLookAlike } from "./look-alikes.js";

const names =
  /(?:pass(?:word|wd|phrase)?|pwd|secret|token|apikey|auth_?key|credential|(?:api|app|application|access|private|secret|service|account|admin|master|write|server|license|licence|signing|encryption|rest|integration|subscription|storage_?account|shared|webhook|bot|sdk|client|deploy|publish|ingest|insert|user)_?key|client_?secret)s?$/i;
const notSecret =
  /(?:csrf|xsrf|public|publishable|type|name|label|field|placeholder|header|param|prefix|selector|class|regex|pattern|error|message|hint|title|url|uri|path|count|length|max|min|separator|cancel|next|page)_?(?:pass(?:word)?|token|key|secret)s?$|(?:token|key|secret|password)_?(?:type|name|label|id|field|url|path)$|^(?:token|key)s?$/i;
const minLength = 8;

/** A text of a secret's make: no sentence, no identifier, no path, no markup. */
function looksRandom(name: string, value: string): boolean {
  if (value.length < minLength || value.length > 400 || /[^\u0021-\u007e]/.test(value) || isLookAlike(value)) return false;
  // Keys that are meant to be public: Google web keys, Mapbox and Stripe public tokens, push keys.
  if (/^(?:AIza[\w-]{35}|pk[._]\S+|B[\w-]{86})$/.test(value)) return false;
  // Addresses, selectors, names, and words with a number behind.
  if (/^(?:https?:|\/|\.|#|--|<|\[|data:|var\()/.test(value) || /^[a-z]+(?:[-_.:/][a-z]+)*$/i.test(value)) return false;
  if (/^[a-z]+(?:[A-Z][a-z]+)+$/.test(value) || /^[a-z]+(?:[-_][a-z]+)*[-_]?\d{1,4}!?$/.test(value)) return false;
  const password = /pass|pwd/i.test(name);
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length;
  if (password) return kinds >= 3 || (kinds >= 2 && /\d/.test(value) && entropyOf(value) >= 2.7);
  return kinds >= 2 && /\d/.test(value) && entropyOf(value) >= (value.length >= 20 ? 3 : 3.2) && value.length >= 12;
}

export const namedSecret = defineRule({
  kind: "javascript",
  meta: {
    id: "credentials/named-secret",
    category: "credential_exposure",
    severity: "block",
    title: "A value that is named a secret",
    description: "A text with the look of a password, key or token, given to something with such a name.",
    messages: {
      named: {
        text: "“{name}” holds what looks like a secret.",
        fix: "Revoke it now: it has left your hands. Keep secrets on a server and use a connector.",
      },
    },
    examples: {
      incorrect: [
        'const password = "hT9!kq2Lm#x7"',
        'const config = { apiKey: "q8Zt3Vw7LmXc2RbN5yHs0DfG" }',
        'client.secret = "f3a9c17e5b8d42066ea1b9c0"',
        'headers["x-api-key"] = "q8Zt3Vw7LmXc2RbN5yHs0DfG"',
      ],
      correct: [
        'const password = "password"',
        'const config = { apiKey: "YOUR_API_KEY" }',
        'const token = "3f2b8c1e-7a64-4d09-9b51-0c6e2f8a7d43"',
        'const labels = { password: "Enter your password" }',
        'const tokenType = "q8Zt3Vw7LmXc2RbN5yHs0DfG"',
        "const password = input.value",
      ],
    },
  },
  create({ file, report }) {
    const judge = (name: string | undefined, value: Node | null | undefined): void => {
      if (name === undefined || !value || value.type === "Identifier") return;
      const plain = name.replace(/[-.\s]/g, "_");
      if (!names.test(plain) || notSecret.test(plain.replace(/^token$/i, "secret"))) return;
      const text = file.valueOf(value);
      if (typeof text !== "string" || !looksRandom(plain, text)) return;
      const at = value as Node & { start: number; end: number };
      report({ messageId: "named", at, mask: { start: at.start, end: at.end }, data: { name } });
    };
    const keyOf = (key: Node, computed: boolean): string | undefined => {
      if (!computed && key.type === "Identifier") return key.name;
      const value = file.valueOf(key);
      return typeof value === "string" ? value : undefined;
    };
    return {
      VariableDeclarator: (node) => judge(node.id.type === "Identifier" ? node.id.name : undefined, node.init),
      AssignmentExpression(node) {
        const left = node.left as Node;
        if (left.type === "Identifier") judge(left.name, node.right);
        else if (left.type === "MemberExpression") judge(keyOf(left.property, left.computed), node.right);
      },
      AssignmentPattern: (node) => judge(node.left.type === "Identifier" ? node.left.name : undefined, node.right),
      Property: (node) => judge(keyOf(node.key, node.computed), node.value as Node),
      PropertyDefinition: (node) => judge(keyOf(node.key, node.computed), node.value),
    };
  },
});
