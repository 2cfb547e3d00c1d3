import type { HostileCategory } from "../../tests/corpus/index.js";
import {
  type Flags,
  flaggedBy,
  foundBy,
  namedBy,
  percentile,
  precisionOf,
  ratioOf,
  shareOf,
  sum,
  type Verdicts,
  verdictsOf,
} from "./figures.js";
import { aimCell, figures, markdownTable, percent } from "./markdown-table.js";
import type { BenignFile, CorpusFile, HostileFile, JudgeRun, RepeatRun } from "./outcome.js";

/** What the judges said about the same files in the same run. */
export interface Runs {
  readonly files: readonly CorpusFile[];
  readonly vitrine: JudgeRun;
  readonly jsXRay: JudgeRun;
  readonly secretlint: JudgeRun;
  readonly repeats: RepeatRun;
}

interface View {
  readonly files: readonly CorpusFile[];
  readonly hostile: readonly HostileFile[];
  readonly benign: readonly BenignFile[];
  readonly ours: Verdicts;
  readonly peers: readonly { readonly name: string; readonly flags: Flags }[];
}

const recallAims: Readonly<Record<HostileCategory, number | undefined>> = {
  crypto_mining: 85,
  data_exfiltration: 65,
  phishing: 80,
  obfuscation: 95,
  credential_exposure: 95,
  external_script_loading: undefined,
};

export function scanTables(runs: Runs): readonly string[] {
  const { files } = runs;
  const view: View = {
    files,
    hostile: files.filter((file): file is HostileFile => file.kind === "hostile"),
    benign: files.filter((file): file is BenignFile => file.kind === "benign"),
    ours: verdictsOf(runs.vitrine.outcomes),
    peers: [
      { name: "js-x-ray, any warning", flags: flaggedBy(verdictsOf(runs.jsXRay.outcomes)) },
      { name: "js-x-ray, obfuscated-code", flags: flaggedBy(verdictsOf(runs.jsXRay.outcomes), "obfuscated-code") },
      { name: "secretlint preset", flags: flaggedBy(verdictsOf(runs.secretlint.outcomes)) },
    ],
  };
  return [recallTable(view), toolTable(view), harmlessTable(view), speedTable(runs), sizeTable(runs)];
}

function recallTable({ files, hostile, benign, ours, peers }: View): string {
  const found = foundBy(ours);
  const rows = (Object.keys(recallAims) as HostileCategory[]).map((category) => {
    const all = hostile.filter((file) => file.category === category);
    const unseen = all.filter((file) => file.split === "test");
    const recall = ratioOf(shareOf(unseen, found));
    const aim = recallAims[category];
    const wrong = benign.filter(({ name }) => ours.get(name)?.reasons.some((reason) => reason.startsWith(`${category} `))).length;
    return [
      category,
      `${unseen.length}/${all.length}`,
      percent(recall),
      aim === undefined ? "" : aimCell(recall * 100, "least", aim, " %"),
      percent(
        ratioOf(
          shareOf(
            all.filter((file) => file.split === "train"),
            found,
          ),
        ),
      ),
      percent(ratioOf(shareOf(unseen, namedBy(ours)))),
      String(wrong),
      percent(ratioOf(precisionOf(files, ours, category))),
      ...peers.map(({ flags }) => percent(ratioOf(shareOf(unseen, flags)))),
    ];
  });
  return markdownTable(
    "Scan: what is found",
    ["", "unseen/all files", "recall", "aim", "in train", "in its category", "false", "precision", ...peers.map(({ name }) => name)],
    rows,
    "Recall: rejected by a rule, on the test split; a scan that did not finish counts as not found. In its category: with a blocking finding of that category. False: harmless files with a blocking finding of the category; precision is taken over the whole corpus.",
  );
}

function toolTable({ hostile, ours, peers }: View): string {
  const obfuscated = hostile.filter((file) => file.tool !== undefined);
  const tools = [...new Set(obfuscated.map((file) => file.tool ?? ""))];
  const rows = tools.map((tool) => {
    const all = obfuscated.filter((file) => file.tool === tool);
    const recall = ratioOf(shareOf(all, foundBy(ours)));
    return [
      tool,
      String(all.length),
      percent(recall),
      aimCell(recall * 100, "least", 80, " %"),
      percent(ratioOf(shareOf(all, namedBy(ours)))),
      ...peers.map(({ flags }) => percent(ratioOf(shareOf(all, flags)))),
    ];
  });
  return markdownTable(
    "Scan: obfuscated code by tool",
    ["", "files", "recall", "aim", "as obfuscation", ...peers.map(({ name }) => name)],
    rows,
    "Half of the programs under the obfuscators are harmless; both splits.",
  );
}

