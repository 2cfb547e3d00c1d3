import type { StaffActor } from "../contracts/index.js";
import { Scope } from "../entities/index.js";
import { catalogue } from "./catalogue.js";
import type { Column, FormField, ResourceDefinition } from "./definition.js";
import { isWritable } from "./forms/parse-form.js";
import { allowedActions, mayDo, resourceIds } from "./policy.js";
import type { PanelServices } from "./services.js";

/** Everything the panel's pages are drawn from, for one person: only what their role may open. No secrets: it is in the page. */
export async function describePanel(actor: StaffActor, services: PanelServices) {
  const scopes = await Scope.find({ order: { name: "asc" } });
  return {
    actor: { id: actor.id, name: actor.name, email: actor.email, role: actor.role },
    maxBundleBytes: services.maxBundleBytes,
    resources: resourceIds.filter((id) => mayDo(actor.role, id, "list")).map((id) => describeResource(catalogue[id], actor)),
    conditions: services.conditions.map(({ id, label, fields }) => ({ id, label, fields })),
    scopes: scopes.map(({ name, title, allows, confirms, enabled, registered }) => ({
      name,
      title,
      allows,
      confirms,
      enabled,
      registered,
    })),
    capabilities: services.capabilities.map(({ id, scope }) => ({ id, title: scope.title, allows: scope.allows })),
  };
}

function describeResource(definition: ResourceDefinition, actor: StaffActor) {
  const { id, one, many, group, icon, empty, title, sort, deleteEffect } = definition;
  return {
    id,
    one,
    many,
    group,
    icon,
    empty,
    title,
    sort,
    deleteEffect: deleteEffect ?? null,
    actions: allowedActions(actor.role, id),
    columns: definition.columns.map((column) => describeColumn(column, actor)),
    fields: definition.fields.filter((field) => isWritable(field, "new", actor) || isWritable(field, "edit", actor)).map(describeField),
  };
}

function describeColumn({ name, label, kind, on, reference, choices, filter, sort }: Column, actor: StaffActor) {
  return {
    name,
    label,
    kind,
    on,
    filter: filter === true,
    sort: sort === true,
    choices: choices ?? null,
    reference: reference ?? null,
    /** A name that this person may follow to its record. */
    opens: reference !== undefined && mayDo(actor.role, reference, "show"),
  };
}

function describeField({ name, label, input, on, required, help, placeholder, reference, choices, initial, group }: FormField) {
  return {
    name,
    label,
    input,
    on,
    required: required === true,
    help: help ?? null,
    placeholder: placeholder ?? null,
    reference: reference ?? null,
    choices: choices ?? null,
    initial: initial ?? null,
    group: group ?? null,
  };
}

export type PanelView = Awaited<ReturnType<typeof describePanel>>;
