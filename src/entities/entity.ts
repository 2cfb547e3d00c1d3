import { BaseEntity, EntitySchema } from "typeorm";
import type { JsonObject } from "../../sdk/src/protocol/index.js";
import type { ColumnTypes } from "./column-types.js";

/** A thing a subscription is about (a pet, a child, a car). `revision` grows with each write of its attributes. */
export class Entity extends BaseEntity {
  declare id: string;
  declare communityId: string;
  declare subscriptionId: string;
  declare name: string;
  declare entityType: string;
  declare attributes: JsonObject;
  declare revision: number;
  declare createdAt: Date;
  declare updatedAt: Date;
}

export const entitySchema = (t: ColumnTypes) =>
  new EntitySchema<Entity>({
    name: "Entity",
    tableName: "entities",
    target: Entity,
    columns: t.columns({
      id: t.id,
      communityId: t.reference,
      subscriptionId: t.reference,
      name: t.text(120),
      entityType: t.text(60),
      attributes: t.json,
      revision: t.integer,
      createdAt: t.time,
      updatedAt: t.time,
    }),
    indices: [{ name: "ix_entities_subscription", columns: ["subscriptionId"] }],
    foreignKeys: [
      t.foreignKey("fk_entities_community", "communityId", "Community", "RESTRICT"),
      t.foreignKey("fk_entities_subscription", "subscriptionId", "Subscription", "CASCADE"),
    ],
  });
