import { BaseEntity, EntitySchema } from "typeorm";
import type { JsonObject } from "../../sdk/src/protocol/index.js";
import type { ColumnTypes } from "./column-types.js";

export const activityActorKinds = { customer: "Customer", staff: "Staff", system: "System", integration: "Integration" } as const;
export type ActivityActorKind = keyof typeof activityActorKinds;
export const activitySources = {
  widget: "Widget",
  portal: "Portal",
  panel: "Panel",
  integration: "Integration",
  system: "System",
} as const;
export type ActivitySource = keyof typeof activitySources;

/** Append-only record of what happened, on a subscription or (staff actions) on the community. `changes` maps a name to `{ from, to }`. */
export class Activity extends BaseEntity {
  declare id: string;
  declare communityId: string | null;
  declare subscriptionId: string | null;
  declare actorKind: ActivityActorKind;
  declare actorId: string | null;
  declare actorName: string;
  declare source: ActivitySource;
  declare widgetId: string | null;
  declare action: string;
  declare description: string;
  declare changes: JsonObject;
  declare metadata: JsonObject;
  declare requestId: string | null;
  declare createdAt: Date;
}

export const activitySchema = (t: ColumnTypes) =>
  new EntitySchema<Activity>({
    name: "Activity",
    tableName: "activities",
    target: Activity,
    columns: t.columns({
      id: t.id,
      communityId: t.optional(t.reference),
      subscriptionId: t.optional(t.reference),
      actorKind: t.text(20),
      actorId: t.optional(t.reference),
      actorName: t.text(120),
      source: t.text(20),
      widgetId: t.optional(t.reference),
      action: t.text(80),
      description: t.text(1000),
      changes: t.json,
      metadata: t.json,
      requestId: t.optional(t.text(64)),
      createdAt: t.time,
    }),
    indices: [
      { name: "ix_activities_subscription", columns: ["subscriptionId", "createdAt"] },
      { name: "ix_activities_action", columns: ["action", "source"] },
      { name: "ix_activities_created", columns: ["createdAt"] },
    ],
  });
