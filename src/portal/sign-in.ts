import { createHash } from "node:crypto";
import { z } from "zod";
import {
  addressBucket,
  type PortalRecords,
  type RateLimiter,
  type SessionStore,
  type SignInMethod,
  type SignInPowers,
} from "../contracts/index.js";
import { isTimeZone } from "./format.js";
import { sessionSeconds } from "./session-cookie.js";

/** A form on the sign-in page. */
export interface SignInForm {
  readonly methodId: string;
  readonly label: string;
  readonly fields: Awaited<ReturnType<SignInMethod["form"]>>["fields"];
  readonly choices: Awaited<ReturnType<SignInMethod["form"]>>["choices"];
}

export type SignInAnswer =
  | { readonly kind: "signed-in"; readonly token: string }
  | { readonly kind: "denied" }
  | { readonly kind: "limited"; readonly retryAfterMs: number };

/** The name under which a clicked choice is sent, to us and on to the method. */
export const choiceField = "choice";

const bodySchema = z.record(z.string().max(60), z.string().max(1024));

const limits = {
  /** Guessing one account's password, from anywhere. */
  account: { calls: 10, perSeconds: 300 },
  /** Guessing many accounts from one place. */
  address: { calls: 40, perSeconds: 300 },
  /** Clicking demo customers: nothing to guess, but still not free. */
  choices: { calls: 600, perSeconds: 300 },
} as const;

/**
 * Signs customers in through the methods that plugins contribute. Every refusal is the same answer: an unknown method,
 * account, password or deactivated customer cannot be told apart.
 */
export function createSignIn(options: {
  methods: readonly SignInMethod[];
  records: PortalRecords;
  sessions: SessionStore;
  limiter: RateLimiter;
  verifyPassword: SignInPowers["verifyPassword"];
  production: boolean;
}) {
  const enabled = options.methods.filter((method) => method.isEnabled({ production: options.production }));
  const powers: SignInPowers = {
    listCustomers: () => options.records.listDemoCustomers(),
    findCustomerByEmail: (email) => options.records.findCustomerByEmail(email),
    verifyPassword: options.verifyPassword,
  };

  const formOf = async (method: SignInMethod): Promise<SignInForm> => ({
    methodId: method.id,
    label: method.label,
    ...(await method.form(powers)),
  });

  /** The limits an attempt counts against. The address comes first: one place cannot lock other people's accounts for long. */
  function bucketsOf(form: SignInForm, input: Readonly<Record<string, string>>, address: string) {
    const guessable = form.fields.length > 0;
    const place = addressBucket(address);
    if (!guessable) return [{ bucket: `portal-sign-in:choices:${place}`, limit: limits.choices }];
    const account = form.fields.filter((field) => field.type !== "password").map((field) => input[field.name]?.trim().toLowerCase() ?? "");
    const digest = createHash("sha256").update(account.join("\n").normalize("NFKC")).digest("hex");
    return [
      { bucket: `portal-sign-in:address:${place}`, limit: limits.address },
      ...(account.length === 0 ? [] : [{ bucket: `portal-sign-in:account:${digest}`, limit: limits.account }]),
    ];
  }

  return {
    forms: (): Promise<readonly SignInForm[]> => Promise.all(enabled.map(formOf)),

    async attempt(request: { body: unknown; address: string; oldToken: string | undefined }): Promise<SignInAnswer> {
      const body = bodySchema.safeParse(request.body);
      const method = body.success ? enabled.find((candidate) => candidate.id === body.data["method"]) : undefined;
      if (!body.success || !method) return { kind: "denied" };
      const form = await formOf(method);
      const names = [...form.fields.map((field) => field.name), ...(form.choices.length > 0 ? [choiceField] : [])];
      const input = Object.fromEntries(names.map((name) => [name, Object.hasOwn(body.data, name) ? (body.data[name] ?? "") : ""]));
      const buckets = bucketsOf(form, input, request.address);
      for (const { bucket, limit } of buckets) {
        const taken = await options.limiter.take(bucket, limit);
        if (!taken.allowed) return { kind: "limited", retryAfterMs: taken.retryAfterMs };
      }
      const customerId = await method.authenticate(powers, input);
      const customer = customerId === undefined ? undefined : await options.records.findCustomer(customerId);
      if (!customer) return { kind: "denied" };
      // Only failures count: people who sign in often, or many behind one address, are not locked out.
      for (const { bucket, limit } of buckets) await options.limiter.giveBack?.(bucket, limit);
      // A new token for every sign-in, and the old one ends: a planted or leftover session is never promoted.
      if (request.oldToken !== undefined) await options.sessions.destroy("customer", request.oldToken);
      const zone = body.data["timeZone"];
      const session = await options.sessions.create({
        kind: "customer",
        userId: customer.id,
        data: isTimeZone(zone) ? { timeZone: zone } : {},
        ttlSeconds: sessionSeconds,
      });
      return { kind: "signed-in", token: session.token };
    },
  };
}

export type SignIn = ReturnType<typeof createSignIn>;
