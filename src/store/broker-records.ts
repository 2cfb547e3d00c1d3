import type { EntityManager } from "typeorm";
import type { JsonObject } from "../../sdk/src/protocol/index.js";
import { type BrokerRecords, type BrokerWrites, type CallOwner, VitrineError } from "../contracts/index.js";
import { appendActivityRow } from "./activity-rows.js";
import { createId } from "./create-id.js";
import type { Database } from "./database.js";
import { jsonList } from "./json-list.js";
import { placedWidgetColumns, readPlacedWidget } from "./placed-widgets.js";
import { affectedRows, type Row, select } from "./statements.js";
import { childColumns, readContext } from "./subscription-rows.js";
import { cutText, readFlag, readJson, readNumber, readText, toJson } from "./values.js";

/** What a capability call needs to know and may change. Customer, subscription and widget are in every WHERE clause. */
export function createBrokerRecords(database: Database): BrokerRecords {
  const { read, dialect } = database;
  const subjectStatement = `SELECT ${placedWidgetColumns(dialect)}, s.id AS subscription_id, s.status AS subscription_status,
      ${childColumns(dialect)}, a.disabled_capabilities,
      ${jsonList(dialect, { fields: { name: "d.name" }, from: "scopes d WHERE NOT (d.enabled AND d.registered)", orderBy: "d.name" })} AS disabled_scopes
    FROM subscriptions s
    JOIN customers c ON c.id = s.customer_id AND c.community_id = s.community_id AND c.active = $1
    JOIN widgets w ON w.community_id = s.community_id AND w.id = $2
    JOIN widget_versions v ON v.id = w.active_version_id AND v.widget_id = w.id AND v.verdict = 'publish'
    LEFT JOIN users u ON u.id = v.created_by_id
    LEFT JOIN account_settings a ON a.community_id = s.community_id
    WHERE s.id = $3 AND s.customer_id = $4`;

  return {
    async findCallSubject(customerId, subscriptionId, widgetId) {
      const [row] = await select(read, subjectStatement, [true, widgetId, subscriptionId, customerId]);
      if (!row) return undefined;
      const widget = readPlacedWidget(row);
      const disabled = (readJson(row["disabled_scopes"]) as { name: string }[]).map(({ name }) => name);
      return {
        widget: { ...widget, active: readFlag(row["widget_active"]) },
        grantedScopes: widget.scopes.map(({ name }) => name),
        disabledScopes: [...disabled, ...((readJson(row["disabled_capabilities"]) ?? []) as string[])],
        context: readContext(row),
      };
    },

    findEntity: (owner, entityId) => findEntity(read, owner, entityId),

    findReply: (owner, key, requestDigest) => findReply(read, owner, key, requestDigest),

    write: (owner, key, requestDigest, work) =>
      database.transaction(async (manager) => {
        const claim = createId();
        // The unique index makes a second call with this key wait for the first one's commit.
        const claimed = await affectedRows(
          manager,
          `INSERT INTO idempotency_records (id, customer_id, widget_id, "key", request_digest, created_at)
           VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (customer_id, widget_id, "key") DO NOTHING`,
          [claim, owner.customerId, owner.widgetId, key, requestDigest, new Date()],
        );
        if (claimed === 0) {
          const first = await findReply(manager, owner, key, requestDigest);
          // Swept away between the two statements, a day after its use.
          if (!first) throw new VitrineError("CONFLICT", { reason: "idempotency key" });
          return { reply: first, replayed: true };
        }
        const reply = await work(createWrites(manager, owner));
        await affectedRows(manager, "UPDATE idempotency_records SET response = $1 WHERE id = $2", [toJson(reply), claim]);
        return { reply, replayed: false };
      }),
  };
}

async function findEntity(manager: EntityManager, owner: CallOwner, entityId: string): ReturnType<BrokerRecords["findEntity"]> {
  const [row] = await select(
    manager,
    `SELECT e.id, e.name, e.entity_type, e.attributes, e.revision FROM entities e JOIN subscriptions s ON s.id = e.subscription_id
     WHERE e.id = $1 AND s.id = $2 AND s.customer_id = $3`,
    [entityId, owner.subscriptionId, owner.customerId],
  );
  if (!row) return undefined;
  return {
    id: readText(row["id"]),
    name: readText(row["name"]),
    entityType: readText(row["entity_type"]),
    attributes: readJson(row["attributes"]) as JsonObject,
    revision: readNumber(row["revision"]),
  };
}

async function findReply(manager: EntityManager, owner: CallOwner, key: string, requestDigest: string): Promise<JsonObject | undefined> {
  const [row]: (Row | undefined)[] = await select(
    manager,
    `SELECT request_digest, response FROM idempotency_records
     WHERE customer_id = $1 AND widget_id = $2 AND "key" = $3 AND response IS NOT NULL`,
    [owner.customerId, owner.widgetId, key],
  );
  if (!row) return undefined;
  if (row["request_digest"] !== requestDigest) throw new VitrineError("CONFLICT", { reason: "idempotency key" });
  return readJson(row["response"]) as JsonObject;
}

function createWrites(manager: EntityManager, owner: CallOwner): BrokerWrites {
  return {
    findEntity: (entityId) => findEntity(manager, owner, entityId),

    async replaceEntityAttributes(entityId, attributes, ifRevision) {
      const changed = await affectedRows(
        manager,
        `UPDATE entities SET attributes = $1, revision = revision + 1, updated_at = $2
         WHERE id = $3 AND revision = $4 AND subscription_id IN (SELECT s.id FROM subscriptions s WHERE s.id = $5 AND s.customer_id = $6)`,
        [toJson(attributes), new Date(), entityId, ifRevision, owner.subscriptionId, owner.customerId],
      );
      return changed === 1;
    },

    async appendActivity(entry) {
      const id = await appendActivityRow(manager, {
        // First: nothing in the entry may stand in for who really acts, and where.
        ...entry,
        communityId: owner.communityId,
        subscriptionId: owner.subscriptionId,
        actorKind: "customer",
        actorId: owner.customerId,
        actorName: owner.customerName,
        source: "widget",
        widgetId: owner.widgetId,
      });
      return { id };
    },

    async recordMedia(key, image) {
      await affectedRows(
        manager,
        `INSERT INTO media (id, "key", community_id, customer_id, widget_id, original_name, content_type, size, width, height, digest, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [
          createId(),
          key,
          owner.communityId,
          owner.customerId,
          owner.widgetId,
          cutText(image.name, 200),
          image.contentType,
          image.size,
          image.width,
          image.height,
          image.digest,
          new Date(),
        ],
      );
    },
  };
}
