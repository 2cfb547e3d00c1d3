import { BaseEntity, EntitySchema } from "typeorm";
import type { ColumnTypes } from "./column-types.js";

/** Shown as a chip. */
export const subscriptionStatuses = { active: "Active", paused: "Paused", cancelled: "Cancelled" } as const;
export type SubscriptionStatus = keyof typeof subscriptionStatuses;

/** What a customer subscribes to. Times are UTC; `nextDate` is the next delivery. */
export class Subscription extends BaseEntity {
  declare id: string;
  declare communityId: string;
  declare customerId: string;
  declare title: string;
  declare status: SubscriptionStatus;
  declare nextDate: Date | null;
  declare createdAt: Date;
  declare updatedAt: Date;
}

export const subscriptionSchema = (t: ColumnTypes) =>
  new EntitySchema<Subscription>({
    name: "Subscription",
    tableName: "subscriptions",
    target: Subscription,
    columns: t.columns({
      id: t.id,
      communityId: t.reference,
      customerId: t.reference,
      title: t.text(200),
      status: t.text(20),
      nextDate: t.optional(t.time),
      createdAt: t.time,
      updatedAt: t.time,
    }),
    indices: [
      { name: "ix_subscriptions_customer", columns: ["customerId"] },
      { name: "ix_subscriptions_community", columns: ["communityId"] },
    ],
    foreignKeys: [
      t.foreignKey("fk_subscriptions_community", "communityId", "Community", "RESTRICT"),
      t.foreignKey("fk_subscriptions_customer", "customerId", "Customer", "CASCADE"),
    ],
  });
