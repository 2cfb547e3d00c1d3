import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import express, { type Express } from "express";
import request, { type Agent } from "supertest";
import { createPanel } from "../../src/app/http/panel/index.js";
import type { Change, Finding, Pipeline, Publisher, Report, Role, StaffActor } from "../../src/contracts/index.js";
import { VitrineError } from "../../src/contracts/index.js";
import { builtinPlugins } from "../../src/plugins/builtin.js";
import {
  createFeedRecords,
  createMemoryRateLimiter,
  createPublishingRecords,
  createSessionStore,
  createStaffRecords,
  hashPassword,
  verifyPassword,
} from "../../src/store/index.js";
import { openTestDatabase, seedPortal, seedUser } from "../support/database.js";

export const password = "correct horse battery";
export const appOrigin = "http://panel.test";
export const mediaSource = "http://127.0.0.1:3001/media/";

let hashed: Promise<string> | undefined;
const buildScript: string = "../../scripts/build-panel.mjs";
let built: Promise<void> | undefined;

async function buildOnce(): Promise<void> {
  built ??= import(buildScript).then((module: { buildPanel(): Promise<void> }) => module.buildPanel());
  await built;
}

/** Blocks `eval(`, accepts the rest: what the pipeline answers, without its cost. */
export const fakePipeline: Pick<Pipeline, "judge"> = {
  async judge({ fileName, bytes }) {
    const text = Buffer.from(bytes).toString("utf8");
    const at = text.indexOf("eval(");
    const findings: Finding[] = at < 0 ? [] : [evalFinding(fileName, text, at)];
    return fakeReport(findings, bytes.byteLength, "b".repeat(64));
  },
};

function evalFinding(file: string, text: string, at: number): Finding {
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  const column = at - (before.lastIndexOf("\n") + 1);
  const excerpt = text.split("\n")[line - 1] ?? "";
  return {
    ruleId: "code-safety/no-dynamic-code",
    messageId: "eval",
    category: "obfuscation",
    severity: "block",
    message: "Code is made from text at run time.",
    fix: "Write the code directly instead of passing text to eval.",
    place: { file, line, column, start: at, end: at + 5 },
    excerpt: { text: excerpt.slice(0, 200), highlightStart: column, highlightEnd: column + 5 },
    source: "static",
    fingerprint: "f".repeat(32),
  };
}

export function fakeReport(findings: readonly Finding[], size: number, digest: string): Report {
  const rejected = findings.length > 0;
  return {
    verdict: rejected ? "reject" : "publish",
    findings,
    rules: { ran: [{ id: "code-safety/no-dynamic-code", ms: 1, findings: findings.length }], skipped: [] },
    steps: [
      { name: "receive", status: "passed", ms: 1 },
      { name: "validate", status: "passed", ms: 3 },
      { name: "static", status: rejected ? "failed" : "passed", ms: 12 },
      { name: "dynamic", status: rejected ? "skipped" : "passed", ms: 80 },
      { name: "verdict", status: rejected ? "failed" : "passed", ms: 0 },
    ],
    behaviour: [],
    engine: {},
    bundle: { digest, size, format: "script" },
    durationMs: 96,
  };
}

export type StartedPanel = Awaited<ReturnType<typeof startPanel>>;

/** The real panel over a temporary database, with a portal's worth of rows and one staff member for each role. */
export async function startPanel() {
  await buildOnce();
  hashed ??= hashPassword(password);
  const passwordHash = await hashed;
  const store = await openTestDatabase();
  const { database } = store;
  const portal = await seedPortal(database);
  const staff = {} as Record<Role, StaffActor>;
  for (const role of ["admin", "manager", "developer", "viewer"] as const) {
    const email = `${role}@staff.example`;
    const name = `${role[0]?.toUpperCase()}${role.slice(1)} Person`;
    staff[role] = { kind: "staff", id: await seedUser(database, { role, email, name, passwordHash }), name, email, role };
  }
  const changes: Change[] = [];
  const bus = { publish: (change: Change) => void changes.push(change), subscribe: () => () => undefined };
  const records = createPublishingRecords(database);
  const publisher: Publisher = {
    async publish(upload) {
      const report = await fakePipeline.judge(upload);
      const { version, activated } = await records.recordVersion({
        ...upload,
        digest: report.bundle.digest,
        size: upload.bytes.byteLength,
        format: "script",
        report,
      });
      bus.publish({ kind: "widget", widgetId: upload.widgetId });
      return { version, report, activated };
    },
    async activate(change) {
      await records.activateVersion(change);
      bus.publish({ kind: "widget", widgetId: change.widgetId });
    },
  };
  const log: { level: string; fields: object; message: string }[] = [];
  const write = (level: string) => (fields: object, message: string) => void log.push({ level, fields, message });
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", "loopback");
  const limiter = createMemoryRateLimiter();
  const sessions = createSessionStore(database);
  // Tests that listen set the origin that the browser will see.
  const address = { origin: appOrigin };
  /** Set `writes` to make the database refuse for no reason that anybody knows. */
  const broken = { writes: false };
  const mount = async (origin: string): Promise<Express> => {
    address.origin = origin;
    app.use(
      "/admin",
      await createPanel({
        rootPath: "/admin",
        appOrigin: origin,
        assetsFolder: new URL("../../dist/panel", import.meta.url).pathname,
        production: false,
        services: {
          write: (work) => {
            if (broken.writes) throw new VitrineError("INTERNAL");
            return database.transaction(work);
          },
          publisher,
          pipeline: fakePipeline,
          addresses: { mediaUrl: (key) => `${mediaSource}${key}`, mediaSource },
          sessions,
          bus,
          feed: createFeedRecords(database),
          passwords: { hash: hashPassword, verify: verifyPassword },
          capabilities: builtinPlugins.flatMap((plugin) => plugin.capabilities ?? []),
          conditions: builtinPlugins.flatMap((plugin) => plugin.conditions ?? []),
          previewLink: (versionId) => `${origin}/portal/preview?version=${versionId}&token=t`,
          maxBundleBytes: 2 * 1024 * 1024,
          logger: { info: write("info"), warn: write("warn"), error: write("error") },
          limiter,
          staff: createStaffRecords(database),
        },
      }),
    );
    return app;
  };

  return {
    app,
    mount,
    database,
    sessions,
    portal,
    staff,
    changes,
    log,
    address,
    broken,
    close: () => store.close(),
  };
}

/** The panel mounted for supertest. */
export async function startForRequests() {
  const panel = await startPanel();
  await panel.mount(appOrigin);
  return panel;
}

/** The panel on a port of its own, for a browser. */
export async function startForBrowser() {
  const panel = await startPanel();
  const server = panel.app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await panel.mount(origin);
  return {
    ...panel,
    origin,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await panel.close();
    },
  };
}

/** A signed-in agent: keeps its cookie and sends the panel's own origin. */
export async function signIn(panel: { app: Express; staff: Record<Role, StaffActor> }, role: Role): Promise<Agent> {
  const agent = request.agent(panel.app);
  agent.set("Origin", appOrigin);
  const answer = await agent.post("/admin/login").type("form").send({ email: panel.staff[role].email, password });
  if (answer.status !== 303) throw new Error(`Signing in as ${role} answered ${answer.status}.`);
  return agent;
}

export const unknownId = (): string => randomUUID();
