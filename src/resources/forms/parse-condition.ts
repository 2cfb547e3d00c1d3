import type { Condition } from "../../contracts/index.js";
import { FormError } from "../definition.js";

/** The visibility condition as it is stored: a known one, with options that its plugin accepts. */
export function parseCondition(
  conditions: readonly Condition[],
  conditionId: unknown,
  given: unknown,
): { conditionId: string; conditionOptions: Record<string, unknown> } {
  const condition = conditions.find((candidate) => candidate.id === conditionId);
  if (!condition) throw new FormError({ conditionId: "Choose a condition from the list." });
  const source = typeof given === "object" && given !== null ? (given as Record<string, unknown>) : {};
  // Options of another condition may still be in the form; only this one's fields count.
  const options = Object.fromEntries(
    condition.fields.filter(({ name }) => Object.hasOwn(source, name)).map(({ name }) => [name, source[name]]),
  );
  const parsed = condition.options.safeParse(options);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = condition.fields.find(({ name }) => name === issue?.path[0]);
    throw new FormError({ conditionOptions: `${field?.label ?? "Condition"}: ${issue?.message ?? "does not fit"}` });
  }
  return { conditionId: condition.id, conditionOptions: { ...(parsed.data as Record<string, unknown>) } };
}
