import type { z } from "zod";
import type { WidgetContext } from "../../sdk/src/protocol/index.js";

/** A form field that an option of a plugin contribution is edited with. */
export interface OptionField {
  readonly name: string;
  readonly label: string;
  readonly type: "text" | "select";
  readonly placeholder?: string;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
}

/** Decides, on the server, whether a widget shows for a subscription. Pure. */
export interface Condition<Options = unknown> {
  /** kebab-case, permanent: `product-title-contains`. */
  readonly id: string;
  readonly label: string;
  readonly fields: readonly OptionField[];
  readonly options: z.ZodType<Options>;
  /** One line for lists: "Product title contains “Puppy”". */
  describe(options: Options): string;
  test(options: Options, subject: WidgetContext): boolean;
}

/** Checks the shape at compile time; returns the condition unchanged. */
export function defineCondition<Options>(condition: Condition<Options>): Condition {
  return condition;
}
