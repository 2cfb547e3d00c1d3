import { describe, expect, it } from "vitest";
import { loadPlugins } from "../../src/app/plugin-host.js";
import type { SignInMethod, SignInPowers } from "../../src/contracts/index.js";
import { demoSignInPlugin } from "../../src/plugins/demo-sign-in/index.js";
import { passwordSignInPlugin } from "../../src/plugins/password-sign-in/index.js";

const { signInMethods } = loadPlugins([demoSignInPlugin, passwordSignInPlugin]);
const verified: (string | null)[] = [];
const powers: SignInPowers = {
  listCustomers: async () => [{ id: "c1", name: "Ada", email: "ada@example.com", communityName: "Puppy Club" }],
  findCustomerByEmail: async (email) =>
    email === "ada@example.com"
      ? { id: "c1", passwordHash: "hash:secret" }
      : email === "new@example.com"
        ? { id: "c2", passwordHash: null }
        : undefined,
  async verifyPassword(password, hash) {
    verified.push(hash);
    // As an implementation with a fault would: an absent hash must not let anybody in.
    return hash === null || hash === `hash:${password}`;
  },
};
const method = (id: string): SignInMethod => {
  const found = signInMethods.get(id);
  if (!found) throw new Error(`No method ${id}`);
  return found;
};

describe("demo sign-in", () => {
  it("is offered in development only", () => {
    expect(method("demo").isEnabled({ production: false })).toBe(true);
    expect(method("demo").isEnabled({ production: true })).toBe(false);
  });

  it("offers the customers and signs in the chosen one", async () => {
    expect((await method("demo").form(powers)).choices).toEqual([{ value: "c1", label: "Ada", hint: "ada@example.com · Puppy Club" }]);
    expect(await method("demo").authenticate(powers, { choice: "c1" })).toBe("c1");
  });

  it.each([{ choice: "c2" }, { choice: "" }, {}, { customer: "c1" }])("signs nobody in for %j", async (input: Record<string, string>) => {
    expect(await method("demo").authenticate(powers, input)).toBeUndefined();
  });
});

describe("password sign-in", () => {
  it.each(["ada@example.com", " Ada@Example.COM "])("signs in %j with the right password", async (email) => {
    expect(await method("password").authenticate(powers, { email, password: "secret" })).toBe("c1");
  });

  it.each([
    ["a wrong password", { email: "ada@example.com", password: "Secret" }],
    ["no password", { email: "ada@example.com", password: "" }],
    ["an unknown address", { email: "eve@example.com", password: "secret" }],
    ["a customer without a password", { email: "new@example.com", password: "anything" }],
    ["an endless password", { email: "ada@example.com", password: "x".repeat(501) }],
    ["an endless address", { email: "x".repeat(255), password: "secret" }],
    ["nothing", {}],
  ] as [string, Record<string, string>][])("signs nobody in for %s", async (_name, input) => {
    expect(await method("password").authenticate(powers, input)).toBeUndefined();
  });

  it("does the same work for an unknown address as for a known one", async () => {
    verified.length = 0;
    await method("password").authenticate(powers, { email: "eve@example.com", password: "x" });
    await method("password").authenticate(powers, { email: "ada@example.com", password: "x" });
    expect(verified).toEqual([null, "hash:secret"]);
  });
});
