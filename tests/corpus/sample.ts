import type { RuleCategory } from "../../src/contracts/index.js";

/** Rules may be made with what is in `train`; only `test` says how good they are. */
export type Split = "train" | "test";

/** What a hostile sample does; the categories that the scanner promises to find. */
export type HostileCategory = Extract<
  RuleCategory,
  "crypto_mining" | "data_exfiltration" | "phishing" | "obfuscation" | "credential_exposure" | "external_script_loading"
>;

/** Harmless code by what makes it hard: nothing, its size, its shape, or what it talks about. */
export type BenignGroup = "widgets" | "minified" | "libraries" | "apps" | "hard negatives" | "look-alikes";

interface SampleBase {
  /** Unique and telling: `data_exfiltration/key-logger-image/test-2`. */
  readonly name: string;
  /** The technique or package that it stands for; misses are listed by it. */
  readonly technique: string;
  readonly text: string;
}

export type HostileSample = SampleBase & {
  readonly kind: "hostile";
  readonly category: HostileCategory;
  readonly split: Split;
  /** The obfuscator, packer or encoder that made it, without its preset. */
  readonly tool?: string;
};

export type BenignSample = SampleBase & { readonly kind: "benign"; readonly group: BenignGroup };

export type Sample = HostileSample | BenignSample;
