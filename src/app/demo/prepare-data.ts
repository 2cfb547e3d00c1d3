import { randomBytes, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Logger } from "pino";
import type { Config } from "../../config/index.js";
import { type Publisher, VitrineError } from "../../contracts/index.js";
import { AccountSettings, Community, Customer, Entity, Grant, Line, Subscription, User, Widget } from "../../entities/index.js";
import { hashPassword, insertRows } from "../../store/index.js";
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
  const passwordHash = await hashPassword(config.adminPassword ?? generatedPassword ?? "");
  if (config.demo) await seedDemo(options, new Date());
  // Last, and all at once: until an administrator exists the next start begins again.
  const staff = [{ email: config.adminEmail, name: "Administrator", role: "admin" as const }, ...(config.demo ? demoStaff : [])];
  const rows = staff.map((member) => ({ ...member, email: member.email.toLowerCase(), passwordHash, active: true }));
  try {
    await insertRows(store.database, User, rows);
  } catch (error) {
    // Another process that started at the same time was faster: its administrator and its password count.
    if (error instanceof VitrineError && error.code === "CONFLICT" && (await store.staff.count()) > 0)
      return { generatedPassword: undefined };
    throw error;
  }
  return { generatedPassword };
}

async function seedDemo({ store, publisher, examples, logger }: PrepareOptions, now: Date): Promise<void> {
  await store.removeCommunities(demoCommunities.map((community) => community.slug));
  const communityIds = new Map<string, string>();
  for (const demo of demoCommunities) {
    const rows = createCommunityRows(demo, now);
    communityIds.set(demo.slug, rows.community.id);
    await store.database.transaction(async (manager) => {
      await insertRows(manager, Community, [rows.community]);
      await insertRows(manager, AccountSettings, [rows.settings]);
      await insertRows(manager, Customer, rows.customers);
      await insertRows(manager, Subscription, rows.subscriptions);
      await insertRows(manager, Line, rows.lines);
      await insertRows(manager, Entity, rows.entities);
    });
  }
  for (const { community, file, scopes, ...widget } of demoWidgets) {
    const communityId = communityIds.get(community);
    if (communityId === undefined) throw new Error(`The demo widget ${widget.name} names the unknown community ${community}.`);
    const id = randomUUID();
    await store.database.transaction(async (manager) => {
      await insertRows(manager, Widget, [{ ...widget, id, communityId, runtime: "bundle", active: true }]);
      await insertRows(
        manager,
        Grant,
        scopes.map((scopeName) => ({ widgetId: id, scopeName })),
      );
    });
    const bytes = await readFile(path.join(examples, file));
    const actor = { kind: "system", name: "Demo" } as const;
    const result = await publisher.publish({ widgetId: id, fileName: path.basename(file), bytes, actor, activate: true });
    if (!result.activated) logger.warn({ widget: widget.name, findings: result.report.findings }, "a demo widget was rejected");
  }
}
