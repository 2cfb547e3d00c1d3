import { type Role, roles } from "../contracts/index.js";

/** Every resource of the panel, in the order of the sidebar. */
export const resourceIds = [
  "communities",
  "media",
  "widgets",
  "widget-versions",
  "grants",
  "customers",
  "subscriptions",
  "entities",
  "lines",
  "activities",
  "users",
  "scopes",
  "account-settings",
] as const;
export type ResourceId = (typeof resourceIds)[number];

/** How an action is addressed, and whether it changes anything. An action that changes something answers POST only. */
export interface ActionShape {
  readonly on: "resource" | "record" | "bulk";
  readonly get: boolean;
  readonly post: boolean;
}

export const actionShapes = {
  list: { on: "resource", get: true, post: false },
  search: { on: "resource", get: true, post: false },
  show: { on: "record", get: true, post: false },
  new: { on: "resource", get: false, post: true },
  /** GET reads the record for the form. */
  edit: { on: "record", get: true, post: true },
  delete: { on: "record", get: false, post: true },
  bulkDelete: { on: "bulk", get: false, post: true },
  /** GET reads the record for the page. */
  replaceBundle: { on: "record", get: true, post: true },
  activateVersion: { on: "record", get: false, post: true },
  switchActive: { on: "record", get: false, post: true },
  /** A widget with its versions and scopes. */
  overview: { on: "record", get: true, post: false },
  /** What the record page of a version shows: findings, steps, rules. */
  report: { on: "record", get: true, post: false },
  /** A signed link to the portal's preview. It expires within minutes, so it is made on demand. */
  preview: { on: "record", get: true, post: false },
  feed: { on: "record", get: true, post: false },
  feedAll: { on: "resource", get: true, post: false },
} as const satisfies Record<string, ActionShape>;
export type ActionName = keyof typeof actionShapes;

const everyone = Object.keys(roles) as Role[];
const content: readonly Role[] = ["admin", "manager"];
const builders: readonly Role[] = ["admin", "manager", "developer"];
/** Customers' data: not for those who only build widgets. */
const readers: readonly Role[] = ["admin", "manager", "viewer"];
const admins: readonly Role[] = ["admin"];

type Row = Readonly<Partial<Record<ActionName, readonly Role[]>>>;

const read = (who: readonly Role[]): Row => ({ list: who, search: who, show: who });
const manage = (who: readonly Role[]): Row => ({ new: who, edit: who, delete: who, bulkDelete: who });

/** Role × resource × action. What is not named here is denied. */
export const policy: Readonly<Record<ResourceId, Row>> = {
  communities: { ...read(everyone), ...manage(content) },
  media: { ...read(readers), delete: content, bulkDelete: content },
  widgets: {
    ...read(everyone),
    ...manage(content),
    overview: everyone,
    replaceBundle: builders,
    activateVersion: builders,
    switchActive: content,
  },
  "widget-versions": { ...read(everyone), report: everyone, preview: everyone },
  grants: { ...read(everyone), new: content, delete: content, bulkDelete: content },
  customers: { ...read(readers), ...manage(content) },
  subscriptions: { ...read(readers), ...manage(content), feed: readers },
  entities: { ...read(readers), ...manage(content) },
  lines: { ...read(readers), ...manage(content) },
  activities: { ...read(readers), feedAll: readers },
  users: { ...read(admins), ...manage(admins) },
  scopes: { ...read(everyone), edit: content },
  "account-settings": { ...read(admins), new: admins, edit: admins },
};

export const isResourceId = (value: string): value is ResourceId => Object.hasOwn(policy, value);
export const isActionName = (value: string): value is ActionName => Object.hasOwn(actionShapes, value);

/** The one decision of the panel. Unknown roles, resources and actions are denied. */
export function mayDo(role: Role | undefined, resource: string, action: string): boolean {
  if (role === undefined || !isResourceId(resource) || !isActionName(action)) return false;
  return policy[resource][action]?.includes(role) ?? false;
}

/** What a role may do with a resource, for building what it sees. */
export function allowedActions(role: Role, resource: ResourceId): readonly ActionName[] {
  return (Object.keys(actionShapes) as ActionName[]).filter((action) => mayDo(role, resource, action));
}
