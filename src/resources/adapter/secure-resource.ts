import { Resource } from "@adminjs/typeorm";
import { type ActionContext, BaseDatabase, BaseRecord, type Filter, ForbiddenError } from "adminjs";
import { Equal, type FindManyOptions, type FindOptionsWhere, In, type ObjectLiteral, type Repository } from "typeorm";
import type { StaffActor } from "../../contracts/index.js";
import { FormError, type ResourceDefinition, type Row, type Values } from "../definition.js";
import { parseForm } from "../forms/parse-form.js";
import { type ActionName, mayDo } from "../policy.js";
import type { PanelServices } from "../services.js";
import { actorOf } from "./actor.js";
import { toReferenceView, toView } from "./record-view.js";
import { invalid, toWhere } from "./where.js";
import { createRow, deleteRow, updateRow } from "./write-rows.js";

/** What AdminJS is given as a resource: a definition with the services that its writes need. */
export class ResourceSource {
  readonly definition: ResourceDefinition;
  readonly services: PanelServices;
  constructor(definition: ResourceDefinition, services: PanelServices) {
    this.definition = definition;
    this.services = services;
  }
}

interface Page {
  readonly limit?: unknown;
  readonly offset?: unknown;
  readonly sort?: { readonly sortBy?: unknown; readonly direction?: unknown };
}

/**
 * AdminJS's TypeORM resource with the doors closed: columns, filters, sorting and fields by allow list, rows by scope, each
 * action by policy for the person in the context, writes through the store's queue. AdminJS reaches the database only here,
 * so what this class refuses cannot be had by another action, a reference or a crafted query.
 */
export class SecureResource extends Resource {
  readonly definition: ResourceDefinition;
  readonly services: PanelServices;

  constructor(source: ResourceSource) {
    super(source.definition.model);
    this.definition = source.definition;
    this.services = source.services;
  }

  private get rows(): Repository<ObjectLiteral> {
    return this.definition.model.getRepository();
  }

  static override isAdapterFor(candidate: unknown): boolean {
    return candidate instanceof ResourceSource;
  }

  override id(): string {
    return this.definition.id;
  }

  override properties(): ReturnType<Resource["properties"]> {
    return this.definition === undefined ? [] : super.properties().filter((property) => this.isReadable(property.path()));
  }

  override property(path: string): ReturnType<Resource["property"]> {
    return (this.isReadable(path) ? super.property(path) : null) as ReturnType<Resource["property"]>;
  }

  private isReadable(path: string): boolean {
    return path === "id" || this.definition.columns.some((column) => column.name === path && !column.derived);
  }

  override async count(filter: Filter, context?: ActionContext): Promise<number> {
    const actor = this.require(context, "list", "search");
    return await this.rows.count({ where: this.where(filter, actor) });
  }

  override async find(filter: Filter, page: Page, context?: ActionContext): Promise<BaseRecord[]> {
    const actor = this.require(context, "list", "search");
    const options: FindManyOptions<ObjectLiteral> = { where: this.where(filter, actor), ...this.window(page) };
    return await this.toRecords(await this.rows.find(options));
  }

  override async findOne(id: string | number, context?: ActionContext): Promise<BaseRecord | null> {
    const actor = actorOf(context);
    const row = await this.load(id, actor);
    if (!row) return null;
    if (this.isReferenceLookup(context, actor)) return this.record(toReferenceView(this.definition, row));
    return (await this.toRecords([row]))[0] ?? null;
  }

  override async findMany(ids: readonly (string | number)[], context?: ActionContext): Promise<BaseRecord[]> {
    const actor = actorOf(context);
    const wanted = ids
      .map(String)
      .filter((id) => id.length <= 36)
      .slice(0, 200);
    const found = (await this.rows.find({ where: { ...this.definition.scope?.(actor), id: In(wanted) } })) as Row[];
    if (this.isReferenceLookup(context, actor)) return found.map((row) => this.record(toReferenceView(this.definition, row)));
    return await this.toRecords(found);
  }

  override async create(params: Values, context?: ActionContext): Promise<Row> {
    const actor = this.require(context, "new");
    return await this.asValidation(async () => {
      const row = await createRow(this.definition, this.services, actor, parseForm(this.definition, "new", actor, params));
      return await this.view(row);
    });
  }

