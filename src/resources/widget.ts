import { randomUUID } from "node:crypto";
import { Equal, In } from "typeorm";
import { z } from "zod";
import { destinations } from "../contracts/index.js";
import { Community, Grant, Scope, User, Widget, WidgetVersion } from "../entities/index.js";
import { choicesOf, defineResource, FormError, type Row, type WriteContext } from "./definition.js";
import { flag, id, line, oneOf, paragraph, textList } from "./forms/field-schemas.js";
import { parseCondition } from "./forms/parse-condition.js";
import { toColumns } from "./forms/parse-form.js";

const destinationChoices = choicesOf(destinations);
const conditionOptions = z.preprocess(
  (value) => {
    if (value === undefined || value === "") return {};
    if (typeof value !== "string") return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return value;
    }
  },
  z.record(z.string().max(60), z.unknown()),
);

/** What customers see. A new one is made by `createWidget`, together with its first version. */
export const widget = defineResource({
  id: "widgets",
  model: Widget,
  one: "Widget",
  many: "Widgets",
  group: "Widgets",
  icon: "Layout",
  empty: "A widget is a single JavaScript file that runs in a sandbox. Upload the first one.",
  title: "name",
  sort: { by: "name", direction: "asc" },
  columns: [
    { name: "name", label: "Name", kind: "text", on: ["list", "show"], filter: true, sort: true },
    { name: "active", label: "State", kind: "flag", on: ["list", "show"], filter: true, sort: true },
    {
      name: "destination",
      label: "Destination",
      kind: "choice",
      choices: destinationChoices,
      on: ["list", "show"],
      filter: true,
      sort: true,
    },
    { name: "communityId", label: "Community", kind: "reference", reference: "communities", on: ["list", "show"], filter: true },
    { name: "version", label: "Active version", kind: "version", on: ["list", "show"], derived: true },
    { name: "scopes", label: "Scopes", kind: "list", on: ["list", "show"], derived: true },
    { name: "published", label: "Last published", kind: "time", on: ["list", "show"], derived: true },
    { name: "description", label: "Description", kind: "longText", on: ["show"], filter: true },
    { name: "visibility", label: "Shown when", kind: "text", on: ["show"], derived: true },
    { name: "scopeNames", label: "Scope names", kind: "list", on: [], derived: true },
    { name: "conditionId", label: "Condition", kind: "code", on: [], filter: true },
    { name: "conditionOptions", label: "Condition options", kind: "json", on: [] },
    { name: "runtime", label: "Runtime", kind: "choice", choices: [{ value: "bundle", label: "JavaScript bundle" }], on: ["show"] },
    { name: "createdById", label: "Created by", kind: "reference", reference: "users", on: ["show"] },
    { name: "createdAt", label: "Created", kind: "time", on: ["show"], sort: true, filter: true },
    { name: "updatedAt", label: "Changed", kind: "time", on: ["show"], sort: true },
  ],
  deleteEffect: "It disappears from every page at once, with all its versions and grants.",
  fields: [
    {
      name: "name",
      label: "Name",
      input: "text",
      on: ["new", "edit"],
      schema: line(80),
      required: true,
      help: "The tab's label when it opens in a new tab.",
    },
    { name: "description", label: "Description", input: "area", on: ["new", "edit"], schema: paragraph(500), initial: "" },
    { name: "communityId", label: "Community", input: "reference", reference: "communities", on: ["new"], schema: id, required: true },
    {
      name: "destination",
      label: "Destination",
      input: "choice",
      choices: destinationChoices,
      on: ["new", "edit"],
      schema: oneOf(destinations),
      required: true,
      initial: "detail.main.top",
    },
    {
      name: "conditionId",
      label: "Shown when",
      input: "choice",
      on: ["new", "edit"],
      schema: line(80),
      required: true,
      initial: "always",
      group: "Visibility",
    },
    {
      name: "conditionOptions",
      label: "Condition options",
      input: "attributes",
      on: ["new", "edit"],
      schema: conditionOptions,
      initial: {},
      group: "Visibility",
    },
    {
      name: "scopes",
      label: "Scopes",
      input: "checks",
      on: ["new", "edit"],
      schema: textList(line(80), 50),
      initial: [],
      transient: true,
      group: "Scopes",
    },
    { name: "active", label: "Active", input: "flag", on: ["new", "edit"], schema: flag, initial: false },
  ],
  owner: (row) => ({ communityId: row["communityId"], widgetId: row["id"] }),
  hooks: {
    async beforeNew({ manager, actor, services }, values) {
      if (!(await manager.existsBy(Community, { id: Equal(String(values["communityId"])) })))
        throw new FormError({ communityId: "This community is gone." });
      const condition = parseCondition(services.conditions, values["conditionId"], values["conditionOptions"]);
      // Inactive until its first version is accepted and live; `createWidget` switches it on.
      return { ...toColumns(widget, values), ...condition, runtime: "bundle", active: false, activeVersionId: null, createdById: actor.id };
    },
    async afterNew(context, row, values) {
      await setScopes(context, String(row["id"]), (values["scopes"] as string[] | undefined) ?? []);
    },
    async beforeEdit(context, row, values) {
      const columns = toColumns(widget, values, row);
      if (values["conditionId"] !== undefined || values["conditionOptions"] !== undefined)
        Object.assign(
          columns,
          parseCondition(
            context.services.conditions,
            values["conditionId"] ?? row["conditionId"],
            values["conditionOptions"] ?? row["conditionOptions"],
          ),
        );
      if (values["active"] === true && row["activeVersionId"] === null)
        throw new FormError({ active: "It has no accepted version yet. Replace the bundle first." });
      if (values["scopes"] !== undefined) await setScopes(context, String(row["id"]), values["scopes"] as string[]);
      return columns;
    },
    aftermath: async ({ row }) => ({ changes: [{ kind: "widget", widgetId: String(row["id"]) }] }),
  },
  async derive(rows, services) {
    const ids = rows.map((row) => String(row["id"]));
    const versionIds = rows.map((row) => row["activeVersionId"]).filter((value) => typeof value === "string");
    const [grants, versions] = await Promise.all([
      Grant.find({ where: { widgetId: In(ids) }, order: { scopeName: "asc" } }),
      WidgetVersion.find({ where: { id: In(versionIds) }, select: { id: true, number: true, createdAt: true } }),
    ]);
    const scopes = await Scope.find({ where: { name: In(grants.map((item) => item.scopeName)) } });
    const titles = new Map(scopes.map((item) => [item.name, item.title]));
    return rows.map((row) => {
      const granted = grants.filter((item) => item.widgetId === row["id"]);
      const version = versions.find((item) => item.id === row["activeVersionId"]);
      return {
        scopes: granted.map((item) => titles.get(item.scopeName) ?? item.scopeName),
        scopeNames: granted.map((item) => item.scopeName),
        version: version ? version.number : null,
        published: version?.createdAt ?? null,
        visibility: describeVisibility(row, services),
      };
    });
  },
});

