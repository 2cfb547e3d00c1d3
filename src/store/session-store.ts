import { createHash, randomBytes } from "node:crypto";
import type { JsonObject } from "../../sdk/src/protocol/index.js";
import type { SessionStore } from "../contracts/index.js";
import { createId } from "./create-id.js";
import type { Database } from "./database.js";
import { select } from "./statements.js";
import { readJson, readOptionalText, readText, readTime, toJson } from "./values.js";

const digestOf = (token: string) => createHash("sha256").update(token).digest("hex");
const expiry = (ttlSeconds: number) => new Date(Date.now() + ttlSeconds * 1000);

/**
 * Signed-in browsers. A destroyed session stays as an expired, emptied row until the sweep a day later, so that a request
 * that was under way cannot save it back to life.
 */
export function createSessionStore(database: Database): SessionStore {
  return {
    async create({ kind, userId, data, ttlSeconds }) {
      const token = randomBytes(32).toString("base64url");
      const id = createId();
      await database.execute(
        `INSERT INTO sessions (id, digest, kind, user_id, data, expires_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [id, digestOf(token), kind, userId, toJson(data), expiry(ttlSeconds), new Date()],
      );
      return { token, id };
    },

    async find(kind, token) {
      const [row] = await select(
        database.read,
        "SELECT id, user_id, data, expires_at FROM sessions WHERE digest = $1 AND kind = $2 AND expires_at > $3",
        [digestOf(token), kind, new Date()],
      );
      if (!row) return undefined;
      return {
        id: readText(row["id"]),
        userId: readOptionalText(row["user_id"]),
        data: readJson(row["data"]) as JsonObject,
        expiresAt: readTime(row["expires_at"]),
      };
    },

    /** Also makes the session when the token is new: a session middleware chooses tokens itself. */
    async save(kind, token, { userId, data, ttlSeconds }) {
      await database.execute(
        `INSERT INTO sessions (id, digest, kind, user_id, data, expires_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (digest) DO UPDATE SET user_id = excluded.user_id, data = excluded.data, expires_at = excluded.expires_at
         WHERE sessions.kind = excluded.kind AND sessions.expires_at > excluded.created_at`,
        [createId(), digestOf(token), kind, userId, toJson(data), expiry(ttlSeconds), new Date()],
      );
    },

    async destroy(kind, token) {
      await database.execute(
        "UPDATE sessions SET expires_at = $1, user_id = NULL, data = $2 WHERE digest = $3 AND kind = $4 AND expires_at > $1",
        [new Date(), "{}", digestOf(token), kind],
      );
    },

    async destroyForUser(kind, userId) {
      await database.execute(
        "UPDATE sessions SET expires_at = $1, user_id = NULL, data = $2 WHERE user_id = $3 AND kind = $4 AND expires_at > $1",
        [new Date(), "{}", userId, kind],
      );
    },
  };
}
