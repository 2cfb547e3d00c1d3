import { type ActionHandler, AdminJS, type AdminJSOptions, type ResourceOptions, type ResourceWithOptions } from "adminjs";
import { subscriptionFeed, wholeFeed } from "./actions/feed.js";
import { createRecord, deleteRecord, deleteRecords, editRecord, searchRecords } from "./actions/records.js";
import {
  activateVersion,
  createWidget,
  replaceBundle,
  switchActive,
  versionPreview,
  versionReport,
  widgetOverview,
} from "./actions/widgets.js";
import { actorOf } from "./adapter/actor.js";
import { NoDatabase, ResourceSource, SecureResource } from "./adapter/secure-resource.js";
import { catalogue } from "./catalogue.js";
import { readDashboard } from "./dashboard.js";
import type { ResourceDefinition } from "./definition.js";
import { type ActionName, actionShapes, isActionName, mayDo, resourceIds } from "./policy.js";
import type { PanelServices } from "./services.js";

type Handler = ActionHandler<Record<string, unknown>>;

/** Handlers in place of AdminJS's own. `list` and `show` keep theirs: they only read, through SecureResource. */
const handlers: Partial<Record<ActionName, unknown>> = {
  search: searchRecords,
  new: createRecord,
  edit: editRecord,
  delete: deleteRecord,
  bulkDelete: deleteRecords,
  replaceBundle,
  activateVersion,
  switchActive,
  overview: widgetOverview,
  report: versionReport,
  preview: versionPreview,
  feed: subscriptionFeed,
  feedAll: wholeFeed,
};

/** AdminJS with our resources and nothing of its own: its adapters, pages, bundler and assets stay out. */
export function createAdmin(rootPath: string, services: PanelServices): AdminJS {
  registerOnce();
  const options: AdminJSOptions = {
    rootPath,
    loginPath: `${rootPath}/login`,
    logoutPath: `${rootPath}/logout`,
    branding: { companyName: "Vitrine", logo: false, withMadeWithLove: false },
    settings: { defaultPerPage: 20 },
    dashboard: { handler: async (_request, _response, context) => await readDashboard(actorOf(context)) },
    pages: {},
    resources: resourceIds.map((id) => toResource(catalogue[id], services)),
  };
  const admin = new AdminJS(options);
  // The components are built beforehand by scripts/build-panel.mjs. AdminJS would bundle them at each start.
  admin.initialize = () => Promise.resolve();
  return admin;
}

let registered = false;
function registerOnce(): void {
  if (registered) return;
  registered = true;
  AdminJS.registerAdapter({ Database: NoDatabase, Resource: SecureResource });
}

function toResource(definition: ResourceDefinition, services: PanelServices): ResourceWithOptions {
  const options: ResourceOptions = {
    id: definition.id,
    navigation: { name: definition.group },
    titleProperty: definition.title,
    sort: { sortBy: definition.sort.by, direction: definition.sort.direction },
    listProperties: ["id", ...definition.columns.filter((column) => column.on.includes("list")).map((column) => column.name)],
    properties: toProperties(definition),
    actions: Object.fromEntries(Object.keys(actionShapes).map((name) => [name, toAction(definition, name as ActionName)])),
  };
  return { resource: new ResourceSource(definition, services), options };
}

function toProperties(definition: ResourceDefinition): NonNullable<ResourceOptions["properties"]> {
  const own = definition.columns.map((column) => [
    column.name,
    {
      isSortable: column.sort === true,
      ...(column.reference === undefined ? {} : { reference: column.reference }),
      ...(column.derived || column.kind === "json" || column.kind === "changes" || column.kind === "list"
        ? { type: "string" as const }
        : {}),
    },
  ]);
  return Object.fromEntries([["id", { isVisible: false }], ...own]);
}

/** Every action that AdminJS knows is named here, so that none keeps a default that allows it. */
function toAction(definition: ResourceDefinition, name: ActionName) {
  const shape = actionShapes[name];
  const handler = name === "new" && definition.id === "widgets" ? createWidget : handlers[name];
  // Synchronous on purpose: AdminJS takes a promise for a yes.
  const isAllowed = ({ currentAdmin }: { currentAdmin?: { role?: unknown } }): boolean => {
    const role = currentAdmin?.role;
    return typeof role === "string" && isActionName(name) && mayDo(role as Parameters<typeof mayDo>[0], definition.id, name);
  };
  return {
    name,
    actionType: shape.on,
    isAccessible: isAllowed,
    isVisible: isAllowed,
    ...(handler === undefined ? {} : { handler: handler as Handler }),
  };
}
