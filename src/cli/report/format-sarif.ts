import { pathToFileURL } from "node:url";
import type { Artifact, Location, Log, Notification, ReportingDescriptor, Result } from "sarif";
import type { RuleMeta, Severity } from "../../contracts/index.js";
import type { ScannedFile, ScanResult, ShownFinding } from "../scan/scan-result.js";
import { writeJson } from "./format-json.js";
import { rulePage } from "./rule-page.js";

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = { block: "error", warn: "warning", note: "note" };
/** GitHub sorts alerts by this number from 0 to 10. */
const gravity: Readonly<Record<Severity, string>> = { block: "8.0", warn: "5.0", note: "2.0" };
/** Findings that say that the scanner, not the bundle, failed. They are results too: an empty list would read as clean. */
const scannerErrors: ReadonlySet<string> = new Set(["pipeline/timeout", "pipeline/memory", "pipeline/crash", "pipeline/rule-failed"]);
/** Among them, those that are nobody's code's fault. */
const scannerFailures: ReadonlySet<string> = new Set(["pipeline/crash", "pipeline/rule-failed"]);
const base = "%SRCROOT%";

/** For code scanning and editors: SARIF 2.1.0, one run. Excerpts are the scanner's own, in which secrets are masked. */
export function formatSarif(result: ScanResult): string {
  const descriptors = describeRules(result);
  const ruleIndex = new Map(descriptors.map((descriptor, index) => [descriptor.id, index]));
  const { artifacts, indexOf } = describeArtifacts(result.files);
  const seen = new Map<string, number>();
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Vitrine",
            version: result.version,
            semanticVersion: result.version,
            rules: descriptors,
            properties: { engine: result.files[0]?.report.engine ?? {} },
          },
        },
        columnKind: "utf16CodeUnits",
        redactionTokens: ["•"],
        originalUriBaseIds: {
          [base]: { uri: pathToFileURL(`${result.cwd}/`).href, description: { text: "The folder that the scan ran in." } },
        },
        invocations: [describeInvocation(result)],
        artifacts,
        results: result.files.flatMap((file) => file.findings.map((shown) => describeResult(file, shown, ruleIndex, indexOf, seen))),
      },
    ],
  };
  return writeJson(log);
}

function describeRules({ rules, files }: ScanResult): ReportingDescriptor[] {
  const known = new Map(rules.map((rule) => [rule.id, describeRule(rule)]));
  for (const { finding } of files.flatMap((file) => file.findings)) {
    if (known.has(finding.ruleId)) continue;
    known.set(finding.ruleId, {
      id: finding.ruleId,
      shortDescription: { text: escapeMessage(finding.ruleId) },
      help: { text: escapeMessage(`${finding.fix} See ${rulePage(finding.ruleId)}.`) },
      defaultConfiguration: { level: levels[finding.severity] },
      properties: { tags: ["security", finding.category], "security-severity": gravity[finding.severity] },
    });
  }
  return [...known.values()];
}

