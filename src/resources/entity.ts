import { Equal } from "typeorm";
import { Entity, Subscription } from "../entities/index.js";
import { defineResource, FormError } from "./definition.js";
import { attributes, id, line, word } from "./forms/field-schemas.js";
import { toColumns } from "./forms/parse-form.js";

export const entity = defineResource({
  id: "entities",
  model: Entity,
  one: "Entity",
  many: "Entities",
  group: "Customers",
  icon: "Box",
  empty: "An entity is what a subscription is about: a pet, a child, a car.",
  title: "name",
  sort: { by: "name", direction: "asc" },
  columns: [
    { name: "name", label: "Name", kind: "text", on: ["list", "show"], filter: true, sort: true },
    { name: "entityType", label: "Type", kind: "text", on: ["list", "show"], filter: true, sort: true },
    { name: "subscriptionId", label: "Subscription", kind: "reference", reference: "subscriptions", on: ["list", "show"], filter: true },
    { name: "communityId", label: "Community", kind: "reference", reference: "communities", on: ["show"], filter: true },
    { name: "attributes", label: "Attributes", kind: "json", on: ["list", "show"] },
    { name: "revision", label: "Revision", kind: "number", on: ["show"] },
    { name: "createdAt", label: "Created", kind: "time", on: ["show"], sort: true, filter: true },
    { name: "updatedAt", label: "Changed", kind: "time", on: ["list", "show"], sort: true },
  ],
  fields: [
    { name: "name", label: "Name", input: "text", on: ["new", "edit"], schema: line(120), required: true },
    {
      name: "entityType",
      label: "Type",
      input: "text",
      on: ["new", "edit"],
      schema: word(60),
      required: true,
      placeholder: "dog",
      help: "What visibility conditions compare with.",
    },
    {
      name: "subscriptionId",
      label: "Subscription",
      input: "reference",
      reference: "subscriptions",
      on: ["new"],
      schema: id,
      required: true,
    },
    {
      name: "attributes",
      label: "Attributes",
      input: "attributes",
      on: ["new", "edit"],
      schema: attributes,
      initial: {},
      help: "Widgets see these and, with the customer's consent, change them.",
    },
  ],
  owner: (row) => ({ communityId: row["communityId"], subscriptionId: row["subscriptionId"] }),
  hooks: {
    async beforeNew({ manager }, values) {
      const parent = await manager.findOneBy(Subscription, { id: Equal(String(values["subscriptionId"])) });
      if (!parent) throw new FormError({ subscriptionId: "This subscription is gone." });
      return { ...toColumns(entity, values), communityId: parent.communityId, revision: 1 };
    },
    beforeEdit: async (_context, row, values) => ({ ...toColumns(entity, values, row), revision: Number(row["revision"]) + 1 }),
  },
});
