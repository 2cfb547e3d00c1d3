import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import type { Change, NewVersion, Pipeline, Report, VersionRecord } from "../../src/contracts/index.js";
import { VitrineError } from "../../src/contracts/index.js";
import { createPublisher } from "../../src/publishing/index.js";

const actor = { kind: "staff", id: "u1", name: "Ada", email: "ada@example.com", role: "developer" } as const;
const reportOf = (verdict: Report["verdict"], format: Report["bundle"]["format"] = "script"): Report => ({
  verdict,
  findings: [],
  rules: { ran: [], skipped: [] },
  steps: [],
  behaviour: [],
  engine: {},
  bundle: { digest: "", size: 0, format },
  durationMs: 1,
});

describe("publishing", () => {
  let order: string[];
  let recorded: NewVersion[];
  let changes: Change[];
  let verdict: Report["verdict"];
  let prepareFails: boolean;
  let format: Report["bundle"]["format"];
  const versions = new Map<string, VersionRecord>();

  const create = () =>
    createPublisher({
      maxBytes: 100,
      pipeline: {
        judge: async () => (order.push("judge"), reportOf(verdict, format)),
        rules: async () => [],
        close: async () => undefined,
      } satisfies Pipeline,
      blobs: { put: async (bytes) => (order.push("keep"), createHash("sha256").update(bytes).digest("hex")), get: async () => undefined },
      frames: {
        prepare: async () => {
          order.push("prepare");
          if (prepareFails) throw new Error("disk full");
        },
      },
      bus: { publish: (change) => changes.push(change), subscribe: () => () => undefined },
      records: {
        recordVersion: async (version) => {
          order.push("record");
          recorded.push(version);
          const record: VersionRecord = {
            ...version,
            id: `v${recorded.length}`,
            number: recorded.length,
            verdict: version.report.verdict,
            createdAt: new Date(),
          };
          versions.set(record.id, record);
          return { version: record, activated: version.activate };
        },
        activateVersion: async () => void order.push("activate"),
        findVersion: async (id) => versions.get(id),
      },
    });

  beforeEach(() => {
    order = [];
    recorded = [];
    changes = [];
    versions.clear();
    verdict = "publish";
    prepareFails = false;
    format = "script";
  });

  it("judges, keeps, prepares and only then records and activates an accepted bundle", async () => {
    const result = await create().publish({ widgetId: "w", fileName: "a.js", bytes: Buffer.from("1"), actor, activate: true });
    expect(order).toEqual(["judge", "keep", "prepare", "record"]);
    expect(result).toMatchObject({ activated: true, version: { number: 1 } });
    expect(changes).toEqual([{ kind: "widget", widgetId: "w" }]);
  });

  it("records a rejected bundle without preparing or activating it", async () => {
    verdict = "reject";
    const result = await create().publish({ widgetId: "w", fileName: "a.js", bytes: Buffer.from("1"), actor, activate: true });
    expect(order).toEqual(["judge", "keep", "record"]);
    expect(recorded[0]?.activate).toBe(false);
    expect(result.activated).toBe(false);
  });

  it("leaves the old version live when the frame's file cannot be stored", async () => {
    prepareFails = true;
    await expect(create().publish({ widgetId: "w", fileName: "a.js", bytes: Buffer.from("1"), actor, activate: true })).rejects.toThrow(
      "disk full",
    );
    expect(recorded).toEqual([]);
  });

  it("leaves the old version live when a scanner accepts what no frame can load", async () => {
    format = "unknown";
    const upload = { widgetId: "w", fileName: "a.js", bytes: Buffer.from("1"), actor, activate: true };
    await expect(create().publish(upload)).rejects.toThrow("neither script nor module");
    expect(recorded).toEqual([]);
  });

  it("keeps on judging and storing the bytes that were sent, whatever their owner does with the buffer meanwhile", async () => {
    const bytes = Buffer.from("harmless");
    const publisher = createPublisher({
      maxBytes: 100,
      pipeline: {
        judge: async (submission) => {
          const judged = Buffer.from(submission.bytes).toString();
          bytes.write("attack!!");
          expect(judged).toBe("harmless");
          return reportOf("publish");
        },
        rules: async () => [],
        close: async () => undefined,
      },
      blobs: { put: async (stored) => Buffer.from(stored).toString(), get: async () => undefined },
      frames: { prepare: async () => undefined },
      bus: { publish: () => undefined, subscribe: () => () => undefined },
      records: {
        recordVersion: async (version) => {
          recorded.push(version);
          return { version: { id: "v", number: 1, digest: version.digest } as VersionRecord, activated: true };
        },
        activateVersion: async () => undefined,
        findVersion: async () => undefined,
      },
    });
    await publisher.publish({ widgetId: "w", fileName: "a.js", bytes, actor, activate: true });
    expect(recorded[0]?.digest).toBe("harmless");
  });

  it("refuses an upload above the limit before judging it, and accepts one at the limit", async () => {
    const publisher = create();
    await expect(
      publisher.publish({ widgetId: "w", fileName: "a.js", bytes: Buffer.alloc(101), actor, activate: true }),
    ).rejects.toMatchObject({ code: "TOO_LARGE" });
    expect(order).toEqual([]);
    await expect(
      publisher.publish({ widgetId: "w", fileName: "a.js", bytes: Buffer.alloc(100, 32), actor, activate: true }),
    ).resolves.toBeDefined();
  });

  it.each([
    ["../../etc/passwd", "passwd"],
    ["C:\\fakepath\\widget.js", "widget.js"],
    ["wid\u202Egsj.get\u0000.js", "widgsj.get.js"],
    ["", "bundle.js"],
  ])("keeps only a clean file name of %j", async (name, expected) => {
    await create().publish({ widgetId: "w", fileName: name, bytes: Buffer.from("1"), actor, activate: true });
    expect(recorded[0]?.fileName).toBe(expected);
  });

  it("activates a version of the same widget and refuses one of another", async () => {
    const publisher = create();
    const { version } = await publisher.publish({ widgetId: "w", fileName: "a.js", bytes: Buffer.from("1"), actor, activate: false });
    await publisher.activate({ widgetId: "w", versionId: version.id, actor });
    expect(order.at(-1)).toBe("activate");
    await expect(publisher.activate({ widgetId: "other", versionId: version.id, actor })).rejects.toBeInstanceOf(VitrineError);
  });
});
