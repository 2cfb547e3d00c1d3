import { pathToFileURL } from "node:url";
import type { Artifact, Location, Log, Notification, Result } from "sarif";
import type { ScannedFile, ScanResult, ShownFinding } from "../scan/scan-result.js";
import { writeJson } from "./format-json.js";
import { describeRules, escapeMessage, levels } from "./sarif-rules.js";

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
