import { BaseEntity, EntitySchema } from "typeorm";
import type { JsonObject } from "../../sdk/src/protocol/index.js";
import type { ColumnTypes } from "./column-types.js";

/** The answer to a write, kept so that a repeat of the same key is answered alike and done once. */
export class IdempotencyRecord extends BaseEntity {
  declare id: string;
  declare customerId: string;
  declare widgetId: string;
  declare key: string;
  declare requestDigest: string;
  declare response: JsonObject | null;
  declare createdAt: Date;
}

export const idempotencyRecordSchema = (t: ColumnTypes) =>
  new EntitySchema<IdempotencyRecord>({
    name: "IdempotencyRecord",
    tableName: "idempotency_records",
    target: IdempotencyRecord,
    columns: t.columns({
      id: t.id,
      customerId: t.reference,
      widgetId: t.reference,
      key: t.text(100),
      requestDigest: t.text(64),
      response: t.optional(t.json),
      createdAt: t.time,
    }),
    indices: [
      { name: "uq_idempotency_key", columns: ["customerId", "widgetId", "key"], unique: true },
      { name: "ix_idempotency_created", columns: ["createdAt"] },
    ],
  });
