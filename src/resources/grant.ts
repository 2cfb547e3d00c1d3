import { Equal, In } from "typeorm";
import { Grant, Scope, Widget } from "../entities/index.js";
import { defineResource, FormError } from "./definition.js";
import { id, line } from "./forms/field-schemas.js";

export const grant = defineResource({
  id: "grants",
  model: Grant,
  one: "Grant",
  many: "Grants",
  group: "Widgets",
  icon: "CheckSquare",
  empty: "A grant lets one widget use one scope. Grant only what a widget needs.",
  title: "scopeName",
  sort: { by: "createdAt", direction: "desc" },
  columns: [
    { name: "scopeTitle", label: "Scope", kind: "text", on: ["list", "show"], derived: true },
    { name: "scopeName", label: "Scope name", kind: "code", on: ["list", "show"], filter: true, sort: true },
    { name: "widgetId", label: "Widget", kind: "reference", reference: "widgets", on: ["list", "show"], filter: true },
    { name: "createdById", label: "Granted by", kind: "reference", reference: "users", on: ["list", "show"] },
    { name: "createdAt", label: "Granted", kind: "time", on: ["list", "show"], sort: true, filter: true },
  ],
  unique: { field: "scopeName", message: "The widget has this scope already." },
  deleteEffect: "The widget loses this scope at once.",
  fields: [
    { name: "widgetId", label: "Widget", input: "reference", reference: "widgets", on: ["new"], schema: id, required: true },
    { name: "scopeName", label: "Scope", input: "choice", on: ["new"], schema: line(80), required: true },
  ],
  owner: (row) => ({ widgetId: row["widgetId"] }),
  hooks: {
    async beforeNew({ manager, actor }, values) {
      const [widgetId, scopeName] = [String(values["widgetId"]), String(values["scopeName"])];
      if (!(await manager.existsBy(Widget, { id: Equal(widgetId) }))) throw new FormError({ widgetId: "This widget is gone." });
      if (!(await manager.existsBy(Scope, { name: Equal(scopeName), registered: Equal(true) })))
        throw new FormError({ scopeName: "There is no such scope." });
      return { widgetId, scopeName, createdById: actor.id };
    },
    aftermath: async ({ row }) => ({ changes: [{ kind: "widget", widgetId: String(row["widgetId"]) }] }),
  },
  async derive(rows) {
    const scopes = await Scope.find({ where: { name: In(rows.map((row) => String(row["scopeName"]))) } });
    const titles = new Map(scopes.map((item) => [item.name, item.title]));
    return rows.map((row) => ({ scopeTitle: titles.get(String(row["scopeName"])) ?? String(row["scopeName"]) }));
  },
});