  override async update(id: string | number, params: Values = {}, context?: ActionContext): Promise<Row> {
    const actor = this.require(context, "edit");
    return await this.asValidation(async () => {
      const values = parseForm(this.definition, "edit", actor, params);
      return await this.view(await updateRow(this.definition, this.services, actor, String(id), values));
    });
  }

  override async delete(id: string | number, context?: ActionContext): Promise<void> {
    const actor = this.require(context, "delete", "bulkDelete");
    await this.asValidation(() => deleteRow(this.definition, this.services, actor, String(id)));
  }

  /** Parses a form without storing anything. Throws a ValidationError. */
  async check(params: Values, context: ActionContext | undefined, mode: "new" | "edit" = "new"): Promise<Values> {
    const actor = actorOf(context);
    return await this.asValidation(async () => parseForm(this.definition, mode, actor, params));
  }

  /** Turns a refusal of a hook into a ValidationError; for `catch`. */
  readonly refuse = (error: unknown): never => {
    if (error instanceof FormError) throw invalid(error.fields);
    throw error;
  };

  /** One visible row, or undefined. */
  async load(id: string | number, actor: StaffActor): Promise<Row | undefined> {
    if (String(id).length > 36) return undefined;
    return (await this.rows.findOne({ where: { ...this.definition.scope?.(actor), id: Equal(String(id)) } })) ?? undefined;
  }

  private async view(row: Row): Promise<Row> {
    const derived = await this.definition.derive?.([row], this.services);
    return toView(this.definition, row, derived?.[0]);
  }

  private async toRecords(rows: readonly Row[]): Promise<BaseRecord[]> {
    const derived = rows.length > 0 ? await this.definition.derive?.(rows, this.services) : undefined;
    return rows.map((row, index) => this.record(toView(this.definition, row, derived?.[index])));
  }

  private record(params: Row): BaseRecord {
    return new BaseRecord(params, this);
  }

  /** A record looked up for another resource's reference, or by somebody who may not read it, shows its name only. */
  private isReferenceLookup(context: ActionContext | undefined, actor: StaffActor): boolean {
    const other = (context?.resource as unknown) !== this;
    return other || !mayDo(actor.role, this.definition.id, "show");
  }

  private require(context: ActionContext | undefined, ...actions: readonly ActionName[]): StaffActor {
    const actor = actorOf(context);
    if (!actions.some((action) => mayDo(actor.role, this.definition.id, action))) throw new ForbiddenError("You may not do this.");
    return actor;
  }

  private where(filter: Filter | undefined, actor: StaffActor): FindOptionsWhere<ObjectLiteral> {
    // The scope comes last: a filter on the same column cannot widen it.
    return { ...toWhere(this.definition, filter?.filters ?? {}), ...this.definition.scope?.(actor) };
  }

  private window(page: Page) {
    const { sort } = this.definition;
    const by = page.sort?.sortBy ?? sort.by;
    const sortable = by === sort.by || this.definition.columns.some((column) => column.name === by && column.sort);
    if (typeof by !== "string" || !sortable) throw invalid({ sortBy: "There is no such order." });
    const direction = page.sort?.direction ?? sort.direction;
    if (direction !== "asc" && direction !== "desc") throw invalid({ direction: "The direction is asc or desc." });
    const [limit, offset] = [Number(page.limit ?? 20), Number(page.offset ?? 0)];
    if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw invalid({ perPage: "Between 1 and 100 records for each page." });
    if (!Number.isSafeInteger(offset) || offset < 0 || offset > 10_000_000) throw invalid({ page: "There is no such page." });
    // The id settles ties, so that no record is on two pages.
    return { take: limit, skip: offset, order: { [by]: direction, ...(by === "id" ? {} : { id: "asc" as const }) } };
  }

  private async asValidation<T>(work: () => Promise<T>): Promise<T> {
    return await work().catch(this.refuse);
  }
}

/** AdminJS asks for a database class beside each resource class; ours accepts none, so no table is exposed by itself. */
export class NoDatabase extends BaseDatabase {
  static override isAdapterFor(): boolean {
    return false;
  }
}
