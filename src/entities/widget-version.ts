import { BaseEntity, EntitySchema } from "typeorm";
import type { Report } from "../contracts/index.js";
import type { ColumnTypes } from "./column-types.js";

/** An immutable upload with its report. `number` counts from 1 per widget; `digest` is the SHA-256 (hex) of the uploaded bytes. */
export class WidgetVersion extends BaseEntity {
  declare id: string;
  declare widgetId: string;
  declare number: number;
  declare digest: string;
  declare size: number;
  declare fileName: string;
  declare format: string;
  declare verdict: "publish" | "reject";
  declare report: Report;
  declare createdById: string | null;
  declare createdAt: Date;
}

export const widgetVersionSchema = (t: ColumnTypes) =>
  new EntitySchema<WidgetVersion>({
    name: "WidgetVersion",
    tableName: "widget_versions",
    target: WidgetVersion,
    columns: t.columns({
      id: t.id,
      widgetId: t.reference,
      number: t.integer,
      digest: t.text(64),
      size: t.integer,
      fileName: t.text(200),
      format: t.text(10),
      verdict: t.text(10),
      report: t.json,
      createdById: t.optional(t.reference),
      createdAt: t.time,
    }),
    indices: [
      { name: "uq_widget_versions_number", columns: ["widgetId", "number"], unique: true },
      { name: "ix_widget_versions_digest", columns: ["digest"] },
    ],
    foreignKeys: [
      t.foreignKey("fk_widget_versions_widget", "widgetId", "Widget", "CASCADE"),
      t.foreignKey("fk_widget_versions_created_by", "createdById", "User", "SET NULL"),
    ],
  });
