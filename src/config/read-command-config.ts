import { readConfig } from "./read-config.js";

/** What the `vitrine` command takes from the environment. It needs no secret, database or address. */
export interface CommandConfig {
  readonly maxBundleBytes: number;
  /** `auto`: colour when the output is a terminal. */
  readonly color: "auto" | "always" | "never";
}

/**
 * Reads the few variables the command heeds: MAX_BUNDLE_BYTES, so that a scan has the server's limit, and the two that
 * no-color.org and most tools agree on. Throws ConfigError.
 */
export function readCommandConfig(environment: Readonly<Record<string, string | undefined>>): CommandConfig {
  const { maxBundleBytes } = readConfig({ MAX_BUNDLE_BYTES: environment["MAX_BUNDLE_BYTES"] });
  const forced = environment["FORCE_COLOR"];
  if (environment["NO_COLOR"] || environment["TERM"] === "dumb") return { maxBundleBytes, color: "never" };
  return { maxBundleBytes, color: forced !== undefined && forced !== "" && forced !== "0" ? "always" : "auto" };
}
