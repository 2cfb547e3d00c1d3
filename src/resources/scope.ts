import { In } from "typeorm";
import { Grant, Scope } from "../entities/index.js";
import { defineResource } from "./definition.js";
import { flag } from "./forms/field-schemas.js";

/** The catalogue that capabilities fill at start. People only switch scopes on and off. */
export const scope = defineResource({
  id: "scopes",
  model: Scope,
  one: "Scope",
  many: "Scopes",
  group: "Security",
  icon: "Key",
  empty: "Plugins register scopes when the server starts.",
  title: "title",
  sort: { by: "name", direction: "asc" },
  columns: [
    { name: "title", label: "Scope", kind: "text", on: ["list", "show"], filter: true, sort: true },
    { name: "name", label: "Name", kind: "code", on: ["list", "show"], filter: true, sort: true },
    { name: "allows", label: "Lets a widget", kind: "longText", on: ["list", "show"] },
    { name: "confirms", label: "Customer confirms", kind: "flag", on: ["list", "show"], filter: true },
    { name: "rateLimitCalls", label: "Calls", kind: "number", on: ["show"] },
    { name: "rateLimitSeconds", label: "… in seconds", kind: "number", on: ["show"] },
    { name: "enabled", label: "Enabled", kind: "flag", on: ["list", "show"], filter: true },
    { name: "registered", label: "Provided by a plugin", kind: "flag", on: ["show"], filter: true },
    { name: "updatedAt", label: "Changed", kind: "time", on: ["show"] },
  ],
  fields: [
    {
      name: "enabled",
      label: "Enabled",
      input: "flag",
      on: ["edit"],
      schema: flag,
      help: "Switched off, no widget can use it, whatever it was granted.",
    },
  ],
  hooks: {
    async aftermath({ row }) {
      const grants = await Grant.find({ where: { scopeName: In([String(row["name"])]) } });
      return { changes: [...new Set(grants.map((grant) => grant.widgetId))].map((widgetId) => ({ kind: "widget" as const, widgetId })) };
    },
  },
});
