import {
  type BlobStore,
  type ChangeBus,
  type FramePreparer,
  type Pipeline,
  type Publisher,
  type PublishingRecords,
  type PublishResult,
  VitrineError,
} from "../contracts/index.js";

export interface PublisherOptions {
  readonly pipeline: Pipeline;
  readonly records: PublishingRecords;
  readonly blobs: BlobStore;
  readonly frames: FramePreparer;
  readonly bus: ChangeBus;
  /** Uploads above this are refused before they are judged or kept, in bytes. */
  readonly maxBytes: number;
}

type Upload = Parameters<Publisher["publish"]>[0];

/**
 * The journey of a bundle: receive, judge, record (also when rejected), activate. A rejected bundle leaves the old version
 * live; the frame's file is built and stored before the pointer moves, so a reader never meets a version that is not there.
 */
export function createPublisher(options: PublisherOptions): Publisher {
  const { pipeline, records, blobs, frames, bus } = options;

  async function publish(upload: Upload): Promise<PublishResult> {
    const submission = receive(upload, options.maxBytes);
    const report = await pipeline.judge(submission);
    const digest = await blobs.put(submission.bytes);
    const { format } = report.bundle;
    if (report.verdict === "publish") {
      // A scanner's bug must not take the live version's place with one that no frame can load.
      if (format === "unknown") throw new Error("The scanner accepted a bundle that is neither script nor module.");
      await frames.prepare({ digest, format });
    }
    const { version, activated } = await records.recordVersion({
      widgetId: upload.widgetId,
      digest,
      size: submission.bytes.byteLength,
      fileName: submission.fileName,
      format,
      report,
      activate: upload.activate && report.verdict === "publish",
      actor: upload.actor,
    });
    bus.publish({ kind: "widget", widgetId: upload.widgetId });
    return { version: { id: version.id, number: version.number, digest: version.digest }, report, activated };
  }

  async function activate(change: Parameters<Publisher["activate"]>[0]): Promise<void> {
    const version = await records.findVersion(change.versionId);
    if (!version || version.widgetId !== change.widgetId) throw new VitrineError("NOT_FOUND", { what: "version" });
    if (version.verdict === "publish" && version.format !== "unknown")
      await frames.prepare({ digest: version.digest, format: version.format });
    await records.activateVersion(change);
    bus.publish({ kind: "widget", widgetId: change.widgetId });
  }

  return { publish, activate };
}

/** One submission that nobody else can write to any more, or a clear refusal. The pipeline judges the content; this only keeps out what must not be stored. */
function receive(upload: Upload, maxBytes: number): { fileName: string; bytes: Uint8Array } {
  if (upload.bytes.byteLength > maxBytes) throw new VitrineError("TOO_LARGE", { limitBytes: maxBytes, sizeBytes: upload.bytes.byteLength });
  return { fileName: cleanFileName(upload.fileName), bytes: Uint8Array.from(upload.bytes) };
}

/** The last path segment, control and direction characters removed, at most 200 characters. */
function cleanFileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? "";
  const clean = last
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .trim()
    .slice(-200);
  return clean === "" ? "bundle.js" : clean;
}
