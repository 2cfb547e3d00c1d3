import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createRandom, hashOf } from "../random.js";
import type { HostileCategory, HostileSample, Split } from "../sample.js";
import { fillTemplate } from "./fill-template.js";

const folder = path.join(import.meta.dirname, "../fixtures/hostile");
const categories = [
  "crypto_mining",
  "data_exfiltration",
  "phishing",
  "external_script_loading",
] as const satisfies readonly HostileCategory[];

/** About a third of the techniques are never in `train`: a rule that knows one of them knew it by reason, not by heart. */
export function splitOf(technique: string): Split {
  return hashOf(`split:${technique}`) % 3 === 0 ? "test" : "train";
}

/** Every technique, `variants` times in its own split; those that may be trained on come again in `test` with other seeds. */
export function* hostileSamples(variants: number): Generator<HostileSample> {
  for (const category of categories) {
    for (const file of readdirSync(path.join(folder, category)).sort()) {
      const technique = path.basename(file, ".txt");
      const template = readFileSync(path.join(folder, category, file), "utf8");
      for (const split of ["train", "test"] as const) {
        if (split === "train" && splitOf(technique) === "test") continue;
        for (let variant = 0; variant < variants; variant += 1) {
          const name = `${category}/${technique}/${split}-${variant}`;
          yield { kind: "hostile", category, technique, split, name, text: fillTemplate(template, createRandom(name)) };
        }
      }
    }
  }
}