function describeRule(rule: RuleMeta): ReportingDescriptor {
  const examples = (title: string, codes: readonly string[]): string =>
    codes.length === 0 ? "" : `\n\n${title}:\n\n${codes.map((code) => fence(code)).join("\n\n")}`;
  return {
    id: rule.id,
    name: rule.id.replace(/(?:^|[/-])([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: escapeMessage(rule.title) },
    fullDescription: { text: escapeMessage(rule.description) },
    help: {
      text: escapeMessage(`${rule.description} See ${rulePage(rule.id)}.`),
      markdown: escapeBraces(
        `${rule.description}${examples("Incorrect", rule.examples.incorrect)}${examples("Correct", rule.examples.correct)}\n\nSee \`${rulePage(rule.id)}\`.`,
      ),
    },
    defaultConfiguration: { level: levels[rule.severity] },
    properties: { tags: ["security", rule.category], "security-severity": gravity[rule.severity] },
  };
}

/** A Markdown block with a fence longer than any in the code. */
function fence(code: string): string {
  const ticks = "`".repeat(Math.max(3, ...[...code.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${ticks}js\n${code.slice(0, 2000)}\n${ticks}`;
}

/** The scanned files, and behind them the code that was decoded or made at run time, each inside its file. */
function describeArtifacts(files: readonly ScannedFile[]): { artifacts: Artifact[]; indexOf: (path: string, layer?: string) => number } {
  const artifacts: Artifact[] = files.map((file) => ({
    location: locate(file.path),
    length: file.report.bundle.size,
    mimeType: "text/javascript",
    sourceLanguage: "javascript",
    encoding: "UTF-8",
    roles: ["analysisTarget"],
    hashes: { "sha-256": file.report.bundle.digest },
  }));
  const indices = new Map(files.map((file, index) => [file.path, index]));
  files.forEach((file, parentIndex) => {
    for (const { layer } of file.findings) {
      const key = `${file.path}\0${layer}`;
      if (layer === undefined || indices.has(key)) continue;
      indices.set(key, artifacts.length);
      artifacts.push({ location: { uri: `/${encodeURIComponent(layer)}` }, parentIndex, sourceLanguage: "javascript" });
    }
  });
  return { artifacts, indexOf: (path, layer) => indices.get(layer === undefined ? path : `${path}\0${layer}`) ?? -1 };
}

function locate(path: string): { uri: string; uriBaseId?: string } {
  if (path.startsWith("/") || /^[a-z]:\//i.test(path)) return { uri: pathToFileURL(path).href };
  return { uri: path.split("/").map(encodeURIComponent).join("/"), uriBaseId: base };
}

function describeResult(
  file: ScannedFile,
  shown: ShownFinding,
  ruleIndex: ReadonlyMap<string, number>,
  indexOf: (path: string, layer?: string) => number,
  seen: Map<string, number>,
): Result {
  const { finding, layer, lineHash } = shown;
  const inFile: Location = {
    physicalLocation: {
      artifactLocation: { ...locate(file.path), index: indexOf(file.path) },
      ...(layer === undefined ? describeRegion(shown) : {}),
    },
    ...(layer === undefined ? {} : { logicalLocations: [{ name: layer, fullyQualifiedName: `${file.path} → ${layer}`, kind: "module" }] }),
  };
  return {
    ruleId: finding.ruleId,
    ruleIndex: ruleIndex.get(finding.ruleId) ?? -1,
    level: levels[finding.severity],
    message: { text: escapeMessage(`${finding.message} ${finding.fix}`) },
    locations: [inFile],
    ...(layer === undefined
      ? {}
      : {
          relatedLocations: [
            {
              id: 1,
              message: { text: escapeMessage(`In ${layer}, code that the scanner found inside this file.`) },
              physicalLocation: { artifactLocation: { index: indexOf(file.path, layer) }, ...describeRegion(shown) },
            },
          ],
        }),
    partialFingerprints: {
      "vitrineFinding/v1": finding.fingerprint,
      ...(lineHash === undefined
        ? {}
        : { primaryLocationLineHash: `${lineHash}:${count(seen, `${file.path}\0${finding.ruleId}\0${lineHash}`)}` }),
    },
    properties: { category: finding.category, messageId: finding.messageId, source: finding.source },
  };
}

function count(seen: Map<string, number>, key: string): number {
  const next = (seen.get(key) ?? 0) + 1;
  seen.set(key, next);
  return next;
}

function describeRegion({ finding, at }: ShownFinding): Pick<NonNullable<Location["physicalLocation"]>, "region" | "contextRegion"> {
  const { place, excerpt } = finding;
  if (!place || !at) return {};
  return {
    region: {
      startLine: at.line,
      startColumn: at.column,
      ...(at.endLine === undefined || at.endColumn === undefined ? {} : { endLine: at.endLine, endColumn: at.endColumn }),
      charOffset: place.start,
      charLength: place.end - place.start,
    },
    ...(excerpt
      ? {
          contextRegion: {
            startLine: at.line,
            ...(at.endLine === undefined ? {} : { endLine: at.endLine }),
            snippet: { text: excerpt.text },
          },
        }
      : {}),
  };
}

function describeInvocation(result: ScanResult) {
  const failed = result.files.flatMap((file) =>
    file.report.findings
      .filter(({ ruleId }) => scannerErrors.has(ruleId))
      .map(
        (finding): Notification => ({
          level: "error",
          descriptor: { id: finding.ruleId },
          message: { text: escapeMessage(finding.message) },
          locations: [{ physicalLocation: { artifactLocation: locate(file.path) } }],
        }),
      ),
  );
  const skipped = result.files.flatMap((file) =>
    file.report.rules.skipped.map(
      ({ id, reason }): Notification => ({
        level: "warning",
        associatedRule: { id },
        message: { text: escapeMessage(`The rule ${id} did not run: ${reason}`) },
        locations: [{ physicalLocation: { artifactLocation: locate(file.path) } }],
      }),
    ),
  );
  const unread = result.problems.map(
    ({ path, message, advice }): Notification => ({
      level: "error",
      message: { text: escapeMessage(`${message} ${advice}`) },
      locations: [{ physicalLocation: { artifactLocation: locate(path) } }],
    }),
  );
  const troubles = result.troubles.map((text): Notification => ({ level: "warning", message: { text: escapeMessage(text) } }));
  const omitted: Notification[] =
    result.omitted > 0
      ? [{ level: "note", message: { text: `${result.omitted} findings were left out by the options of this run.` } }]
      : [];
  return {
    executionSuccessful: unread.length === 0 && !failed.some(({ descriptor }) => scannerFailures.has(descriptor?.id ?? "")),
    exitCode: result.exitCode,
    startTimeUtc: result.startedAt.toISOString(),
    endTimeUtc: new Date(result.startedAt.getTime() + result.durationMs).toISOString(),
    workingDirectory: { uri: pathToFileURL(`${result.cwd}/`).href },
    toolExecutionNotifications: [...failed, ...unread, ...skipped, ...troubles, ...omitted],
  };
}

/** SARIF reads `[text](address)` as a link and `{0}` as a place for an argument: an author's text must not become either. */
function escapeMessage(text: string): string {
  return escapeBraces(text.replaceAll("\\", "\\\\").replace(/[[\]]/g, "\\$&"));
}

function escapeBraces(text: string): string {
  return text.replace(/[{}]/g, "$&$&");
}
