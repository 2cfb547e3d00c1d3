import { Equal } from "typeorm";
import { Community, Customer, Subscription } from "../entities/index.js";
import { defineResource, FormError } from "./definition.js";
import { email, flag, id, keepOrPassword, line } from "./forms/field-schemas.js";
import { toColumns } from "./forms/parse-form.js";

export const customer = defineResource({
  id: "customers",
  model: Customer,
  one: "Customer",
  many: "Customers",
  group: "Customers",
  icon: "User",
  empty: "Customers sign in to their community's portal.",
  title: "name",
  sort: { by: "name", direction: "asc" },
  columns: [
    { name: "name", label: "Name", kind: "text", on: ["list", "show"], filter: true, sort: true },
    { name: "email", label: "E-mail", kind: "text", on: ["list", "show"], filter: true, sort: true },
    { name: "communityId", label: "Community", kind: "reference", reference: "communities", on: ["list", "show"], filter: true },
    { name: "active", label: "Active", kind: "flag", on: ["list", "show"], filter: true },
    { name: "createdAt", label: "Created", kind: "time", on: ["list", "show"], sort: true, filter: true },
    { name: "updatedAt", label: "Changed", kind: "time", on: ["show"] },
  ],
  unique: { field: "email", message: "Another customer of this community has this e-mail address." },
  dependants: [{ model: Subscription, column: "customerId", one: "subscription", many: "subscriptions" }],
  fields: [
    { name: "name", label: "Name", input: "text", on: ["new", "edit"], schema: line(120), required: true },
    { name: "email", label: "E-mail", input: "email", on: ["new", "edit"], schema: email, required: true },
    { name: "communityId", label: "Community", input: "reference", reference: "communities", on: ["new"], schema: id, required: true },
    { name: "active", label: "May sign in", input: "flag", on: ["new", "edit"], schema: flag, initial: true },
    {
      name: "password",
      label: "Password",
      input: "password",
      on: ["new", "edit"],
      schema: keepOrPassword,
      transient: true,
      help: "Optional. Never shown; leave empty to keep the present one. A new one ends their sessions.",
    },
  ],
  owner: (row) => ({ communityId: row["communityId"] }),
  hooks: {
    async beforeNew({ manager, services }, values) {
      if (!(await manager.existsBy(Community, { id: Equal(String(values["communityId"])) })))
        throw new FormError({ communityId: "This community is gone." });
      const secret = values["password"];
      return { ...toColumns(customer, values), passwordHash: typeof secret === "string" ? await services.passwords.hash(secret) : null };
    },
    async beforeEdit({ services }, row, values) {
      const secret = values["password"];
      const columns = toColumns(customer, values, row);
      if (typeof secret === "string") columns["passwordHash"] = await services.passwords.hash(secret);
      return columns;
    },
    async aftermath({ kind, row, values }) {
      const ends = kind === "delete" || typeof values["password"] === "string" || values["active"] === false;
      return ends ? { endSessions: [{ kind: "customer", userId: String(row["id"]) }] } : {};
    },
  },
});
