import type { SandboxRecords } from "../contracts/index.js";
import type { Database } from "./database.js";
import { select } from "./statements.js";
import { readFlag, readJson, readNumber, readText } from "./values.js";

/** What the sandbox origin serves: accepted versions and media. */
export function createSandboxRecords(database: Database): SandboxRecords {
  return {
    async findServable(versionId) {
      const [row] = await select(
        database.read,
        `SELECT v.id, v.widget_id, v.digest, v.format, w.active, w.active_version_id, a.storefront_origins
         FROM widget_versions v JOIN widgets w ON w.id = v.widget_id
         LEFT JOIN account_settings a ON a.community_id = w.community_id
         WHERE v.id = $1 AND v.verdict = 'publish' AND v.format IN ('script', 'module')`,
        [versionId],
      );
      if (!row) return undefined;
      return {
        versionId: readText(row["id"]),
        widgetId: readText(row["widget_id"]),
        digest: readText(row["digest"]),
        format: row["format"] === "module" ? "module" : "script",
        active: readFlag(row["active"]) && row["active_version_id"] === row["id"],
        storefrontOrigins: (readJson(row["storefront_origins"]) ?? []) as string[],
      };
    },
    async findMedia(key) {
      const [row] = await select(database.read, `SELECT digest, content_type, size FROM media WHERE "key" = $1`, [key]);
      return row && { digest: readText(row["digest"]), contentType: readText(row["content_type"]), size: readNumber(row["size"]) };
    },
  };
}
