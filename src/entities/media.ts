import { BaseEntity, EntitySchema } from "typeorm";
import type { ColumnTypes } from "./column-types.js";

/** An uploaded image after re-encoding. `key` is its unguessable public file name; `digest` the SHA-256 (hex) of the stored bytes. */
export class Media extends BaseEntity {
  declare id: string;
  declare key: string;
  declare communityId: string;
  declare customerId: string | null;
  declare widgetId: string | null;
  declare originalName: string;
  declare contentType: string;
  declare size: number;
  declare width: number;
  declare height: number;
  declare digest: string;
  declare createdAt: Date;
}

export const mediaSchema = (t: ColumnTypes) =>
  new EntitySchema<Media>({
    name: "Media",
    tableName: "media",
    target: Media,
    columns: t.columns({
      id: t.id,
      key: t.text(80),
      communityId: t.reference,
      customerId: t.optional(t.reference),
      widgetId: t.optional(t.reference),
      originalName: t.text(200),
      contentType: t.text(40),
      size: t.integer,
      width: t.integer,
      height: t.integer,
      digest: t.text(64),
      createdAt: t.time,
    }),
    indices: [
      { name: "uq_media_key", columns: ["key"], unique: true },
      { name: "ix_media_customer", columns: ["customerId", "createdAt"] },
    ],
    foreignKeys: [
      t.foreignKey("fk_media_community", "communityId", "Community", "RESTRICT"),
      t.foreignKey("fk_media_customer", "customerId", "Customer", "SET NULL"),
      t.foreignKey("fk_media_widget", "widgetId", "Widget", "SET NULL"),
    ],
  });
