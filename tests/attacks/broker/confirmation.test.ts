import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ada, bob, createBrokerHouse, type House } from "../../broker/broker-house.js";

const weight = (house: House, id = "entity-ada") => house.state.entities.get(id)?.attributes["weight"];

async function ask(house: House, params = house.update({ weight: 13.1 }), more: Parameters<House["prepare"]>[2] = {}): Promise<string> {
  const asked = await house.prepare("entity.update", params, more);
  expect(asked.status).toBe(200);
  return (asked.body as { confirmation: { token: string } }).confirmation.token;
}

const decode = (token: string) => JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()) as Record<string, unknown>;
const encode = (claims: object) => Buffer.from(JSON.stringify(claims)).toString("base64url");

describe("a write that the customer did not agree to is not done", () => {
  const forgeries: readonly { name: string; forge: (token: string) => string | undefined }[] = [
    { name: "no token", forge: () => undefined },
    { name: "a word", forge: () => "yes" },
    { name: "the word true", forge: () => "true" },
    { name: "a dot", forge: () => "." },
    { name: "the token without its signature", forge: (token) => token.split(".")[0] ?? "" },
    { name: "an empty signature", forge: (token) => `${token.split(".")[0]}.` },
    {
      name: "a signature of another token",
      forge: (token) => `${encode({ ...decode(token), id: "0".repeat(32) })}.${token.split(".")[1]}`,
    },
    { name: "claims that live longer", forge: (token) => `${encode({ ...decode(token), expires: 9e15 })}.${token.split(".")[1]}` },
    { name: "a changed last letter", forge: (token) => token.slice(0, -1) + (token.endsWith("A") ? "B" : "A") },
    { name: "the signature spelled in base64", forge: (token) => `${token}=` },
    { name: "a third part", forge: (token) => `${token}.x` },
    { name: "white space", forge: (token) => ` ${token}` },
    {
      name: "a signature with an empty key",
      forge: (token) => {
        const payload = token.split(".")[0] ?? "";
        return `${payload}.${createHmac("sha256", "").update(payload).digest("base64url")}`;
      },
    },
    {
      name: "an unsigned JWT",
      forge: (token) => `${encode({ alg: "none" })}.${token.split(".")[0]}.`,
    },
  ];
  it.each(forgeries)("$name", async ({ forge }) => {
    const house = createBrokerHouse();
    const token = forge(await ask(house));
    const answer = await house.execute("entity.update", house.update({ weight: 13.1 }), token === undefined ? {} : { token });
    expect(answer.body.error?.code).toBe("PROTOCOL");
    expect(weight(house)).toBe(12.4);
    expect(house.state.activities).toEqual([]);
  });

  const others: readonly { name: string; run: (house: House) => Promise<{ body: { error?: { code: string } } }> }[] = [
    { name: "other values", run: async (h) => h.execute("entity.update", h.update({ weight: 99 }), { token: await ask(h) }) },
    {
      name: "a further attribute",
      run: async (h) => h.execute("entity.update", h.update({ weight: 13.1, x: 1 }), { token: await ask(h) }),
    },
    {
      name: "a value of another type",
      run: async (h) => h.execute("entity.update", h.update({ weight: "13.1" }), { token: await ask(h) }),
    },
    {
      name: "another entity",
      run: async (h) => {
        h.state.entities.set("entity-ada-b", { ...h.state.entities.get("entity-ada")!, id: "entity-ada-b" });
        return h.execute("entity.update", h.update({ weight: 13.1 }, "entity-ada-b"), { token: await ask(h) });
      },
    },
    {
      name: "another widget",
      run: async (h) =>
        h.execute("entity.update", h.update({ weight: 13.1 }), {
          token: await ask(h, undefined, { target: { widgetId: "widget-2", versionId: "version-2" } }),
        }),
    },
    {
      name: "another subscription of the same customer",
      run: async (h) => {
        const params = h.update({ weight: 13.1 });
        const token = await ask(h, params);
        return h.execute("entity.update", params, { token, target: { subscriptionId: "subscription-ada-2" } });
      },
    },
    {
      name: "another customer",
      run: async (h) =>
        h.execute("entity.update", h.update({ weight: 13.1 }, "entity-bob"), {
          token: await ask(h),
          customer: bob,
          target: { subscriptionId: "subscription-bob" },
        }),
    },
  ];
  it.each(others)("a yes is not good for $name", async ({ run }) => {
    const house = createBrokerHouse();
    expect((await run(house)).body.error?.code).toBe("PROTOCOL");
    expect([...house.state.entities.values()].every((entity) => entity.attributes["weight"] === 12.4)).toBe(true);
  });

  it("a yes to the version before is not good for the next one", async () => {
    const house = createBrokerHouse();
    const token = await ask(house);
    const stored = house.state.widgets.get("widget-1")!;
    stored.widget = { ...stored.widget, version: { ...stored.widget.version, id: "version-next" } };
    const answer = await house.execute("entity.update", house.update({ weight: 13.1 }), { token, target: { versionId: "version-next" } });
    expect(answer.body.error.code).toBe("PROTOCOL");
  });

  it("a yes ends after ten minutes", async () => {
    const house = createBrokerHouse();
    const params = house.update({ weight: 13.1 });
    const token = await ask(house, params);
    house.time.now += 10 * 60_000;
    expect((await house.execute("entity.update", params, { token })).body.error).toMatchObject({ code: "CONFLICT", retryable: true });
    expect(weight(house)).toBe(12.4);
  });

  it("a yes just before ten minutes still counts", async () => {
    const house = createBrokerHouse();
    const params = house.update({ weight: 13.1 });
    const token = await ask(house, params);
    house.time.now += 10 * 60_000 - 1;
    expect((await house.execute("entity.update", params, { token })).status).toBe(200);
  });

  it("a yes is good for one write, also after the old value is back", async () => {
    const house = createBrokerHouse();
    const params = house.update({ weight: 13.1, colour: "brown" });
    const token = await ask(house, params);
    expect((await house.execute("entity.update", params, { token })).status).toBe(200);
    Object.assign(house.state.entities.get("entity-ada")!, { attributes: { weight: 12.4, colour: "brown" }, revision: 1 });
    const again = await house.execute("entity.update", params, { token });
    expect(again.body.error.code).toBe("CONFLICT");
    expect(weight(house)).toBe(12.4);
  });

  it("of many writes with one yes at the same time one is done", async () => {
    const house = createBrokerHouse();
    const params = house.update({ weight: 13.1 });
    const token = await ask(house, params);
    const answers = await Promise.all(Array.from({ length: 10 }, () => house.execute("entity.update", params, { token })));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 409)).toHaveLength(9);
    expect(house.state.activities).toHaveLength(1);
  });

  it("of two changes that were confirmed for one state only one wins", async () => {
    const house = createBrokerHouse();
    const [first, second] = [house.update({ weight: 13 }), house.update({ weight: 14 })];
    const [yes, yesToo] = [await ask(house, first), await ask(house, second)];
    const answers = await Promise.all([
      house.execute("entity.update", first, { token: yes }),
      house.execute("entity.update", second, { token: yesToo }),
    ]);
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(house.state.activities).toHaveLength(1);
  });

  it.each([
    ["a shown value", { weight: 12.9, colour: "brown" }],
    ["a value that would be removed", { weight: 12.4, colour: "black" }],
    ["a new attribute that would be removed", { weight: 12.4, colour: "brown", diet: "raw" }],
  ])("when %s changed meanwhile the customer is asked again", async (_name, attributes) => {
    const house = createBrokerHouse();
    const params = house.update({ weight: 13.1 });
    const token = await ask(house, params);
    Object.assign(house.state.entities.get("entity-ada")!, { attributes });
    const answer = await house.execute("entity.update", params, { token });
    expect(answer.body.error).toMatchObject({ code: "CONFLICT", retryable: true });
    expect(house.state.entities.get("entity-ada")?.attributes).toEqual(attributes);
    expect((await house.confirmed(params)).status).toBe(200);
  });

  it("a tail that the dialog cut is part of what was confirmed", async () => {
    const house = createBrokerHouse();
    const params = house.update({ weight: 12.4, colour: `${"x".repeat(1000)}A` });
    const token = await ask(house, params);
    const answer = await house.execute("entity.update", house.update({ weight: 12.4, colour: `${"x".repeat(1000)}B` }), { token });
    expect(answer.body.error.code).toBe("PROTOCOL");
  });

  it("a yes that names its idempotency key is good for no other", async () => {
    const house = createBrokerHouse();
    const params = house.update({ weight: 13.1 });
    const token = await ask(house, params, { headers: { "idempotency-key": "my-own-key-1" } });
    const wrong = await house.execute("entity.update", params, { token, headers: { "idempotency-key": "my-own-key-2" } });
    expect(wrong.body.error.code).toBe("CONFLICT");
    const right = await house.execute("entity.update", params, { token, headers: { "idempotency-key": "my-own-key-1" } });
    expect(right.status).toBe(200);
  });

  it("the order of the parameters' keys does not matter", async () => {
    const house = createBrokerHouse();
    const token = await ask(house, { id: "entity-ada", attributes: { a: 1, b: 2 } });
    expect((await house.execute("entity.update", { attributes: { b: 2, a: 1 }, id: "entity-ada" }, { token })).status).toBe(200);
  });

  it("tokens carry nothing about the customer", async () => {
    const house = createBrokerHouse();
    const token = await ask(house);
    expect(JSON.stringify(decode(token))).not.toMatch(new RegExp(`${ada.id}|Fluffy|weight|12\\.4`));
  });
});
