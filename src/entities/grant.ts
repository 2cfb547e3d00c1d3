import { BaseEntity, EntitySchema } from "typeorm";
import type { ColumnTypes } from "./column-types.js";

/** A scope that an admin granted to a widget. */
export class Grant extends BaseEntity {
  declare id: string;
  declare widgetId: string;
  declare scopeName: string;
  declare createdById: string | null;
  declare createdAt: Date;
}

export const grantSchema = (t: ColumnTypes) =>
  new EntitySchema<Grant>({
    name: "Grant",
    tableName: "grants",
    target: Grant,
    columns: t.columns({
      id: t.id,
      widgetId: t.reference,
      scopeName: t.text(80),
      createdById: t.optional(t.reference),
      createdAt: t.time,
    }),
    indices: [{ name: "uq_grants_widget_scope", columns: ["widgetId", "scopeName"], unique: true }],
    foreignKeys: [
      t.foreignKey("fk_grants_widget", "widgetId", "Widget", "CASCADE"),
      t.foreignKey("fk_grants_created_by", "createdById", "User", "SET NULL"),
    ],
  });
