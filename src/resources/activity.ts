import { Activity, activityActorKinds, activitySources } from "../entities/index.js";
import { choicesOf, defineResource } from "./definition.js";

/** Append-only: there is no form, and the policy has no action that writes it. */
export const activity = defineResource({
  id: "activities",
  model: Activity,
  one: "Activity entry",
  many: "Activity",
  group: "Customers",
  icon: "Activity",
  empty: "What widgets, customers and staff do appears here.",
  title: "description",
  sort: { by: "createdAt", direction: "desc" },
  columns: [
    { name: "description", label: "What happened", kind: "longText", on: ["list", "show"], filter: true },
    { name: "action", label: "Action", kind: "code", on: ["list", "show"], filter: true, sort: true },
    { name: "actorName", label: "By", kind: "text", on: ["list", "show"], filter: true, sort: true },
    { name: "actorKind", label: "Kind", kind: "choice", choices: choicesOf(activityActorKinds), on: ["show"], filter: true },
    { name: "source", label: "Source", kind: "choice", choices: choicesOf(activitySources), on: ["list", "show"], filter: true },
    { name: "subscriptionId", label: "Subscription", kind: "reference", reference: "subscriptions", on: ["list", "show"], filter: true },
    { name: "widgetId", label: "Widget", kind: "reference", reference: "widgets", on: ["show"], filter: true },
    { name: "communityId", label: "Community", kind: "reference", reference: "communities", on: ["show"], filter: true },
    { name: "changes", label: "Was and now", kind: "changes", on: ["show"] },
    { name: "metadata", label: "Details", kind: "json", on: ["show"] },
    { name: "requestId", label: "Request", kind: "code", on: ["show"], filter: true },
    { name: "createdAt", label: "When", kind: "time", on: ["list", "show"], sort: true, filter: true },
  ],
  fields: [],
});
