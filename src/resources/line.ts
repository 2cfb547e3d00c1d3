import { Equal } from "typeorm";
import { Line, Subscription } from "../entities/index.js";
import { defineResource, FormError } from "./definition.js";
import { id, line as text, whole } from "./forms/field-schemas.js";
import { toColumns } from "./forms/parse-form.js";

export const line = defineResource({
  id: "lines",
  model: Line,
  one: "Line",
  many: "Lines",
  group: "Customers",
  icon: "List",
  empty: "A line is a product of a subscription.",
  title: "productTitle",
  sort: { by: "productTitle", direction: "asc" },
  columns: [
    { name: "productTitle", label: "Product", kind: "text", on: ["list", "show"], filter: true, sort: true },
    { name: "variantTitle", label: "Variant", kind: "text", on: ["list", "show"], filter: true, sort: true },
    { name: "subscriptionId", label: "Subscription", kind: "reference", reference: "subscriptions", on: ["list", "show"], filter: true },
    { name: "quantity", label: "Quantity", kind: "number", on: ["list", "show"], sort: true, filter: true },
    { name: "priceCents", label: "Price", kind: "money", on: ["list", "show"], sort: true },
    { name: "createdAt", label: "Created", kind: "time", on: ["show"], sort: true, filter: true },
    { name: "updatedAt", label: "Changed", kind: "time", on: ["show"] },
  ],
  fields: [
    { name: "productTitle", label: "Product", input: "text", on: ["new", "edit"], schema: text(200), required: true },
    { name: "variantTitle", label: "Variant", input: "text", on: ["new", "edit"], schema: text(200, 0), initial: "" },
    {
      name: "subscriptionId",
      label: "Subscription",
      input: "reference",
      reference: "subscriptions",
      on: ["new"],
      schema: id,
      required: true,
    },
    { name: "quantity", label: "Quantity", input: "number", on: ["new", "edit"], schema: whole(1, 100_000), initial: 1, required: true },
    {
      name: "priceCents",
      label: "Price in cents",
      input: "number",
      on: ["new", "edit"],
      schema: whole(0, 1_000_000_000),
      initial: 0,
      required: true,
    },
  ],
  owner: (row) => ({ subscriptionId: row["subscriptionId"] }),
  hooks: {
    async beforeNew({ manager }, values) {
      if (!(await manager.existsBy(Subscription, { id: Equal(String(values["subscriptionId"])) })))
        throw new FormError({ subscriptionId: "This subscription is gone." });
      return toColumns(line, values);
    },
  },
});
