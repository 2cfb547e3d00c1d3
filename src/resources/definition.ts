import type { BaseEntity, EntityManager, EntityTarget, FindOptionsWhere, ObjectLiteral } from "typeorm";
import type { z } from "zod";
import type { Change, Role, StaffActor } from "../contracts/index.js";
import type { ResourceId } from "./policy.js";
import type { PanelServices } from "./services.js";

/** How a value is shown. The panel's components know exactly these. */
export type ValueKind =
  | "text"
  | "longText"
  | "code"
  | "number"
  | "bytes"
  | "money"
  | "flag"
  | "time"
  | "choice"
  | "reference"
  | "json"
  | "changes"
  | "list"
  | "digest"
  | "image"
  | "color"
  | "findings"
  | "version";

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly tone?: "neutral" | "success" | "warning" | "danger";
}

/** One readable column. What is not a column here never leaves the server, cannot be filtered, sorted or searched. */
export interface Column {
  readonly name: string;
  readonly label: string;
  readonly kind: ValueKind;
  readonly on: readonly ("list" | "show")[];
  readonly reference?: ResourceId;
  readonly choices?: readonly Choice[];
  readonly filter?: boolean;
  readonly sort?: boolean;
  /** Not in the database: filled in by `derive`. */
  readonly derived?: boolean;
}

export interface FormField {
  /** A dot sets a value inside a JSON column: `branding.primary_color`. */
  readonly name: string;
  readonly label: string;
  readonly input:
    | "text"
    | "email"
    | "password"
    | "area"
    | "number"
    | "flag"
    | "choice"
    | "checks"
    | "reference"
    | "attributes"
    | "lines"
    | "time"
    | "color"
    | "money";
  readonly on: readonly ("new" | "edit")[];
  readonly schema: z.ZodType;
  readonly required?: boolean;
  readonly help?: string;
  readonly placeholder?: string;
  readonly reference?: ResourceId;
  readonly choices?: readonly Choice[];
  readonly initial?: unknown;
  readonly group?: string;
  /** Only these roles may set it; everybody who may write the resource when absent. */
  readonly roles?: readonly Role[];
  /** Handed to the hooks, never stored as a column and never shown or recorded. */
  readonly transient?: boolean;
}

export type Values = Readonly<Record<string, unknown>>;
export type Row = Readonly<Record<string, unknown>>;

export interface WriteContext {
  readonly manager: EntityManager;
  readonly actor: StaffActor;
  readonly services: PanelServices;
}

/** Changes that must be told after the commit, and sessions that must end. */
export interface Aftermath {
  readonly changes?: readonly Change[];
  readonly endSessions?: readonly { readonly kind: "staff" | "customer"; readonly userId: string }[];
}

/** What a resource does beyond storing its columns. Each runs inside the transaction; throw a `FormError` to refuse. */
export interface WriteHooks {
  /** Answers the columns to insert. */
  beforeNew?(context: WriteContext, values: Values): Promise<Row>;
  afterNew?(context: WriteContext, row: Row, values: Values): Promise<void>;
  /** Answers the columns to change. */
  beforeEdit?(context: WriteContext, row: Row, values: Values): Promise<Row>;
  beforeDelete?(context: WriteContext, row: Row): Promise<void>;
  aftermath?(
    change: { readonly kind: "new" | "edit" | "delete"; readonly row: Row; readonly before?: Row; readonly values: Values },
    services: PanelServices,
  ): Promise<Aftermath>;
}

export type EntityClass = typeof BaseEntity & EntityTarget<ObjectLiteral>;

export interface ResourceDefinition {
  readonly id: ResourceId;
  readonly model: EntityClass;
  readonly one: string;
  readonly many: string;
  readonly group: "Content" | "Widgets" | "Publishing" | "Customers" | "Security" | "Settings";
  readonly icon: string;
  /** What to do when the list is empty. */
  readonly empty: string;
  /** The column that names a record. */
  readonly title: string;
  /** The stored column that `search` looks in, when the title is derived. */
  readonly searchIn?: string;
  readonly sort: { readonly by: string; readonly direction: "asc" | "desc" };
  readonly columns: readonly Column[];
  readonly fields: readonly FormField[];
  /** Says what a deletion does to other things. */
  readonly deleteEffect?: string;
  /** Rows that still belong to a record and so forbid its deletion. */
  readonly dependants?: readonly { readonly model: EntityClass; readonly column: string; readonly one: string; readonly many: string }[];
  /** Unique columns: the field that is told when the value is taken. */
  readonly unique?: { readonly field: string; readonly message: string };
  readonly hooks?: WriteHooks;
  /** Rows this person may see; everything when absent. */
  scope?(actor: StaffActor): FindOptionsWhere<ObjectLiteral>;
  /** Values of derived columns, one object for each row. */
  derive?(rows: readonly Row[], services: PanelServices): Promise<readonly Row[]>;
  /** For the activity record: whose it is. */
  owner?(row: Row): { readonly communityId?: unknown; readonly subscriptionId?: unknown; readonly widgetId?: unknown };
}

export function defineResource(definition: ResourceDefinition): ResourceDefinition {
  return definition;
}

/** The choices of an enumeration table such as `destinations`. */
export function choicesOf(table: Readonly<Record<string, string>>): readonly Choice[] {
  return Object.entries(table).map(([value, label]) => ({ value, label }));
}

/** A refusal that names the fields it is about; `form` is about the whole. */
export class FormError extends Error {
  override readonly name = "FormError";
  readonly fields: Readonly<Record<string, string>>;
  constructor(fields: Readonly<Record<string, string>>) {
    super(Object.values(fields)[0] ?? "The form has a mistake.");
    this.fields = fields;
  }
}
