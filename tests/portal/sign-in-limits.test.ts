import { expect, it } from "vitest";
import type { PortalRecords, SessionStore, SignInMethod } from "../../src/contracts/index.js";
import { createSignIn } from "../../src/portal/sign-in.js";
import { createMemoryRateLimiter } from "../../src/store/index.js";

const method: SignInMethod = {
  id: "code",
  label: "Code",
  isEnabled: () => true,
  form: () =>
    Promise.resolve({
      fields: [
        { name: "email", label: "E-mail", type: "email" },
        { name: "password", label: "Password", type: "password" },
      ],
      choices: [],
    }),
  authenticate: (_powers, input) => Promise.resolve(input["password"] === "right" ? "customer-1" : undefined),
};
const records = {
  findCustomer: (id: string) => Promise.resolve({ kind: "customer", id, name: "Ada", email: "ada@example.com", communityId: "c" } as const),
} as unknown as PortalRecords;
const sessions = { create: () => Promise.resolve({ token: "t", id: "s" }), destroy: () => Promise.resolve() } as unknown as SessionStore;
const create = () =>
  createSignIn({
    methods: [method],
    records,
    sessions,
    limiter: createMemoryRateLimiter(),
    verifyPassword: () => Promise.resolve(false),
    production: true,
  });
const attempt = (signIn: ReturnType<typeof create>, password: string, address: string) =>
  signIn.attempt({ body: { method: "code", email: "ada@example.com", password }, address, oldToken: undefined });

it("a customer who signs in again and again is not locked out", async () => {
  const signIn = create();
  for (let count = 0; count < 50; count += 1) expect((await attempt(signIn, "right", "203.0.113.9")).kind).toBe("signed-in");
});

it("wrong passwords use the limit up, also when each comes from another port of one address", async () => {
  const signIn = create();
  const kinds: string[] = [];
  for (let count = 0; count < 12; count += 1) kinds.push((await attempt(signIn, "wrong", `203.0.113.9:${40_000 + count}`)).kind);
  expect(kinds.filter((kind) => kind === "denied")).toHaveLength(10);
  expect((await attempt(signIn, "right", "203.0.113.9")).kind).toBe("limited");
});
