import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, expect, it } from "vitest";
import { prepareData } from "../../src/app/demo/prepare-data.js";
import { openStore, type Store } from "../../src/app/open-store.js";
import { type Config, readConfig } from "../../src/config/index.js";
import type { Publisher } from "../../src/contracts/index.js";
import { Community, Customer, User, Widget } from "../../src/entities/index.js";
import { verifyPassword } from "../../src/store/index.js";

let dataDir: string;
let config: Config;
let store: Store;
let published: string[];
let failAt: number;
const logger = pino({ level: "silent" });
const publisher: Publisher = {
  async publish({ widgetId }) {
    published.push(widgetId);
    if (published.length === failAt) throw new Error("the power went out");
    const version = { id: "v", number: 1, digest: "d" };
    return { version, activated: true, report: { verdict: "publish", findings: [] } as never };
  },
  activate: () => Promise.resolve(),
};
const prepare = () => prepareData({ config, store, publisher, examples: path.resolve("examples"), logger });

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "vitrine-prepare-"));
  config = readConfig({ NODE_ENV: "test", DATA_DIR: dataDir });
  store = await openStore(config, logger);
  published = [];
  failAt = -1;
});
afterEach(async () => {
  await store.close();
  await rm(dataDir, { recursive: true, force: true });
});

it("makes an administrator with a generated password, the demo, and nothing on the next start", async () => {
  const { generatedPassword } = await prepare();
  const admin = await store.staff.findByEmail(config.adminEmail);
  expect(admin).toMatchObject({ role: "admin", active: true });
  expect(await verifyPassword(generatedPassword ?? "", admin?.passwordHash ?? null)).toBe(true);
  const widgets = await store.database.read.count(Widget);
  expect(widgets).toBeGreaterThan(2);
  expect(published).toHaveLength(widgets);

  expect(await prepare()).toEqual({ generatedPassword: undefined });
  expect(await store.database.read.count(Widget)).toBe(widgets);
});

it("begins again when an earlier start died half-way", async () => {
  failAt = 2;
  await expect(prepare()).rejects.toThrow("the power went out");
  expect(await store.database.read.count(User)).toBe(0);
  failAt = -1;
  await prepare();
  const communities = await store.database.read.find(Community);
  expect(communities.map(({ slug }) => slug).sort()).toEqual(["beanstalk", "pawsome"]);
  expect(await store.database.read.count(Customer)).toBe(3);
});

it("makes only the chosen administrator when the demo is off", async () => {
  config = readConfig({
    NODE_ENV: "test",
    DATA_DIR: dataDir,
    VITRINE_DEMO: "off",
    ADMIN_EMAIL: "Ops@Example.com",
    ADMIN_PASSWORD: "a password of my own",
  });
  expect(await prepare()).toEqual({ generatedPassword: undefined });
  expect(await store.database.read.count(User)).toBe(1);
  expect(await store.database.read.count(Community)).toBe(0);
  const admin = await store.staff.findByEmail("ops@example.com");
  expect(await verifyPassword("a password of my own", admin?.passwordHash ?? null)).toBe(true);
});
