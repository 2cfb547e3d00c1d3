import { BaseEntity, EntitySchema } from "typeorm";
import type { ColumnTypes } from "./column-types.js";

/** A product line of a subscription. `priceCents` is in cents of the community's currency. */
export class Line extends BaseEntity {
  declare id: string;
  declare subscriptionId: string;
  declare productTitle: string;
  declare variantTitle: string;
  declare quantity: number;
  declare priceCents: number;
  declare createdAt: Date;
  declare updatedAt: Date;
}

export const lineSchema = (t: ColumnTypes) =>
  new EntitySchema<Line>({
    name: "Line",
    tableName: "lines",
    target: Line,
    columns: t.columns({
      id: t.id,
      subscriptionId: t.reference,
      productTitle: t.text(200),
      variantTitle: t.text(200),
      quantity: t.integer,
      priceCents: t.integer,
      createdAt: t.time,
      updatedAt: t.time,
    }),
    indices: [{ name: "ix_lines_subscription", columns: ["subscriptionId"] }],
    foreignKeys: [t.foreignKey("fk_lines_subscription", "subscriptionId", "Subscription", "CASCADE")],
  });
