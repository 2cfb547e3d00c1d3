import { randomBytes, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Logger } from "pino";
import type { Config } from "../../config/index.js";
import type { Publisher } from "../../contracts/index.js";
import { AccountSettings, Community, Customer, Entity, Grant, Line, Subscription, User, Widget } from "../../entities/index.js";
import type { Store } from "../open-store.js";
import { createCommunityRows, demoCommunities, demoStaff, demoWidgets } from "./demo-rows.js";

interface PrepareOptions {
  readonly config: Config;
  readonly store: Store;
  readonly publisher: Publisher;
  /** The folder of the example widgets. */
  readonly examples: string;
  readonly logger: Logger;
}

/**
 * On an empty database: makes the first administrator and, when the configuration asks for it, the demo. On any other start it
 * changes nothing. `generatedPassword` is set only on the start that made the administrator without ADMIN_PASSWORD.
 */
export async function prepareData(options: PrepareOptions): Promise<{ generatedPassword: string | undefined }> {
  const { config, store } = options;
  if ((await store.staff.count()) > 0) return { generatedPassword: undefined };
  const generatedPassword = config.adminPassword === undefined ? randomBytes(12).toString("base64url") : undefined;
  const password = config.adminPassword ?? generatedPassword ?? "";
  const now = new Date();
  const passwordHash = await store.hashPassword(password);
  const userRow = (email: string, name: string, role: User["role"]) => ({
    id: randomUUID(),
    email,
    name,
    role,
    passwordHash,
    active: true,
    sessionEpoch: 0,
    lastSignInAt: null,
    createdAt: now,
    updatedAt: now,
  });
  if (config.demo) await seedDemo(options, now);
  // Last: until an administrator exists the next start begins again.
  const staff = config.demo ? demoStaff.map((member) => userRow(member.email, member.name, member.role)) : [];
  await store.insertRows([{ entity: User, rows: [userRow(config.adminEmail, "Administrator", "admin"), ...staff] }]);
  return { generatedPassword };
}

async function seedDemo({ store, publisher, examples, logger }: PrepareOptions, now: Date): Promise<void> {
  await store.clearDemo(demoCommunities.map((community) => community.slug));
  const communityIds = new Map<string, string>();
  for (const demo of demoCommunities) {
    const rows = createCommunityRows(demo, now);
    communityIds.set(demo.slug, rows.community.id);
    await store.insertRows([
      { entity: Community, rows: [rows.community] },
      { entity: AccountSettings, rows: [rows.settings] },
      { entity: Customer, rows: rows.customers },
      { entity: Subscription, rows: rows.subscriptions },
      { entity: Line, rows: rows.lines },
      { entity: Entity, rows: rows.entities },
    ]);
  }
  const actor = { kind: "system", name: "Demo" } as const;
  for (const demo of demoWidgets) {
    const communityId = communityIds.get(demo.community);
    if (communityId === undefined) continue;
    const id = randomUUID();
    await store.insertRows([
      {
        entity: Widget,
        rows: [
          {
            id,
            communityId,
            name: demo.name,
            description: demo.description,
            runtime: "bundle",
            destination: demo.destination,
            conditionId: demo.conditionId,
            conditionOptions: demo.conditionOptions,
            active: true,
            activeVersionId: null,
            createdById: null,
            createdAt: now,
            updatedAt: now,
          },
        ],
      },
      { entity: Grant, rows: demo.scopes.map((scopeName) => ({ id: randomUUID(), widgetId: id, scopeName, createdById: null, createdAt: now })) },
    ]);
    const bytes = await readFile(path.join(examples, demo.file));
    const result = await publisher.publish({ widgetId: id, fileName: path.basename(demo.file), bytes, actor, activate: true });
    if (!result.activated) logger.warn({ widget: demo.name, findings: result.report.findings }, "a demo widget was rejected");
  }
}
