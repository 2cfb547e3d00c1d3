import type { WidgetContext } from "../../sdk/src/protocol/index.js";
import type { Condition, PlacedWidget } from "../contracts/index.js";

export type VisibilityDecision =
  | { readonly allow: true }
  | { readonly allow: false; readonly reason: "unknown_condition" | "invalid_options" | "condition_failed" | "no_match" };

/**
 * Whether a widget shows for a subscription. Pure; hidden unless a known condition with valid options says otherwise, so a
 * removed plugin or a damaged row hides a widget instead of showing it to everybody.
 */
export function decideVisibility(
  conditions: ReadonlyMap<string, Condition>,
  widget: Pick<PlacedWidget, "conditionId" | "conditionOptions">,
  subject: WidgetContext,
): VisibilityDecision {
  const condition = conditions.get(widget.conditionId);
  if (condition === undefined) return { allow: false, reason: "unknown_condition" };
  try {
    const options = condition.options.safeParse(widget.conditionOptions);
    if (!options.success) return { allow: false, reason: "invalid_options" };
    // Exactly true: a promise, or any other thing that merely counts as true, is a plugin's mistake.
    const answer: unknown = condition.test(options.data, subject);
    return answer === true ? { allow: true } : { allow: false, reason: answer === false ? "no_match" : "condition_failed" };
  } catch {
    // A plugin's bug must not open a door or take the page down.
    return { allow: false, reason: "condition_failed" };
  }
}
