import { defineRule } from "../../contracts/index.js";

/** What no widget has a use for, by the words beside a field. */
const secrets: readonly (readonly [what: string, words: RegExp])[] = [
  ["password", /\bpass[-_ ]?(?:word|wort|code|phrase)\b|\bpasswd\b|\bkennwort\b|mot de passe|contrase/i],
  [
    "payment card",
    /\bcc-(?:number|csc|exp)|\b(?:credit|debit|payment)?[-_ ]?card[-_ ]?(?:number|no|num)\b|\bcardnumber\b|\bname on card\b|\bcvv2?\b|\bcvc2?\b|\b(?:card )?security code\b/i,
  ],
  ["bank account", /\biban\b|\b(?:bank )?account number\b|\brouting number\b|\bsort code\b/i],
  ["identity number", /\bsocial security\b|\bssn\b|\bmaiden name\b|\bpassport (?:number|no)\b|\bnational id\b/i],
  ["one-time code", /one-time-code|\botp\b|\b2fa\b|\b(?:verification|sms|security) code\b/i],
  ["PIN", /(?:^| )pin(?: code)?(?: |$)/i],
  ["wallet's recovery phrase", /\b(?:recovery|seed|secret|mnemonic)[-_ ](?:phrase|words?)\b|\bseed\b.*\bword ?1\b|\bprivate key\b/i],
];
const scare =
  /\b(?:infected|trojan|spyware|ransomware|viruses?)\b|\b(?:microsoft|apple|windows) support\b|\b(?:computer|device) (?:is|has been) (?:locked|blocked)\b/i;
const command =
  /\b(?:powershell|mshta|rundll32|regsvr32|certutil|bitsadmin|cmd(?:\.exe)? \/c|iwr|invoke-(?:webrequest|expression))\b|\|\s*(?:iex|sh|bash)\b|\bcurl\b[^|]*\|/i;

/** The kind of secret that a wording asks for. */
function secretIn(words: string): string | undefined {
  return secrets.find(([, pattern]) => pattern.test(words))?.[0];
}

export const askedAtRunTime = defineRule({
  kind: "behaviour",
  meta: {
    id: "phishing/asked-at-run-time",
    category: "phishing",
    severity: "block",
    title: "The bundle asked for what it must not have",
    description:
      "While it was tried out, the bundle showed a field or a dialog for a password, a card, an account, an identity number, a code or a wallet; frightened the customer; or put a command for a shell into the clipboard.",
    messages: {
      field: { text: "A field asks for a {what}: {words}", fix: "Remove the field; sign-in, identity and payment belong to the portal." },
      dialog: { text: "A dialog asks or frightens: {words}", fix: "Remove the dialog." },
      command: { text: "A shell command is put into the clipboard: {words}", fix: "Remove what writes it." },
    },
    examples: { incorrect: [], correct: [] },
  },
  check({ behaviour, report }) {
    for (const { kind, target } of behaviour.events) {
      const what =
        kind === "field.password" ? "password" : kind === "field.card" ? "payment card" : kind === "field" ? secretIn(target) : undefined;
      if (what !== undefined) report({ messageId: "field", data: { what, words: target } });
      if (
        /^dialog\.(?:prompt|alert|confirm)$/.test(kind) &&
        (scare.test(target) || (kind === "dialog.prompt" && secretIn(target) !== undefined))
      ) {
        report({ messageId: "dialog", data: { words: target } });
      }
      if (kind === "write.clipboard" && command.test(target)) report({ messageId: "command", data: { words: target } });
    }
  },
});
