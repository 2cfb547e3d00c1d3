import type { Capability } from "../contracts/index.js";
import { createId } from "./create-id.js";
import type { Database } from "./database.js";
import { affectedRows, select } from "./statements.js";
import { readJson, readText } from "./values.js";

export interface CatalogueRecords {
  /** Makes the catalogue say what the capabilities say. `enabled` is a person's choice and stays; scopes of no capability are unregistered. */
  registerScopes(capabilities: readonly Pick<Capability, "scope" | "confirms" | "rateLimit">[]): Promise<void>;
  /** Names that are off for a community: scopes of the catalogue, and the capabilities or scopes its account settings name. */
  listDisabled(communityId: string): Promise<readonly string[]>;
}

/** The catalogue of scopes. */
export function createCatalogueRecords(database: Database): CatalogueRecords {
  return {
    async listDisabled(communityId) {
      const scopes = await select(database.read, "SELECT name FROM scopes WHERE NOT (enabled AND registered)", []);
      const [settings] = await select(database.read, "SELECT disabled_capabilities FROM account_settings WHERE community_id = $1", [
        communityId,
      ]);
      const named = (readJson(settings?.["disabled_capabilities"] ?? null) ?? []) as string[];
      return [...scopes.map((row) => readText(row["name"])), ...named];
    },

    registerScopes: (capabilities) =>
      database.transaction(async (manager) => {
        const now = new Date();
        // Several capabilities may share a scope: it confirms when one of them does, and shows the first one's limit.
        // By name, so that two processes that start together lock rows in the same order.
        const byScope = new Map<string, (typeof capabilities)[number]>();
        for (const capability of capabilities.toSorted((a, b) => (a.scope.name < b.scope.name ? -1 : 1))) {
          const known = byScope.get(capability.scope.name);
          byScope.set(capability.scope.name, known ? { ...known, confirms: known.confirms || capability.confirms } : capability);
        }
        for (const { scope, confirms, rateLimit } of byScope.values()) {
          await affectedRows(
            manager,
            `INSERT INTO scopes (id, name, title, allows, confirms, rate_limit_calls, rate_limit_seconds, enabled, registered, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (name) DO UPDATE SET title = excluded.title, allows = excluded.allows, confirms = excluded.confirms,
               rate_limit_calls = excluded.rate_limit_calls, rate_limit_seconds = excluded.rate_limit_seconds,
               registered = excluded.registered, updated_at = excluded.updated_at`,
            [createId(), scope.name, scope.title, scope.allows, confirms, rateLimit.calls, rateLimit.perSeconds, true, true, now],
          );
        }
        const names = [...byScope.keys()];
        const others = names.length === 0 ? "" : ` AND name NOT IN (${names.map((_, index) => `$${index + 3}`).join(", ")})`;
        await affectedRows(manager, `UPDATE scopes SET registered = $1, updated_at = $2 WHERE registered${others}`, [false, now, ...names]);
      }),
  };
}
