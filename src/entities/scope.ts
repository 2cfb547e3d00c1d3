import { BaseEntity, EntitySchema } from "typeorm";
import type { ColumnTypes } from "./column-types.js";

/** The catalogue of scopes that capabilities register at start; only `enabled` is a person's choice. */
export class Scope extends BaseEntity {
  declare id: string;
  declare name: string;
  declare title: string;
  declare allows: string;
  declare confirms: boolean;
  declare rateLimitCalls: number;
  declare rateLimitSeconds: number;
  declare enabled: boolean;
  declare registered: boolean;
  declare updatedAt: Date;
}

export const scopeSchema = (t: ColumnTypes) =>
  new EntitySchema<Scope>({
    name: "Scope",
    tableName: "scopes",
    target: Scope,
    columns: t.columns({
      id: t.id,
      name: t.text(80),
      title: t.text(120),
      allows: t.text(500),
      confirms: t.flag,
      rateLimitCalls: t.integer,
      rateLimitSeconds: t.integer,
      enabled: t.flag,
      registered: t.flag,
      updatedAt: t.time,
    }),
    indices: [{ name: "uq_scopes_name", columns: ["name"], unique: true }],
  });
