import { BaseEntity, EntitySchema } from "typeorm";
import type { JsonObject } from "../../sdk/src/protocol/index.js";
import type { Destination, Runtime } from "../contracts/index.js";
import type { ColumnTypes } from "./column-types.js";

/** What customers see: a named place for exactly one active version. */
export class Widget extends BaseEntity {
  declare id: string;
  declare communityId: string;
  declare name: string;
  declare description: string;
  declare runtime: Runtime;
  declare destination: Destination;
  declare conditionId: string;
  declare conditionOptions: JsonObject;
  declare active: boolean;
  declare activeVersionId: string | null;
  declare createdById: string | null;
  declare createdAt: Date;
  declare updatedAt: Date;
}

export const widgetSchema = (t: ColumnTypes) =>
  new EntitySchema<Widget>({
    name: "Widget",
    tableName: "widgets",
    target: Widget,
    columns: t.columns({
      id: t.id,
      communityId: t.reference,
      name: t.text(80),
      description: t.text(500),
      runtime: t.text(20),
      destination: t.text(40),
      conditionId: t.text(80),
      conditionOptions: t.json,
      active: t.flag,
      activeVersionId: t.optional(t.reference),
      createdById: t.optional(t.reference),
      createdAt: t.time,
      updatedAt: t.time,
    }),
    indices: [{ name: "ix_widgets_community", columns: ["communityId", "active"] }],
    foreignKeys: [
      t.foreignKey("fk_widgets_community", "communityId", "Community", "RESTRICT"),
      t.foreignKey("fk_widgets_active_version", "activeVersionId", "WidgetVersion", "SET NULL"),
      t.foreignKey("fk_widgets_created_by", "createdById", "User", "SET NULL"),
    ],
  });
