import path from "node:path";
import { z } from "zod";
import { isWeakSecret } from "./is-weak-secret.js";
import { parseProxies } from "./parse-proxies.js";
import { isLoopback, splitOrigin } from "./split-origin.js";

/** Everything the environment decides, parsed once. Frozen. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  readonly appOrigin: string;
  readonly sandboxPort: number;
  /** May hold one wildcard label: `http://*.localhost:3001` gives each widget an origin of its own. */
  readonly sandboxOrigin: string;
  /** `sqlite:<absolute path>` or a `postgres://` address. */
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly dataDir: string;
  readonly adminEmail: string;
  readonly adminPassword: string | undefined;
  /** Undefined only in development: one is made and kept in `dataDir`. */
  readonly secret: string | undefined;
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  /** Seed demo communities, customers and widgets into an empty database. */
  readonly demo: boolean;
  /** Addresses of reverse proxies whose X-Forwarded-For is believed. Empty: none. */
  readonly trustedProxies: readonly string[];
  readonly maxBundleBytes: number;
}

/** Every variable with its default and meaning; docs/configuration.md is compared with it by a test. */
export const variables = {
  NODE_ENV: {
    default: "development",
    meaning: "`production` turns the start-up refusals on and the demo sign-in off. Has to be set when APP_ORIGIN is not this machine.",
  },
  HOST: { default: "127.0.0.1", meaning: "Address both servers listen on." },
  PORT: { default: "3000", meaning: "Port of the app: portal, panel and API." },
  APP_ORIGIN: { default: "http://localhost:<PORT>", meaning: "Public origin of the app." },
  SANDBOX_PORT: { default: "3001", meaning: "Port of the sandbox, which serves widget frames." },
  SANDBOX_ORIGIN: {
    default: "http://127.0.0.1:<SANDBOX_PORT>",
    meaning: "Public origin of the sandbox, on another host than the app. `http://*.localhost:3001` gives each widget its own origin.",
  },
  DATABASE_URL: { default: "sqlite file in DATA_DIR", meaning: "`sqlite:<path>` or `postgres://user:password@host/database`." },
  REDIS_URL: { default: "", meaning: "`redis://host:6379`: rate limits and change messages shared by several processes." },
  DATA_DIR: { default: "./data", meaning: "Database file, blobs and the development secret." },
  ADMIN_EMAIL: { default: "admin@vitrine.example", meaning: "Sign-in of the first administrator." },
  ADMIN_PASSWORD: { default: "generated, printed once", meaning: "Password of the first administrator, at least 12 characters." },
  VITRINE_SECRET: {
    default: "made and kept in DATA_DIR (development only)",
    meaning: "At least 32 characters; signs sessions, previews and confirmations.",
  },
  LOG_LEVEL: { default: "info", meaning: "fatal, error, warn, info, debug, trace or silent." },
  VITRINE_DEMO: { default: "on in development", meaning: "`on` or `off`: demo data in an empty database." },
  TRUSTED_PROXIES: { default: "", meaning: "Comma-separated addresses or networks whose X-Forwarded-For is believed." },
  MAX_BUNDLE_BYTES: { default: "2097152", meaning: "Largest bundle that is accepted, in bytes." },
} as const satisfies Record<string, { default: string; meaning: string }>;

const port = (name: string) =>
  z.coerce
    .number({ error: `${name} must be a number` })
    .int()
    .min(0)
    .max(65_535, `${name} must be at most 65535`);
const blankIsAbsent = (environment: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value?.trim() === "" ? undefined : value?.trim()]));