function harmlessTable({ benign, ours, peers }: View): string {
  const rejected: Flags = ({ name }) => ours.get(name)?.flagged === true;
  const code = benign.filter((file) => file.group !== "look-alikes");
  const row = (name: string, files: readonly BenignFile[], aim?: number): string[] => {
    const ratio = ratioOf(shareOf(files, rejected));
    return [
      name,
      String(files.length),
      String(shareOf(files, rejected).count),
      percent(ratio),
      aim === undefined ? "" : aimCell(ratio * 100, "most", aim, " %"),
      String(files.filter((file) => ours.get(file.name)?.unfinished !== undefined).length),
      ...peers.map(({ flags }) => percent(ratioOf(shareOf(files, flags)))),
    ];
  };
  const groups = [...new Set(code.map((file) => file.group))];
  return markdownTable(
    "Scan: harmless code that is rejected",
    ["", "files", "rejected", "share", "aim", "of them unfinished", ...peers.map(({ name }) => name)],
    [
      row("all harmless code", code, 1),
      ...groups.map((group) =>
        row(
          group,
          code.filter((file) => file.group === group),
          group === "widgets" || group === "minified" ? 0 : undefined,
        ),
      ),
      row(
        "texts that look like secrets",
        benign.filter((file) => file.group === "look-alikes"),
        5,
      ),
    ],
  );
}

function speedTable({ files, vitrine, jsXRay, secretlint, repeats }: Runs): string {
  const megabytes = sum(files.map((file) => file.bytes)) / 1e6;
  const row = (name: string, run: JudgeRun, aim = ""): string[] => {
    const wall = run.outcomes.map((outcome) => outcome.wallMs);
    const cpu = run.outcomes.map((outcome) => outcome.cpuMs);
    return [
      name,
      figures(megabytes / (sum(wall) / 1000)),
      figures(sum(wall) / 1000 / megabytes),
      figures(sum(cpu) / 1000 / megabytes),
      [0.5, 0.95, 0.99].map((share) => figures(percentile(wall, share))).join(" / "),
      [0.5, 0.95, 0.99].map((share) => figures(percentile(cpu, share))).join(" / "),
      `${Math.round(run.peakMemoryMb)} MB`,
      aim,
    ];
  };
  const stable = repeats.changedVerdicts.length === 0 ? "met" : "MISSED";
  const changed = [...repeats.changedVerdicts, ...repeats.changedFindings.map((name) => `findings of ${name}`)];
  return markdownTable(
    `Scan: cost (${files.length} files, ${figures(megabytes)} MB)`,
    ["", "MB/s", "s/MB", "s/MB processor", "ms a file p50 / p95 / p99", "ms processor p50 / p95 / p99", "peak memory", ""],
    [row("Vitrine, whole judgement", vitrine), row("js-x-ray", jsXRay), row("secretlint preset", secretlint)],
    `Verdicts over ${repeats.repeats} repeats of ${repeats.files} files, two at a time: ${repeats.changedVerdicts.length} changed (aim 0, ${stable}); blocking rules changed for ${repeats.changedFindings.length}.${changed.length > 0 ? ` Changed: ${changed.join(", ")}.` : ""} One file after another in one process per judge; a judgement of ours ends in a worker thread that also makes the next QuickJS machine, which its processor time includes.`,
  );
}

function sizeTable({ files, vitrine }: Runs): string {
  const outcomes = verdictsOf(vitrine.outcomes);
  const classes: readonly (readonly [name: string, min: number, max: number])[] = [
    ["below 10 KB", 0, 10_000],
    ["10 to 60 KB", 10_000, 60_000],
    ["60 to 140 KB (100 KB class)", 60_000, 140_000],
    ["140 KB to 500 KB", 140_000, 500_000],
    ["above 500 KB", 500_000, Number.POSITIVE_INFINITY],
  ];
  const rows = classes.map(([name, min, max]) => {
    const mine = files.filter((file) => file.bytes >= min && file.bytes < max).flatMap((file) => outcomes.get(file.name) ?? []);
    const bytes = sum(files.filter((file) => file.bytes >= min && file.bytes < max).map((file) => file.bytes));
    const at = (share: number, of: "wallMs" | "cpuMs"): number =>
      percentile(
        mine.map((outcome) => outcome[of]),
        share,
      );
    const perMegabyte = sum(mine.map((outcome) => outcome.staticMs ?? 0)) / 1000 / (bytes / 1e6);
    const isTarget = name.includes("class");
    return [
      name,
      String(mine.length),
      figures(perMegabyte),
      min >= 60_000 ? aimCell(perMegabyte, "most", 0.5, "") : "",
      [0.5, 0.95, 0.99].map((share) => figures(at(share, "wallMs"))).join(" / "),
      [0.5, 0.95, 0.99].map((share) => figures(at(share, "cpuMs"))).join(" / "),
      isTarget ? `p50 ${aimCell(at(0.5, "cpuMs"), "most", 400, "")}, p95 ${aimCell(at(0.95, "cpuMs"), "most", 2000, "")}` : "",
      String(mine.filter((outcome) => outcome.unfinished !== undefined).length),
    ];
  });
  return markdownTable(
    "Scan: cost by size",
    ["", "files", "static s/MB", "aim", "ms p50 / p95 / p99", "ms processor p50 / p95 / p99", "aim (processor)", "unfinished"],
    rows,
    "Static: parsing and the rules over source, by the wall clock.",
  );
}
