import { describe, expect, it } from "vitest";
import { z } from "zod";
import { loadPlugins } from "../../src/app/plugin-host.js";
import { type Capability, defineCapability, definePlugin, type Plugin } from "../../src/contracts/index.js";
import { builtinPlugins } from "../../src/plugins/builtin.js";

const capability = (id: string, more: Partial<Capability> = {}): Capability =>
  defineCapability({
    id,
    scope: { name: id, title: "T", allows: "A" },
    rateLimit: { calls: 1, perSeconds: 1 },
    params: z.unknown(),
    confirms: false,
    run: async () => ({}),
    ...more,
  });
const plugin = (name: string, more: Partial<Plugin> = {}): Plugin => ({ name, version: "1.0.0", contract: 1, ...more });

describe("the plugin host", () => {
  it("loads what Vitrine ships with", () => {
    const { capabilities, conditions, signInMethods } = loadPlugins(builtinPlugins);
    expect([...capabilities.keys()]).toEqual(["entity.update", "activity.log", "media.upload"]);
    expect([...conditions.keys()]).toEqual(["always", "product-title-contains", "entity-type-equals"]);
    expect([...signInMethods.keys()]).toEqual(["password", "demo"]);
  });

  it("takes a third party's plugin beside them, in any order of needs", () => {
    const third = definePlugin(plugin("loyalty", { needs: ["entity-update"], capabilities: [capability("loyalty.redeem")] }));
    expect(loadPlugins([third, ...builtinPlugins]).capabilities.has("loyalty.redeem")).toBe(true);
  });

  const condition = builtinPlugins.flatMap((given) => given.conditions ?? []);
  it.each<[string, Plugin[], RegExp]>([
    ["an unknown need", [plugin("a", { needs: ["b"] })], /^Plugin a: needs plugin b, which is not loaded/],
    ["another contract", [plugin("a", { contract: 2 })], /^Plugin a: written for contract 2/],
    ["the same plugin twice", [plugin("a"), plugin("a")], /^Plugin a: loaded twice/],
    [
      "a repeated capability",
      [
        plugin("a", { capabilities: [capability("x.y")] }),
        plugin("b", { capabilities: [capability("x.y", { scope: { name: "x.z", title: "T", allows: "A" } })] }),
      ],
      /^Plugin b: the capability x\.y was already given by plugin a/,
    ],
    [
      "a scope of another plugin",
      [
        plugin("a", { capabilities: [capability("x.y")] }),
        plugin("b", { capabilities: [capability("x.z", { scope: { name: "x.y", title: "T", allows: "A" } })] }),
      ],
      /^Plugin b: the scope x\.y of x\.z was already given by plugin a/,
    ],
    [
      "a repeated condition",
      [plugin("a", { conditions: condition }), plugin("b", { conditions: condition })],
      /^Plugin b: the condition always was already given by plugin a/,
    ],
    ["a malformed id", [plugin("a", { capabilities: [capability("__proto__")] })], /^Plugin a: .*malformed/],
    [
      "a limit of nothing",
      [plugin("a", { capabilities: [capability("x.y", { rateLimit: { calls: 0, perSeconds: 1 } })] })],
      /^Plugin a: the rate limit of x\.y/,
    ],
    [
      "a confirmation without a question",
      [plugin("a", { capabilities: [capability("x.y", { confirms: true })] })],
      /^Plugin a: x\.y needs a confirmation/,
    ],
    [
      "an image that needs a confirmation",
      [
        plugin("a", {
          capabilities: [
            capability("x.y", { confirms: true, takesImage: true, confirm: async () => ({ subject: "", action: "", changes: [] }) }),
          ],
        }),
      ],
      /^Plugin a: x\.y cannot both/,
    ],
  ])("stops for %s and says which plugin and why", (_name, plugins, message) => {
    expect(() => loadPlugins(plugins)).toThrow(message);
  });
});