/** Thrown with one line per variable: what is wrong with it and how to mend it. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  constructor(readonly problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? "a problem" : `${problems.length} problems`}:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`,
    );
  }
}

/**
 * Reads the configuration from environment variables (`process.env` or any object) and nothing else.
 * Throws ConfigError naming every variable that is wrong.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const env = blankIsAbsent(environment);
  const problems: string[] = [];
  const take = <T>(schema: z.ZodType<T>, name: string, fallback: string): T | undefined => {
    const result = schema.safeParse(env[name] ?? fallback);
    if (result.success) return result.data;
    problems.push(`${name}: ${result.error.issues[0]?.message ?? "invalid"}.`);
    return undefined;
  };

  const nodeEnv = take(z.enum(["development", "production", "test"], "must be development, production or test"), "NODE_ENV", "development");
  const production = nodeEnv === "production";
  const appPort = take(port("PORT"), "PORT", "3000") ?? 3000;
  const sandboxPort = take(port("SANDBOX_PORT"), "SANDBOX_PORT", "3001") ?? 3001;
  if (sandboxPort === appPort && appPort !== 0) problems.push("SANDBOX_PORT: must differ from PORT.");
  const dataDir = path.resolve(env["DATA_DIR"] ?? "data");
  const appOrigin = env["APP_ORIGIN"] ?? `http://localhost:${appPort}`;
  const sandboxOrigin = env["SANDBOX_ORIGIN"] ?? `http://127.0.0.1:${sandboxPort}`;
  problems.push(...originProblems(appOrigin, sandboxOrigin, production));
  const appHost = splitOrigin(appOrigin)?.host;
  // Forgetting it in a deployment would leave the demo sign-in open: anybody could be any customer.
  if (env["NODE_ENV"] === undefined && appHost !== undefined && !isLoopback(appHost))
    problems.push("NODE_ENV: is missing although APP_ORIGIN is public. Set production, or development if that is what this is.");

  const databaseUrl = env["DATABASE_URL"] ?? `sqlite:${path.join(dataDir, "vitrine.sqlite")}`;
  if (!/^sqlite:.+|^postgres(ql)?:\/\/.+/.test(databaseUrl))
    problems.push("DATABASE_URL: must be sqlite:<path> or postgres://user:password@host/database.");
  const redisUrl = env["REDIS_URL"];
  if (redisUrl !== undefined && !/^rediss?:\/\/.+/.test(redisUrl)) problems.push("REDIS_URL: must be redis://host:port.");

  const secret = env["VITRINE_SECRET"];
  if (secret === undefined && production)
    problems.push("VITRINE_SECRET: is missing. Set at least 32 random characters, for example the output of `openssl rand -base64 48`.");
  if (secret !== undefined && isWeakSecret(secret))
    problems.push("VITRINE_SECRET: is weak. Use at least 32 random characters, for example the output of `openssl rand -base64 48`.");

  const adminEmail = take(z.email("must be an e-mail address"), "ADMIN_EMAIL", "admin@vitrine.example") ?? "";
  const adminPassword = env["ADMIN_PASSWORD"];
  if (adminPassword !== undefined && (adminPassword.length < 12 || adminPassword.length > 1024))
    problems.push("ADMIN_PASSWORD: must have at least 12 and at most 1024 characters.");
  const logLevel =
    take(
      z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], "must be fatal, error, warn, info, debug, trace or silent"),
      "LOG_LEVEL",
      "info",
    ) ?? "info";
  const demo = take(z.enum(["on", "off"], "must be on or off"), "VITRINE_DEMO", production ? "off" : "on");
  const maxBundleBytes = take(
    z.coerce.number("must be a number of bytes").int().min(1024, "must be at least 1024").max(16_777_216, "must be at most 16777216"),
    "MAX_BUNDLE_BYTES",
    "2097152",
  );

  const trusted = parseProxies(env["TRUSTED_PROXIES"] ?? "");
  if ("wrong" in trusted)
    problems.push(`TRUSTED_PROXIES: ${JSON.stringify(trusted.wrong)} is not an address such as 10.0.0.7 or a network such as 10.0.0.0/8.`);

  if (problems.length > 0 || "wrong" in trusted) throw new ConfigError(problems);
  return Object.freeze({
    production,
    host: env["HOST"] ?? "127.0.0.1",
    port: appPort,
    appOrigin: splitOrigin(appOrigin)?.origin ?? appOrigin,
    sandboxPort,
    sandboxOrigin: splitOrigin(sandboxOrigin)?.origin ?? sandboxOrigin,
    databaseUrl: databaseUrl.startsWith("sqlite:") ? `sqlite:${path.resolve(databaseUrl.slice("sqlite:".length))}` : databaseUrl,
    redisUrl,
    dataDir,
    adminEmail,
    adminPassword,
    secret,
    logLevel,
    demo: demo === "on",
    trustedProxies: trusted.proxies,
    maxBundleBytes: maxBundleBytes ?? 2_097_152,
  });
}

function originProblems(appOrigin: string, sandboxOrigin: string, production: boolean): string[] {
  const problems: string[] = [];
  const app = splitOrigin(appOrigin);
  const sandbox = splitOrigin(sandboxOrigin);
  if (!app || app.wildcard) problems.push(`APP_ORIGIN: must be an origin such as https://portal.example.com, without a path.`);
  if (!sandbox)
    problems.push(
      "SANDBOX_ORIGIN: must be an origin such as https://widgets.example.net or https://*.widgets.example.net, without a path.",
    );
  if (!app || !sandbox) return problems;
  // A cookie has no port: two ports of one host share cookies, and hosts of one family can be sent each other's domain cookies.
  const same = app.host === sandbox.host && !sandbox.wildcard;
  const family = app.host === sandbox.host || sandbox.host.endsWith(`.${app.host}`) || app.host.endsWith(`.${sandbox.host}`);
  if (same || (production && family)) {
    problems.push(
      "SANDBOX_ORIGIN: must be on another host than APP_ORIGIN (best: another registrable domain), or widgets share the portal's cookies.",
    );
  }
  return problems;
}
