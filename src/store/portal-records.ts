import type { Branding } from "../../sdk/src/protocol/index.js";
import type { ActivityItem, PortalCommunity, PortalRecords, SubscriptionSummary } from "../contracts/index.js";
import { type FeedItem, listActivityRows } from "./activity-rows.js";
import type { Database } from "./database.js";
import { jsonList } from "./json-list.js";
import { type Row, select } from "./statements.js";
import { childColumns, readContext, readLines } from "./subscription-rows.js";
import { readJson, readOptionalText, readOptionalTime, readText } from "./values.js";

/** What a signed-in customer sees. Every query holds the customer's id; customers who were switched off see nothing. */
export function createPortalRecords(database: Database): PortalRecords {
  const { read, dialect } = database;
  const subscriptionColumns = `s.id AS subscription_id, s.title, s.status AS subscription_status, s.next_date`;
  const owned = "subscriptions s JOIN customers c ON c.id = s.customer_id AND c.active = $1 WHERE s.customer_id = $2";
  const listStatement = `SELECT ${subscriptionColumns}, ${jsonList(dialect, {
    fields: { name: "e.name" },
    from: "entities e WHERE e.subscription_id = s.id",
    orderBy: "e.created_at, e.id",
  })} AS entity_names FROM ${owned} ORDER BY s.created_at DESC, s.id DESC LIMIT 500`;
  const detailStatement = `SELECT ${subscriptionColumns}, ${childColumns(dialect)} FROM ${owned} AND s.id = $3`;

  return {
    async findCustomer(id) {
      const [row] = await select(read, "SELECT id, name, email, community_id FROM customers WHERE id = $1 AND active = $2", [id, true]);
      if (!row) return undefined;
      return {
        kind: "customer",
        id: readText(row["id"]),
        name: readText(row["name"]),
        email: readText(row["email"]),
        communityId: readText(row["community_id"]),
      };
    },

    async findCommunity(id) {
      const [row] = await select(read, `SELECT ${communityColumns} FROM communities WHERE id = $1`, [id]);
      return row && readCommunity(row);
    },

    async findPreviewCommunity(slug) {
      const [row] =
        slug === undefined
          ? await select(read, `SELECT ${communityColumns} FROM communities ORDER BY created_at, id LIMIT 1`, [])
          : await select(read, `SELECT ${communityColumns} FROM communities WHERE slug = $1`, [slug]);
      return row && readCommunity(row);
    },

    async listSubscriptions(customerId) {
      const rows = await select(read, listStatement, [true, customerId]);
      return rows.map((row) => {
        const names = readJson(row["entity_names"]) as { name: string }[];
        return readSummary(
          row,
          names.map(({ name }) => name),
        );
      });
    },

    async findSubscription(customerId, subscriptionId) {
      const [row] = await select(read, detailStatement, [true, customerId, subscriptionId]);
      if (!row) return undefined;
      const context = readContext(row);
      const names = context.entities.map(({ name }) => name);
      return { ...readSummary(row, names), context, lines: readLines(row) };
    },

    async listActivity(customerId, subscriptionId, page) {
      const where = `a.subscription_id = $1 AND EXISTS (SELECT 1 FROM subscriptions s WHERE s.id = a.subscription_id AND s.customer_id = $2)`;
      const { items, next } = await listActivityRows(read, where, [subscriptionId, customerId], page);
      return { items: items.map(withoutIds), next };
    },

    async listDemoCustomers() {
      const rows = await select(
        read,
        `SELECT c.id, c.name, c.email, m.name AS community_name FROM customers c JOIN communities m ON m.id = c.community_id
         WHERE c.active = $1 ORDER BY m.name, c.name, c.id LIMIT 50`,
        [true],
      );
      return rows.map((row) => ({
        id: readText(row["id"]),
        name: readText(row["name"]),
        email: readText(row["email"]),
        communityName: readText(row["community_name"]),
      }));
    },

    async findCustomerByEmail(email) {
      // One address may belong to customers of several communities; the oldest answers, so that the answer never varies.
      const [row] = await select(
        read,
        "SELECT id, password_hash FROM customers WHERE email = $1 AND active = $2 ORDER BY created_at, id LIMIT 1",
        [email.trim().toLowerCase(), true],
      );
      return row && { id: readText(row["id"]), passwordHash: readOptionalText(row["password_hash"]) };
    },
  };
}

const communityColumns = "id, name, branding, locale";

function readCommunity(row: Row): PortalCommunity {
  return {
    id: readText(row["id"]),
    name: readText(row["name"]),
    branding: readJson(row["branding"]) as Branding,
    locale: readText(row["locale"]),
  };
}

function readSummary(row: Row, entityNames: readonly string[]): SubscriptionSummary {
  return {
    id: readText(row["subscription_id"]),
    title: readText(row["title"]),
    status: readText(row["subscription_status"]),
    nextDate: readOptionalTime(row["next_date"]),
    entityNames,
  };
}

/** Ids of staff and of requests are not the customer's business. */
function withoutIds({ actorId: _actor, widgetId: _widget, requestId: _request, ...item }: FeedItem): ActivityItem {
  return item;
}
