import { randomUUID } from "node:crypto";
import type { EntityManager, ObjectLiteral } from "typeorm";
import type { JsonValue } from "../../../sdk/src/protocol/index.js";
import type { StaffActor } from "../../contracts/index.js";
import { Activity } from "../../entities/index.js";
import type { ResourceDefinition, Row } from "../definition.js";

const unrecorded = new Set(["id", "createdAt", "updatedAt", "report"]);

/** Writes who changed what, as was and now, in the same transaction. Only readable columns: never a secret. */
export async function recordChange(
  manager: EntityManager,
  definition: ResourceDefinition,
  actor: StaffActor,
  verb: "created" | "updated" | "deleted",
  before: Row,
  after: Row,
): Promise<void> {
  const changes: Record<string, JsonValue> = {};
  for (const { name, derived } of definition.columns) {
    if (derived || unrecorded.has(name)) continue;
    const [from, to] = [plain(before[name]), plain(after[name])];
    if (JSON.stringify(from) !== JSON.stringify(to)) changes[name] = { from, to };
  }
  const row = verb === "deleted" ? before : after;
  const owner = definition.owner?.(row) ?? {};
  const name = plain(row[definition.title]);
  const entry: Partial<Activity> = {
    id: randomUUID(),
    communityId: text(owner.communityId),
    subscriptionId: text(owner.subscriptionId),
    widgetId: text(owner.widgetId),
    actorKind: "staff",
    actorId: actor.id,
    actorName: actor.name.slice(0, 120),
    source: "panel",
    action: `panel_${definition.id.replaceAll("-", "_")}_${verb}`,
    description: `${definition.one} ${verb}${typeof name === "string" && name !== "" ? `: ${name}` : ""}`.slice(0, 1000),
    changes,
    metadata: {},
    requestId: null,
    createdAt: new Date(),
  };
  await manager.insert<ObjectLiteral>(Activity, entry);
}

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

function plain(value: unknown): JsonValue {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object") return JSON.parse(JSON.stringify(value)) as JsonValue;
  if (typeof value === "string" && value.length > 500) return `${value.slice(0, 500)}…`;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}
