import type { Request, Response } from "express";
import { z } from "zod";
import type { SessionStore, StaffActor } from "../../../contracts/index.js";
import type { StaffAccount, StaffAccounts } from "./panel-options.js";
import type { PanelCookie } from "./session-cookie.js";

const idleSeconds = 8 * 60 * 60;
const longestSeconds = 24 * 60 * 60;
/** A session that is used is prolonged at most this often: a page makes many requests. */
const renewSeconds = 5 * 60;

const dataSchema = z.object({ epoch: z.number().int(), since: z.number().int() });

/**
 * Who is signed in. A session holds the account's id and epoch and nothing else: role, name and access are read for each
 * request, so a demotion, a lock or a new password takes effect at once.
 */
export function createStaffSessions(options: { sessions: SessionStore; staff: StaffAccounts; cookie: PanelCookie; now?: () => number }) {
  const { sessions, staff, cookie } = options;
  const now = options.now ?? Date.now;

  return {
    /** Ends what the browser had and begins anew: a token from before the sign-in never becomes signed in. */
    async begin(request: Request, response: Response, account: StaffAccount): Promise<void> {
      const old = cookie.read(request);
      if (old !== undefined) await sessions.destroy("staff", old);
      const { token } = await sessions.create({
        kind: "staff",
        userId: account.id,
        data: { epoch: account.sessionEpoch, since: now() },
        ttlSeconds: idleSeconds,
      });
      cookie.set(response, token);
    },

    async end(request: Request, response: Response): Promise<void> {
      const token = cookie.read(request);
      if (token !== undefined) await sessions.destroy("staff", token);
      cookie.clear(response);
    },

    async find(request: Request): Promise<StaffActor | undefined> {
      const token = cookie.read(request);
      const session = token === undefined ? undefined : await sessions.find("staff", token);
      const data = dataSchema.safeParse(session?.data);
      if (token === undefined || !session?.userId || !data.success) return undefined;
      const account = await staff.findById(session.userId);
      const expired = now() - data.data.since > longestSeconds * 1000;
      if (!account?.active || account.sessionEpoch !== data.data.epoch || expired) {
        await sessions.destroy("staff", token);
        return undefined;
      }
      if (session.expiresAt.getTime() - now() < (idleSeconds - renewSeconds) * 1000)
        await sessions.save("staff", token, { userId: account.id, data: data.data, ttlSeconds: idleSeconds });
      return { kind: "staff", id: account.id, name: account.name, email: account.email, role: account.role };
    },
  };
}

export type StaffSessions = ReturnType<typeof createStaffSessions>;
