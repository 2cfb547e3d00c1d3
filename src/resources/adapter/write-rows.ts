import { randomUUID } from "node:crypto";
import { NotFoundError } from "adminjs";
import { type EntityManager, Equal, type FindOptionsWhere, type ObjectLiteral } from "typeorm";
import { type StaffActor, VitrineError } from "../../contracts/index.js";
import { FormError, type ResourceDefinition, type Row, type Values } from "../definition.js";
import { toColumns } from "../forms/parse-form.js";
import type { PanelServices } from "../services.js";
import { recordChange } from "./record-change.js";

/** Inserts one record with its side effects and its activity entry in one transaction, then tells everybody. */
export async function createRow(definition: ResourceDefinition, services: PanelServices, actor: StaffActor, values: Values): Promise<Row> {
  const row = await attempt(definition, services, "new", async (manager) => {
    const now = new Date();
    const columns = (await definition.hooks?.beforeNew?.({ manager, actor, services }, values)) ?? toColumns(definition, values);
    const entity = { id: randomUUID(), ...columns, ...stamps(definition, manager, now, "new") };
    await manager.insert(definition.model, entity);
    await definition.hooks?.afterNew?.({ manager, actor, services }, entity, values);
    await recordChange(manager, definition, actor, "created", {}, entity);
    return entity;
  });
  await settle(definition, services, { kind: "new", row, values });
  return row;
}

/** Changes one record. Throws NotFoundError when it is absent or out of the person's sight. */
export async function updateRow(
  definition: ResourceDefinition,
  services: PanelServices,
  actor: StaffActor,
  id: string,
  values: Values,
): Promise<Row> {
  const { before, after } = await attempt(definition, services, "edit", async (manager) => {
    const stored = await findRow(manager, definition, actor, id);
    const columns =
      (await definition.hooks?.beforeEdit?.({ manager, actor, services }, stored, values)) ?? toColumns(definition, values, stored);
    const changed = { ...columns, ...stamps(definition, manager, new Date(), "edit") };
    if (Object.keys(changed).length > 0) await manager.update(definition.model, { id: Equal(id) }, changed);
    const updated = { ...stored, ...changed };
    await recordChange(manager, definition, actor, "updated", stored, updated);
    return { before: stored, after: updated };
  });
  await settle(definition, services, { kind: "edit", row: after, before, values });
  return after;
}

/** Removes one record, unless something still belongs to it. */
export async function deleteRow(definition: ResourceDefinition, services: PanelServices, actor: StaffActor, id: string): Promise<void> {
  const row = await attempt(definition, services, "delete", async (manager) => {
    const stored = await findRow(manager, definition, actor, id);
    for (const { model, column, one, many } of definition.dependants ?? []) {
      const count = await manager.count(model, { where: { [column]: Equal(id) } });
      if (count > 0)
        throw new FormError({
          form: `${count} ${count === 1 ? `${one} belongs` : `${many} belong`} to it. Delete ${count === 1 ? "that" : "those"} first.`,
        });
    }
    await definition.hooks?.beforeDelete?.({ manager, actor, services }, stored);
    await manager.delete(definition.model, { id: Equal(id) });
    await recordChange(manager, definition, actor, "deleted", stored, {});
    return stored;
  });
  await settle(definition, services, { kind: "delete", row, values: {} });
}

/** Reads the row inside the transaction; on PostgreSQL it stays locked until the end. */
async function findRow(manager: EntityManager, definition: ResourceDefinition, actor: StaffActor, id: string): Promise<Row> {
  const where = { ...definition.scope?.(actor), id: Equal(id) } as FindOptionsWhere<ObjectLiteral>;
  const lock = manager.connection.options.type === "postgres" ? { lock: { mode: "pessimistic_write" as const } } : {};
  const row = await manager.findOne(definition.model, { where, ...lock });
  if (!row) throw new NotFoundError("It is not there any more.", "panel");
  return { ...row };
}

function stamps(definition: ResourceDefinition, manager: EntityManager, now: Date, mode: "new" | "edit"): Record<string, Date> {
  const { propertiesMap } = manager.connection.getMetadata(definition.model);
  return {
    ...(mode === "new" && Object.hasOwn(propertiesMap, "createdAt") ? { createdAt: now } : {}),
    ...(Object.hasOwn(propertiesMap, "updatedAt") ? { updatedAt: now } : {}),
  };
}

/** Turns what the database refuses into messages for the form; nothing is ever reported as saved that was not. */
async function attempt<T>(
  definition: ResourceDefinition,
  services: PanelServices,
  what: string,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  try {
    return await services.write(work);
  } catch (error) {
    if (error instanceof FormError || error instanceof NotFoundError) throw error;
    if (isDuplicate(error))
      throw new FormError(
        definition.unique ? { [definition.unique.field]: definition.unique.message } : { form: "There is one like this already." },
      );
    if (error instanceof VitrineError && error.code === "CONFLICT")
      throw new FormError({ form: "Something else still uses it, or it refers to something that is gone." });
    if (error instanceof VitrineError && error.code === "INVALID_PARAMS") throw new FormError({ form: "A value does not fit." });
    services.logger.error({ err: error, resource: definition.id, what }, "a change in the panel was not saved");
    throw new FormError({ form: "It could not be saved. Nothing was changed; try again." });
  }
}

function isDuplicate(error: unknown): boolean {
  if (error instanceof VitrineError) return error.code === "CONFLICT" && error.details?.["reason"] === "duplicate";
  return error instanceof Error && /UNIQUE constraint failed|duplicate key value/i.test(error.message);
}

async function settle(
  definition: ResourceDefinition,
  services: PanelServices,
  change: Parameters<NonNullable<NonNullable<ResourceDefinition["hooks"]>["aftermath"]>>[0],
): Promise<void> {
  const aftermath = await definition.hooks?.aftermath?.(change, services);
  for (const news of aftermath?.changes ?? []) services.bus.publish(news);
  for (const { kind, userId } of aftermath?.endSessions ?? []) await services.sessions.destroyForUser(kind, userId);
}
