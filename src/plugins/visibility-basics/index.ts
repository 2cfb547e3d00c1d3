import { z } from "zod";
import { defineCondition, definePlugin, pluginContractVersion } from "../../contracts/index.js";
import { normalise } from "./normalise.js";

/** Empty text would match everything (contains) or nothing a person meant (equals): it is not a valid option. */
const text = z
  .string()
  .max(200)
  .transform((value) => value.trim())
  .refine((value) => normalise(value) !== "", "Enter some text");

const always = defineCondition({
  id: "always",
  label: "Always show",
  fields: [],
  options: z.strictObject({}),
  describe: () => "Always",
  test: () => true,
});

const productTitleContains = defineCondition({
  id: "product-title-contains",
  label: "Product title contains",
  fields: [{ name: "text", label: "Text", type: "text", placeholder: "Puppy" }],
  options: z.strictObject({ text }),
  describe: (options) => `Product title contains “${options.text}”`,
  test(options, subject) {
    const part = normalise(options.text);
    return subject.lines.some((line) => normalise(line.product_title).includes(part));
  },
});

const entityTypeEquals = defineCondition({
  id: "entity-type-equals",
  label: "Entity type equals",
  fields: [{ name: "type", label: "Type", type: "text", placeholder: "dog" }],
  options: z.strictObject({ type: text }),
  describe: (options) => `Entity type equals “${options.type}”`,
  test(options, subject) {
    const type = normalise(options.type);
    return subject.entities.some((entity) => normalise(entity.entity_type) === type);
  },
});

/** The three ways to say when a widget shows. Matching ignores case and Unicode form. */
export const visibilityBasicsPlugin = definePlugin({
  name: "visibility-basics",
  version: "1.0.0",
  contract: pluginContractVersion,
  conditions: [always, productTitleContains, entityTypeEquals],
});
