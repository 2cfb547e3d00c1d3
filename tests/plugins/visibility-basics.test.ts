import { describe, expect, it } from "vitest";
import type { WidgetContext } from "../../sdk/src/protocol/index.js";
import { loadPlugins } from "../../src/app/plugin-host.js";
import { visibilityBasicsPlugin } from "../../src/plugins/visibility-basics/index.js";

const { conditions } = loadPlugins([visibilityBasicsPlugin]);

function subject(titles: readonly string[], types: readonly string[] = []): WidgetContext {
  return {
    subscription: { id: "s", status: "active" },
    lines: titles.map((product_title, index) => ({ id: `l${index}`, product_title, variant_title: "Puppy" })),
    entities: types.map((entity_type, index) => ({ id: `e${index}`, name: "Puppy", entity_type, attributes: {} })),
  };
}

function test(id: string, options: unknown, context: WidgetContext): boolean | "invalid" {
  const condition = conditions.get(id);
  const parsed = condition?.options.safeParse(options);
  return condition && parsed?.success ? condition.test(parsed.data, context) : "invalid";
}

describe("visibility conditions", () => {
  it("always shows, also on a subscription without lines", () => {
    expect(test("always", {}, subject([]))).toBe(true);
  });

  it.each([
    ["Puppy", "Puppy Club box", true],
    ["puppy", "PUPPY CLUB", true],
    ["  Puppy  ", "My puppy plan", true],
    ["Puppy Club", "puppy \u00a0 club", true],
    ["strasse", "Futter Straße 1", true],
    ["STRASSE", "straße", true],
    ["Größe", "GRO\u0308SSE", true],
    ["ﬁsh", "Fish box", true],
    ["Ｐｕｐｐｙ", "puppy", true],
    ["pup\u200bpy", "puppy", true],
    [".*", "anything", false],
    ["Pup?y", "Puppy", false],
    ["kitten", "Puppy Club box", false],
    ["Puppy Club box extra", "Puppy Club box", false],
  ])("product title contains %j in %j: %s", (text, title, shown) => {
    expect(test("product-title-contains", { text }, subject(["Other", title]))).toBe(shown);
  });

  it("looks at titles only, not at variants or entity names", () => {
    expect(test("product-title-contains", { text: "Puppy" }, subject(["Kitten box"], ["dog"]))).toBe(false);
  });

  it.each([
    ["dog", "dog", true],
    ["Dog", "DOG", true],
    [" dog ", "dog", true],
    ["do", "dog", false],
    ["dog", "hotdog", false],
    ["cat", "dog", false],
  ])("entity type equals %j for %j: %s", (type, actual, shown) => {
    expect(test("entity-type-equals", { type }, subject([], ["fish", actual]))).toBe(shown);
  });

  it.each([
    ["product-title-contains", {}],
    ["product-title-contains", { text: "" }],
    ["product-title-contains", { text: "   " }],
    ["product-title-contains", { text: "\u200b" }],
    ["product-title-contains", { text: 5 }],
    ["product-title-contains", { text: "x".repeat(201) }],
    ["product-title-contains", { text: "x", extra: 1 }],
    ["entity-type-equals", { type: "" }],
    ["entity-type-equals", { text: "dog" }],
    ["entity-type-equals", null],
    ["always", { text: "x" }],
  ])("%s refuses %j", (id, options) => {
    expect(test(id, options, subject(["anything"], ["dog"]))).toBe("invalid");
  });

  it("describes itself in one line", () => {
    expect(conditions.get("product-title-contains")?.describe({ text: "Puppy" })).toBe("Product title contains “Puppy”");
    expect(conditions.get("entity-type-equals")?.describe({ type: "dog" })).toBe("Entity type equals “dog”");
    expect(conditions.get("always")?.describe({})).toBe("Always");
  });
});
