import { Equal } from "typeorm";
import { Customer, Entity, Line, Subscription, subscriptionStatuses } from "../entities/index.js";
import { defineResource, FormError } from "./definition.js";
import { id, line, oneOf, optionalTime } from "./forms/field-schemas.js";
import { toColumns } from "./forms/parse-form.js";

const statuses = [
  { value: "active", label: subscriptionStatuses.active, tone: "success" },
  { value: "paused", label: subscriptionStatuses.paused, tone: "warning" },
  { value: "cancelled", label: subscriptionStatuses.cancelled, tone: "neutral" },
] as const;

export const subscription = defineResource({
  id: "subscriptions",
  model: Subscription,
  one: "Subscription",
  many: "Subscriptions",
  group: "Customers",
  icon: "Repeat",
  empty: "A subscription belongs to a customer and holds lines and entities.",
  title: "title",
  sort: { by: "createdAt", direction: "desc" },
  columns: [
    { name: "title", label: "Title", kind: "text", on: ["list", "show"], filter: true, sort: true },
    { name: "customerId", label: "Customer", kind: "reference", reference: "customers", on: ["list", "show"], filter: true },
    { name: "communityId", label: "Community", kind: "reference", reference: "communities", on: ["list", "show"], filter: true },
    { name: "status", label: "Status", kind: "choice", choices: statuses, on: ["list", "show"], filter: true, sort: true },
    { name: "nextDate", label: "Next delivery", kind: "time", on: ["list", "show"], sort: true, filter: true },
    { name: "createdAt", label: "Created", kind: "time", on: ["list", "show"], sort: true, filter: true },
    { name: "updatedAt", label: "Changed", kind: "time", on: ["show"] },
  ],
  dependants: [
    { model: Entity, column: "subscriptionId", one: "entity", many: "entities" },
    { model: Line, column: "subscriptionId", one: "line", many: "lines" },
  ],
  fields: [
    { name: "title", label: "Title", input: "text", on: ["new", "edit"], schema: line(200), required: true },
    {
      name: "customerId",
      label: "Customer",
      input: "reference",
      reference: "customers",
      on: ["new"],
      schema: id,
      required: true,
      help: "It belongs to the customer's community.",
    },
    {
      name: "status",
      label: "Status",
      input: "choice",
      choices: statuses,
      on: ["new", "edit"],
      schema: oneOf(subscriptionStatuses),
      initial: "active",
      required: true,
    },
    { name: "nextDate", label: "Next delivery", input: "time", on: ["new", "edit"], schema: optionalTime },
  ],
  owner: (row) => ({ communityId: row["communityId"], subscriptionId: row["id"] }),
  hooks: {
    async beforeNew({ manager }, values) {
      const owner = await manager.findOneBy(Customer, { id: Equal(String(values["customerId"])) });
      if (!owner) throw new FormError({ customerId: "This customer is gone." });
      return { nextDate: null, ...toColumns(subscription, values), communityId: owner.communityId };
    },
  },
});
