import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { WidgetContext } from "../../sdk/src/protocol/index.js";
import { loadPlugins } from "../../src/app/plugin-host.js";
import { defineCondition, definePlugin, type PlacedWidget } from "../../src/contracts/index.js";
import { createPageComposer } from "../../src/pages/index.js";
import { builtinPlugins } from "../../src/plugins/builtin.js";

const broken = definePlugin({
  name: "broken",
  version: "1.0.0",
  contract: 1,
  conditions: [
    defineCondition({
      id: "throws",
      label: "Throws",
      fields: [],
      options: z.unknown(),
      describe: () => "Throws",
      test: () => {
        throw new Error("a plugin's bug");
      },
    }),
    defineCondition({
      id: "options-throw",
      label: "Options throw",
      fields: [],
      options: z.unknown().transform((): never => {
        throw new Error("a plugin's bug");
      }),
      describe: () => "Options throw",
      test: () => true,
    }),
    // Asks somewhere and answers later: a promise counts as true.
    defineCondition({
      id: "answers-later",
      label: "Answers later",
      fields: [],
      options: z.unknown(),
      describe: () => "Answers later",
      test: (() => Promise.resolve(false)) as unknown as () => boolean,
    }),
  ],
});
const { conditions } = loadPlugins([...builtinPlugins, broken]);

const subject: WidgetContext = {
  subscription: { id: "s", status: "active" },
  lines: [{ id: "l", product_title: "Puppy box", variant_title: "L" }],
  entities: [{ id: "e", name: "Fluffy", entity_type: "dog", attributes: {} }],
};

const widget = (id: string, more: Partial<PlacedWidget> = {}): PlacedWidget => ({
  id,
  communityId: "c1",
  name: id,
  description: "",
  runtime: "bundle",
  destination: "detail.main.top",
  conditionId: "always",
  conditionOptions: {},
  version: { id: `v-${id}`, number: 1, createdAt: new Date(0), createdBy: null },
  scopes: [],
  ...more,
});

const compose = (widgets: readonly PlacedWidget[]) =>
  createPageComposer({ records: { listActiveWidgets: async () => widgets, findPreviewWidget: async () => undefined }, conditions }).compose(
    "c1",
    subject,
  );

describe("what a page shows", () => {
  it("puts widgets into their slots and tabs, in name order", async () => {
    const page = await compose([
      widget("b"),
      widget("a"),
      widget("t2", { destination: "new_tab", name: "Ärzte" }),
      widget("t1", { destination: "new_tab", name: "Zoo" }),
      widget("s", { destination: "detail.sidebar.bottom" }),
    ]);
    expect(page.slots["detail.main.top"]?.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(page.slots["detail.sidebar.bottom"]?.map(({ id }) => id)).toEqual(["s"]);
    expect(page.tabs.map(({ id }) => id)).toEqual(["t2", "t1"]);
    expect(Object.keys(page.slots)).toHaveLength(2);
  });

  it("shows only widgets whose condition holds", async () => {
    const page = await compose([
      widget("puppy", { conditionId: "product-title-contains", conditionOptions: { text: "puppy" } }),
      widget("kitten", { conditionId: "product-title-contains", conditionOptions: { text: "kitten" } }),
      widget("dog", { conditionId: "entity-type-equals", conditionOptions: { type: "DOG" } }),
      widget("cat", { conditionId: "entity-type-equals", conditionOptions: { type: "cat" } }),
    ]);
    expect(page.slots["detail.main.top"]?.map(({ id }) => id)).toEqual(["dog", "puppy"]);
  });

  it.each([
    ["an unknown condition", { conditionId: "gone" }],
    ["a condition called __proto__", { conditionId: "__proto__" }],
    ["missing options", { conditionId: "product-title-contains" }],
    ["empty text", { conditionId: "product-title-contains", conditionOptions: { text: "" } }],
    ["options of another condition", { conditionId: "entity-type-equals", conditionOptions: { text: "dog" } }],
    ["a condition that throws", { conditionId: "throws" }],
    ["a condition whose options throw", { conditionId: "options-throw" }],
    ["a condition that answers with a promise", { conditionId: "answers-later" }],
    ["an unknown destination", { destination: "detail.top" as "new_tab" }],
    ["a destination called constructor", { destination: "constructor" as "new_tab" }],
    ["another community", { communityId: "c2" }],
  ])("hides a widget with %s and shows the rest", async (_name, more: Partial<PlacedWidget>) => {
    const page = await compose([widget("bad", more), widget("good")]);
    expect(Object.values(page.slots).flat()).toMatchObject([{ id: "good" }]);
    expect(page.tabs).toEqual([]);
  });
});
