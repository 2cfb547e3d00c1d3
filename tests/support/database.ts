import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { BaseEntity } from "typeorm";
import type { WidgetContext } from "../../sdk/src/protocol/index.js";
import type { Report, Role } from "../../src/contracts/index.js";
import {
  AccountSettings,
  Community,
  Customer,
  Entity,
  Grant,
  Line,
  Scope,
  Subscription,
  User,
  Widget,
  WidgetVersion,
} from "../../src/entities/index.js";
import { createId, type Database, insertRows, type NewRow, openDatabase } from "../../src/store/index.js";

export interface TestDatabase {
  readonly database: Database;
  /** `sqlite:<path>`, to open the same database a second time. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** A new, migrated SQLite database in a temporary directory that `close` removes. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const directory = await mkdtemp(path.join(tmpdir(), "vitrine-store-"));
  const url = `sqlite:${path.join(directory, "test.sqlite")}`;
  const database = await openDatabase({ url });
  return {
    database,
    url,
    async close() {
      await database.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function seedOne<T extends BaseEntity>(database: Database, entity: new () => T, row: NewRow<T>): Promise<string> {
  const [id] = await insertRows(database, entity, [row]);
  return id as string;
}

/** Each factory fills what the test does not name and gives the new row's id. */
export const seedCommunity = (database: Database, row: Partial<NewRow<Community>> = {}) =>
  seedOne<Community>(database, Community, {
    name: "Puppy Club",
    slug: `puppy-club-${createId()}`,
    branding: { primary_color: "#7c3aed", font_family: "Inter", border_radius: "8px", logo_url: null },
    locale: "en",
    ...row,
  });

export const seedSettings = (database: Database, communityId: string, row: Partial<NewRow<AccountSettings>> = {}) =>
  seedOne<AccountSettings>(database, AccountSettings, { communityId, disabledCapabilities: [], storefrontOrigins: [], ...row });

export const seedUser = (database: Database, row: Partial<NewRow<User>> & { role?: Role } = {}) =>
  seedOne<User>(database, User, {
    email: `${createId()}@staff.example`,
    name: "Grace Hopper",
    passwordHash: "unusable",
    role: "admin",
    active: true,
    ...row,
  });

export const seedCustomer = (database: Database, communityId: string, row: Partial<NewRow<Customer>> = {}) =>
  seedOne<Customer>(database, Customer, {
    communityId,
    email: `${createId()}@customer.example`,
    name: "Ada Lovelace",
    active: true,
    ...row,
  });

export const seedSubscription = (
  database: Database,
  owner: { communityId: string; customerId: string },
  row: Partial<NewRow<Subscription>> = {},
) => seedOne<Subscription>(database, Subscription, { ...owner, title: "Puppy box", status: "active", ...row });

export const seedEntity = (database: Database, owner: { communityId: string; subscriptionId: string }, row: Partial<NewRow<Entity>> = {}) =>
  seedOne<Entity>(database, Entity, { ...owner, name: "Fluffy", entityType: "dog", attributes: { weight: 12.4 }, ...row });

export const seedLine = (database: Database, subscriptionId: string, row: Partial<NewRow<Line>> = {}) =>
  seedOne<Line>(database, Line, {
    subscriptionId,
    productTitle: "Puppy food",
    variantTitle: "Large",
    quantity: 1,
    priceCents: 2490,
    ...row,
  });

export const seedScope = (database: Database, name: string, row: Partial<NewRow<Scope>> = {}) =>
  seedOne<Scope>(database, Scope, {
    name,
    title: name,
    allows: `Use ${name}`,
    confirms: false,
    rateLimitCalls: 10,
    rateLimitSeconds: 60,
    enabled: true,
    registered: true,
    ...row,
  });

export const seedWidget = (database: Database, communityId: string, row: Partial<NewRow<Widget>> = {}) =>
  seedOne<Widget>(database, Widget, {
    communityId,
    name: "Check-in",
    description: "Weekly check-in",
    runtime: "bundle",
    destination: "detail.main.top",
    conditionId: "always",
    conditionOptions: {},
    active: true,
    ...row,
  });

export const seedGrant = (database: Database, widgetId: string, scopeName: string) =>
  seedOne<Grant>(database, Grant, { widgetId, scopeName });

/** The report of a bundle without findings (or with the given verdict). */
export function sampleReport(digest: string, verdict: Report["verdict"] = "publish"): Report {
  return {
    verdict,
    findings: [],
    rules: { ran: [], skipped: [] },
    steps: [],
    behaviour: [],
    engine: {},
    bundle: { digest, size: 100, format: "script" },
    durationMs: 1,
  };
}

/** An accepted version; `activate` also makes it the widget's live one. */
export async function seedVersion(
  database: Database,
  widgetId: string,
  row: Partial<NewRow<WidgetVersion>> & { activate?: boolean } = {},
): Promise<string> {
  const { activate = true, ...columns } = row;
  const digest = columns.digest ?? "a".repeat(64);
  const id = await seedOne<WidgetVersion>(database, WidgetVersion, {
    widgetId,
    number: 1,
    digest,
    size: 100,
    fileName: "widget.js",
    format: "script",
    verdict: "publish",
    report: sampleReport(digest, columns.verdict),
    ...columns,
  });
  if (activate) await database.execute("UPDATE widgets SET active_version_id = $1 WHERE id = $2", [id, widgetId]);
  return id;
}

/** A community with a customer, a subscription with a dog, and a live widget that holds the given scopes. */
export async function seedPortal(
  database: Database,
  scopes: readonly string[] = ["entity.update", "subscription.activity_log", "media.upload"],
) {
  const communityId = await seedCommunity(database);
  const customerId = await seedCustomer(database, communityId);
  const subscriptionId = await seedSubscription(database, { communityId, customerId });
  const entityId = await seedEntity(database, { communityId, subscriptionId });
  const lineId = await seedLine(database, subscriptionId);
  const widgetId = await seedWidget(database, communityId);
  const versionId = await seedVersion(database, widgetId);
  const known = await database.read.find(Scope);
  for (const scope of scopes) {
    if (!known.some(({ name }) => name === scope)) await seedScope(database, scope);
    await seedGrant(database, widgetId, scope);
  }
  const context: WidgetContext = {
    subscription: { id: subscriptionId, status: "active" },
    entities: [{ id: entityId, name: "Fluffy", entity_type: "dog", attributes: { weight: 12.4 } }],
    lines: [{ id: lineId, product_title: "Puppy food", variant_title: "Large" }],
  };
  return { communityId, customerId, subscriptionId, entityId, lineId, widgetId, versionId, context };
}
