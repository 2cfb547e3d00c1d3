import { defineRule } from "../../contracts/index.js";
import { detectors } from "./detectors.js";
import { entropyOf, isPlaceholder } from "./look-alikes.js";

export const knownKey = defineRule({
  kind: "text",
  meta: {
    id: "credentials/known-key",
    category: "credential_exposure",
    severity: "block",
    title: "A key or token is in the bundle",
    description:
      "Whatever is in a bundle is public. The form of this text is that of a key of a known service, a private key, or a password in an address.",
    messages: {
      key: { text: "This is a {name}.", fix: "Revoke it now: it has left your hands. Keep keys on a server and use a connector." },
    },
    examples: {
      incorrect: [
        'const key = "AKIAQ7XW3NV5KZJT2DHB"',
        'const t = "ghp_k3Jq8ZtVw2LmXc7RbN5yHs0DfGaP1uEo9iTz"',
        'connect("postgres://admin:Vr7kQm2x@db.internal/main")',
        'const pem = "-----BEGIN RSA PRIVATE KEY-----\\nMIIEowIBAAKCAQEA0Z3VS5JJcds3xfn"',
        'send({ Authorization: "Basic YWRtaW46VnI3a1FtMng5ejEh" })',
      ],
      correct: [
        'const key = "AKIAIOSFODNN7EXAMPLE"',
        'const stripe = Stripe("pk_live_k3Jq8ZtVw2LmXc7RbN5yHs0D")',
        'const id = "3f2b8c1e-7a64-4d09-9b51-0c6e2f8a7d43"',
        "fetch(`https://${user}:${password}@host.example`)",
      ],
    },
  },
  check({ text, report }) {
    for (const { name, keyword, pattern } of detectors) {
      if (!text.includes(keyword)) continue;
      for (const match of text.matchAll(pattern)) {
        const secret = match[1] ?? match[0];
        const form = name === "private key" || name === "password in an address";
        if (
          form ? /^(?:password|pass|passwd|pwd|secret|user|\*+|x+|<.*>)$/i.test(secret) : isPlaceholder(secret) || entropyOf(secret) < 2.8
        )
          continue;
        const start = match.index + match[0].indexOf(secret);
        const mask = { start, end: start + secret.length };
        report({ messageId: "key", at: mask, mask, data: { name } });
      }
    }
  },
});
