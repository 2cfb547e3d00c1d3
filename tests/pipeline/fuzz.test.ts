import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Pipeline } from "../../src/contracts/index.js";
import { createPipeline } from "../../src/pipeline/index.js";
import { rulePlugins } from "../../src/plugins/rule-plugins.js";
import { createRandom, hostileSamples, plainWidgets, type Random } from "../corpus/index.js";

/** Seconds of fuzzing: 5 here, 60 in CI. */
const seconds = Number(process.env["FUZZ_SECONDS"] ?? 5);
/** Set it to repeat a run that failed; its message says it. */
const seed = process.env["FUZZ_SEED"] ?? String(Date.now());
const wallMs = 2000;

const programs = [...plainWidgets().map(({ code }) => code), ...[...hostileSamples(1)].map(({ text }) => text)];
const utf8 = (text: string): Buffer => Buffer.from(text, "utf8");
const randomBytes = (random: Random, length: number): Buffer => Buffer.from(Array.from({ length }, () => random.int(0, 255)));
const tokens =
  "{ } ( ) [ ] => = == ; , . ... ? : ?. ?? async await function class extends yield * new var let const import export ` ${ / /* */ // \\ \" ' #x @ 0x 1n 1e 0b <!-- --> \n \u2028 \ufeff <".split(
    " ",
  );

/** Ways to make a submission that no author would. */
const makers: Readonly<Record<string, (random: Random) => Buffer>> = {
  "random bytes": (random) => randomBytes(random, random.int(0, 4000)),
  "random ASCII": (random) =>
    utf8(random.text(Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join(""), random.int(1, 3000))),
  "random tokens": (random) => utf8(Array.from({ length: random.int(1, 800) }, () => random.pick(tokens)).join(random.pick(["", " "]))),
  "a truncated program": (random) => {
    const bytes = utf8(random.pick(programs));
    return bytes.subarray(0, random.int(1, bytes.length - 1));
  },
  "a program with flipped bytes": (random) => {
    const bytes = utf8(random.pick(programs));
    for (let flips = random.int(1, 12); flips > 0; flips -= 1) bytes[random.int(0, bytes.length - 1)] = random.int(0, 255);
    return bytes;
  },
  "two programs in one another": (random) => {
    const [outer, inner] = [random.pick(programs), random.pick(programs)];
    const at = random.int(0, outer.length);
    return utf8(outer.slice(0, at) + inner.slice(random.int(0, inner.length)) + outer.slice(at));
  },
  "hostile Unicode": (random) => {
    const pieces = [
      "\u202e",
      "\u2066",
      "\u200b",
      "\u200d",
      "\ufeff",
      "\u2028",
      "\u2029",
      "\u0000",
      "\ud800",
      "\udfff",
      "\u0301".repeat(200),
      "ﾟωﾟﾉ",
      "𝒻𝑒𝓉𝒸𝒽",
      "\\u{1d4bb}",
      "\\u{110000}",
      "аｐi",
    ];
    const text = random.pick(programs);
    const at = random.int(0, text.length);
    return utf8(text.slice(0, at) + Array.from({ length: random.int(1, 60) }, () => random.pick(pieces)).join("") + text.slice(at));
  },
  "malformed UTF-8": (random) => {
    const pieces = [[0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xff, 0xfe], [0xe2, 0x82], [0x80]];
    const text = utf8(random.pick(programs));
    const at = random.int(0, text.length);
    return Buffer.concat([text.subarray(0, at), Buffer.from(random.pick(pieces)), text.subarray(at)]);
  },
  "deep nesting": (random) => {
    const [open, close] = random.pick([
      ["[", "]"],
      ["(", ")"],
      ["{", "}"],
      ["a?", ":b"],
      ["!", ""],
      ["`${", "}`"],
      ["f(", ")"],
      ["()=>", ""],
      ["if(a)", ""],
      ["new ", ""],
      ["-", ""],
    ] as const);
    const depth = random.int(50, 60_000);
    return utf8(`${open.repeat(depth)}0${close.repeat(depth)}`);
  },
  "one endless token": (random) => {
    const length = random.int(10_000, 600_000);
    const unit = random.pick(["a", "9", "\\u0061", "'+'", "/**/", ";", "\n", "é", "x=>", "a.", "a,", "a+", "{}", "a=", '"\\x41"+']);
    return utf8(
      `${random.pick(["var a=", "'", "/", "`", ""])}${unit.repeat(Math.floor(length / unit.length))}${random.pick(["", "0", "'", "/", "`", ";"])}`,
    );
  },
  "many declarations": (random) =>
    utf8(
      Array.from(
        { length: random.int(1000, 30_000) },
        (_, index) => `var v${index}=${random.pick(["0", "v0", "'a'", "[]", "v1+v2"])};`,
      ).join(""),
    ),
  "regular expressions": (random) =>
    utf8(
      Array.from(
        { length: random.int(1, 50) },
        () =>
          `/${random.pick(["(a+)+$", "(.*)*x", "[^]*(?=a)*", "(?<n>a)\\k<n>", "a{1,9999}{1,9999}", "[\\u{1f600}-\\u{1f64f}]"])}/${random.pick(["", "u", "g", "v", "uu"])}.test("${"a".repeat(random.int(1, 400))}!")`,
      ).join(";"),
    ),
};

describe("the scanner's border", () => {
  let pipeline: Pipeline;
  beforeAll(async () => {
    pipeline = await createPipeline({ plugins: rulePlugins, poolSize: 2, limits: { wallMs } });
  });
  afterAll(() => pipeline.close());

  it(
    `gives a verdict for any bytes, for ${seconds} s`,
    async () => {
      const end = performance.now() + seconds * 1000;
      const trouble: string[] = [];
      let count = 0;
      const worker = async (lane: number): Promise<void> => {
        for (let round = 0; performance.now() < end; round += 1) {
          const name = `${seed}/${lane}/${round}`;
          const random = createRandom(name);
          const [kind, make] = random.pick(Object.entries(makers));
          const bytes = make(random);
          const started = performance.now();
          const report = await pipeline.judge({ fileName: "widget.js", bytes });
          const elapsed = performance.now() - started;
          count += 1;
          const where = `${kind}, FUZZ_SEED=${seed}, ${name}, ${bytes.length} bytes`;
          if (report.findings.some((finding) => finding.ruleId === "pipeline/crash")) trouble.push(`crash: ${where}`);
          if (report.steps.at(-1)?.name !== "verdict") trouble.push(`no verdict: ${where}`);
          if (report.verdict === "publish" && report.rules.skipped.length > 0) trouble.push(`published with skipped rules: ${where}`);
          if (report.findings.some(({ place }) => place && (place.start > place.end || place.line < 1 || place.column < 0)))
            trouble.push(`odd place: ${where}`);
          // The wall clock of a judgement may stretch on a busy machine, and its successor may wait for a new worker.
          if (elapsed > wallMs * 10) trouble.push(`${Math.round(elapsed)} ms: ${where}`);
        }
      };
      await Promise.all([worker(0), worker(1)]);
      expect(trouble).toEqual([]);
      expect(count).toBeGreaterThan(0);
    },
    seconds * 1000 + 60_000,
  );
});