function describeVisibility(
  row: Row,
  services: {
    readonly conditions: readonly {
      readonly id: string;
      readonly label: string;
      describe(options: unknown): string;
      readonly options: z.ZodType;
    }[];
  },
): string {
  const condition = services.conditions.find((item) => item.id === row["conditionId"]);
  const options = condition?.options.safeParse(row["conditionOptions"]);
  return condition && options?.success
    ? condition.describe(options.data)
    : `Never: the condition ${String(row["conditionId"])} is not available`;
}

/** Grants exactly these scopes. Scopes that were granted before stay even when their plugin is gone. */
async function setScopes({ manager, actor }: WriteContext, widgetId: string, names: readonly string[]): Promise<void> {
  const present = await manager.find(Grant, { where: { widgetId: Equal(widgetId) } });
  const added = names.filter((name) => !present.some((item) => item.scopeName === name));
  const known = await manager.find(Scope, { where: { name: In([...added]), registered: Equal(true) } });
  const unknown = added.find((name) => !known.some((item) => item.name === name));
  if (unknown !== undefined) throw new FormError({ scopes: `There is no scope ${unknown}.` });
  const removed = present.filter((item) => !names.includes(item.scopeName));
  if (removed.length > 0) await manager.delete(Grant, { id: In(removed.map((item) => item.id)) });
  for (const scopeName of added)
    await manager.insert(Grant, { id: randomUUID(), widgetId, scopeName, createdById: actor.id, createdAt: new Date() });
}

/** Who made versions, by id. */
export async function namesOfStaff(ids: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids.filter((value): value is string => value !== null))];
  const people = wanted.length > 0 ? await User.find({ where: { id: In(wanted) }, select: { id: true, name: true } }) : [];
  return new Map(people.map((person) => [person.id, person.name]));
}
