import { BaseEntity, EntitySchema } from "typeorm";
import type { JsonObject } from "../../sdk/src/protocol/index.js";
import type { ColumnTypes } from "./column-types.js";

/** A signed-in browser. `digest` is the SHA-256 (hex) of the session id in the cookie: a stolen table signs nobody in. */
export class Session extends BaseEntity {
  declare id: string;
  declare digest: string;
  declare kind: "staff" | "customer";
  declare userId: string | null;
  declare data: JsonObject;
  declare expiresAt: Date;
  declare createdAt: Date;
}

export const sessionSchema = (t: ColumnTypes) =>
  new EntitySchema<Session>({
    name: "Session",
    tableName: "sessions",
    target: Session,
    columns: t.columns({
      id: t.id,
      digest: t.text(64),
      kind: t.text(10),
      userId: t.optional(t.reference),
      data: t.json,
      expiresAt: t.time,
      createdAt: t.time,
    }),
    indices: [
      { name: "uq_sessions_digest", columns: ["digest"], unique: true },
      { name: "ix_sessions_user", columns: ["userId"] },
      { name: "ix_sessions_expires", columns: ["expiresAt"] },
    ],
  });
