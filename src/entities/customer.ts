import { BaseEntity, EntitySchema } from "typeorm";
import type { ColumnTypes } from "./column-types.js";

/** Somebody who signs in to a community's portal. */
export class Customer extends BaseEntity {
  declare id: string;
  declare communityId: string;
  declare email: string;
  declare name: string;
  declare passwordHash: string | null;
  declare active: boolean;
  declare createdAt: Date;
  declare updatedAt: Date;
}

export const customerSchema = (t: ColumnTypes) =>
  new EntitySchema<Customer>({
    name: "Customer",
    tableName: "customers",
    target: Customer,
    columns: t.columns({
      id: t.id,
      communityId: t.reference,
      email: t.email,
      name: t.text(120),
      passwordHash: t.optional(t.text(255)),
      active: t.flag,
      createdAt: t.time,
      updatedAt: t.time,
    }),
    indices: [
      { name: "uq_customers_community_email", columns: ["communityId", "email"], unique: true },
      { name: "ix_customers_email", columns: ["email"] },
    ],
    foreignKeys: [t.foreignKey("fk_customers_community", "communityId", "Community", "RESTRICT")],
  });
