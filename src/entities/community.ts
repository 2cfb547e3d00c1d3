import { BaseEntity, EntitySchema } from "typeorm";
import type { Branding } from "../../sdk/src/protocol/index.js";
import type { ColumnTypes } from "./column-types.js";

/** A company's portal: its look, and the storefronts that may embed its widgets. */
export class Community extends BaseEntity {
  declare id: string;
  declare name: string;
  declare slug: string;
  declare branding: Branding;
  declare locale: string;
  declare createdAt: Date;
  declare updatedAt: Date;
}

export const communitySchema = (t: ColumnTypes) =>
  new EntitySchema<Community>({
    name: "Community",
    tableName: "communities",
    target: Community,
    columns: t.columns({
      id: t.id,
      name: t.text(120),
      slug: t.text(60),
      branding: t.json,
      locale: t.text(20),
      createdAt: t.time,
      updatedAt: t.time,
    }),
    indices: [{ name: "uq_communities_slug", columns: ["slug"], unique: true }],
  });
