import type { JsonObject } from "../sdk/src/protocol/index.js";

/** What the server put into the page for this person. */
export interface PanelState {
  readonly actor: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly role: "admin" | "manager" | "developer" | "viewer";
  };
  readonly maxBundleBytes: number;
  readonly resources: readonly ResourceView[];
  readonly conditions: readonly ConditionView[];
  readonly scopes: readonly ScopeView[];
  readonly capabilities: readonly { readonly id: string; readonly title: string; readonly allows: string }[];
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly tone?: Tone;
}
export type Tone = "neutral" | "success" | "warning" | "danger";

export interface ColumnView {
  readonly name: string;
  readonly label: string;
  readonly kind: string;
  readonly on: readonly string[];
  readonly filter: boolean;
  readonly sort: boolean;
  readonly choices: readonly Choice[] | null;
  readonly reference: string | null;
  readonly opens: boolean;
}

export interface FieldView {
  readonly name: string;
  readonly label: string;
  readonly input: string;
  readonly on: readonly string[];
  readonly required: boolean;
  readonly help: string | null;
  readonly placeholder: string | null;
  readonly reference: string | null;
  readonly choices: readonly Choice[] | null;
  readonly initial: unknown;
  readonly group: string | null;
}

export interface ResourceView {
  readonly id: string;
  readonly one: string;
  readonly many: string;
  readonly group: string;
  readonly icon: string;
  readonly empty: string;
  readonly title: string;
  readonly sort: { readonly by: string; readonly direction: "asc" | "desc" };
  readonly deleteEffect: string | null;
  readonly actions: readonly string[];
  readonly columns: readonly ColumnView[];
  readonly fields: readonly FieldView[];
}

export interface ConditionView {
  readonly id: string;
  readonly label: string;
  readonly fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly type: "text" | "select";
    readonly placeholder?: string;
    readonly choices?: readonly Choice[];
  }[];
}

export interface ScopeView {
  readonly name: string;
  readonly title: string;
  readonly allows: string;
  readonly confirms: boolean;
  readonly enabled: boolean;
  readonly registered: boolean;
}

/** A record as AdminJS sends it. */
export interface RecordView {
  readonly id: string;
  readonly title: string | null;
  readonly params: Readonly<Record<string, unknown>>;
  readonly populated: Readonly<Record<string, RecordView | undefined>>;
  readonly errors: Readonly<Record<string, { readonly message?: string } | undefined>>;
}

export interface Notice {
  readonly type: "success" | "error";
  readonly message: string;
}

export type { JsonObject };

declare global {
  interface Window {
    readonly VITRINE_PANEL: PanelState;
    readonly REDUX_STATE: { readonly paths: { readonly rootPath: string } };
    AdminJS: { UserComponents?: Record<string, unknown> };
  }
}

export const panel: PanelState = window.VITRINE_PANEL;
export const rootPath: string = window.REDUX_STATE.paths.rootPath;

export const findResource = (id: string | undefined): ResourceView | undefined => panel.resources.find((resource) => resource.id === id);
export const mayDo = (resource: ResourceView, action: string): boolean => resource.actions.includes(action);

export const listPath = (resource: string): string => `${rootPath}/resources/${resource}`;
export const newPath = (resource: string): string => `${listPath(resource)}/actions/new`;
export const recordPath = (resource: string, id: string, action = "show"): string => `${listPath(resource)}/records/${id}/${action}`;

/** Leads on to the portal's preview of a version, signed for a few minutes. */
export const previewPath = (versionId: string): string => `${rootPath}/preview/${versionId}`;

/** A value as text; nothing for what is not one value. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** What a record is called: its title, or the name of what its title refers to. */
export function titleOf(resource: ResourceView, record: RecordView): string {
  const populated = record.populated[resource.title]?.title;
  const own = record.params[resource.title];
  return populated || (typeof own === "string" && own !== "" ? own : resource.one);
}
