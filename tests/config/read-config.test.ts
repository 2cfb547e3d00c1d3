import { describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "../../src/config/index.js";

const strong = "k3J9x0PqLmN7vB2cT5yR8wE1sD4fG6hZ+aUiOpQw";
const production = {
  NODE_ENV: "production",
  APP_ORIGIN: "https://portal.example.com",
  SANDBOX_ORIGIN: "https://widgets.example.net",
  VITRINE_SECRET: strong,
};
const problemsOf = (environment: Record<string, string>) => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.join("\n");
    throw error;
  }
  return "";
};

describe("the configuration", () => {
  it("has defaults for everything in development, with two different hosts", () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      production: false,
      port: 3000,
      appOrigin: "http://localhost:3000",
      sandboxOrigin: "http://127.0.0.1:3001",
      demo: true,
    });
    expect(config.databaseUrl).toMatch(/^sqlite:\/.*vitrine\.sqlite$/);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it("accepts a production configuration with separate hosts and a strong secret", () => {
    expect(readConfig(production)).toMatchObject({ production: true, demo: false });
    expect(readConfig({ ...production, SANDBOX_ORIGIN: "https://*.widgets.example.net" }).sandboxOrigin).toBe(
      "https://*.widgets.example.net",
    );
  });

  it("names every variable that is wrong at once", () => {
    const text = problemsOf({ PORT: "many", LOG_LEVEL: "loud", DATABASE_URL: "mysql://x", ADMIN_EMAIL: "nobody", ADMIN_PASSWORD: "short" });
    for (const name of ["PORT", "LOG_LEVEL", "DATABASE_URL", "ADMIN_EMAIL", "ADMIN_PASSWORD"]) expect(text).toContain(`${name}:`);
  });

  it.each([undefined, "short", "a".repeat(40), "changeme-changeme-changeme-changeme-1", "abcabcabcabcabcabcabcabcabcabcabcabc"])(
    "refuses the secret %s in production",
    (secret) => {
      const { VITRINE_SECRET: _, ...rest } = production;
      expect(problemsOf(secret === undefined ? rest : { ...rest, VITRINE_SECRET: secret })).toContain("VITRINE_SECRET:");
    },
  );

  it.each([
    "https://portal.example.com",
    "https://portal.example.com:8443",
    "https://PORTAL.example.com",
    "https://w.portal.example.com",
    "https://*.portal.example.com",
    "https://portal.example.com/",
    "https://widgets.example.net/path",
    "widgets.example.net",
    "javascript:alert(1)",
    "https://user@widgets.example.net",
  ])("refuses the sandbox origin %s in production", (sandboxOrigin) => {
    expect(problemsOf({ ...production, SANDBOX_ORIGIN: sandboxOrigin })).toContain("SANDBOX_ORIGIN:");
  });

  it("lets a wildcard sandbox stand beside localhost in development", () => {
    expect(readConfig({ SANDBOX_ORIGIN: "http://*.localhost:3001", APP_ORIGIN: "http://127.0.0.1:3000" }).sandboxOrigin).toBe(
      "http://*.localhost:3001",
    );
    expect(readConfig({ SANDBOX_ORIGIN: "http://*.localhost:3001" }).appOrigin).toBe("http://localhost:3000");
  });
});
