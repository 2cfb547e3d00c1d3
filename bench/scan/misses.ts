import { readFileSync } from "node:fs";
import { foundBy, namedBy, type Verdicts } from "./figures.js";
import type { BenignFile, CorpusFile, HostileFile } from "./outcome.js";

/** What was missed, by technique: with its code where rules may learn from it, by name alone where they may not. */
export function listMisses(files: readonly CorpusFile[], ours: Verdicts): string {
  const found = foundBy(ours);
  const hostile = files.filter((file): file is HostileFile => file.kind === "hostile");
  const missed = hostile.filter((file) => !found(file));
  const misnamed = hostile.filter((file) => found(file) && !namedBy(ours)(file));
  const rejected = files.filter((file): file is BenignFile => file.kind === "benign" && ours.get(file.name)?.flagged === true);
  return [
    "## Harmless code that was rejected",
    ...rejected.map((file) => `- ${file.name} (${file.file}): ${(ours.get(file.name)?.reasons ?? []).join(", ")}`),
    "",
    "## Missed in train",
    ...byTechnique(missed.filter((file) => file.split === "train")).map(
      ([technique, [first, ...rest]]) => `- ${technique} (${rest.length + 1})${describe(first, ours)}`,
    ),
    "",
    "## Missed in test (by technique only)",
    ...byTechnique(missed.filter((file) => file.split === "test")).map(
      ([technique, list]) => `- ${technique} (${list.length})${unfinishedOf(list, ours)}`,
    ),
    "",
    "## Rejected, but not in its category",
    ...byTechnique(misnamed).map(
      ([technique, [first, ...rest]]) => `- ${technique} (${rest.length + 1}): ${(ours.get(first?.name ?? "")?.reasons ?? []).join(", ")}`,
    ),
    "",
  ].join("\n");
}

function byTechnique(files: readonly HostileFile[]): readonly (readonly [string, readonly HostileFile[]])[] {
  const groups = new Map<string, HostileFile[]>();
  for (const file of files) {
    const key = `${file.category}/${file.technique}`;
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups].sort(([a], [b]) => a.localeCompare(b));
}

function describe(file: HostileFile | undefined, ours: Verdicts): string {
  if (!file) return "";
  const text = readFileSync(file.file, "utf8").replaceAll(/\s+/g, " ").slice(0, 400);
  return `${unfinishedOf([file], ours)}, ${file.file}\n      ${text}`;
}

function unfinishedOf(files: readonly HostileFile[], ours: Verdicts): string {
  const reasons = new Set(files.flatMap((file) => ours.get(file.name)?.unfinished ?? []));
  return reasons.size > 0 ? ` [${[...reasons].join(", ")}]` : "";
}
