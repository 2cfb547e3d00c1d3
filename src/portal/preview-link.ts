import { createHmac } from "node:crypto";
import { isSameToken } from "./csrf-token.js";

const minutes = 10;

/** Links with which staff look at a version before it is live: signed, for one version, for ten minutes. */
export function createPreviewLinks(options: { key: Buffer; appOrigin: string; now?: () => number }) {
  const now = options.now ?? Date.now;
  const sign = (versionId: string, expires: number) =>
    createHmac("sha256", options.key).update(`portal-preview\n${versionId}\n${expires}`).digest("base64url");
  return {
    link(versionId: string): string {
      const expires = now() + minutes * 60_000;
      const query = new URLSearchParams({ version: versionId, token: `${expires}.${sign(versionId, expires)}` });
      return `${options.appOrigin}/portal/preview?${query.toString()}`;
    },
    isValid(versionId: string, token: string): boolean {
      const match = /^(\d{1,15})\.([A-Za-z0-9_-]{43})$/.exec(token);
      if (!match) return false;
      const expires = Number(match[1]);
      return isSameToken(sign(versionId, expires), match[2]) && expires > now();
    },
  };
}

export type PreviewLinks = ReturnType<typeof createPreviewLinks>;
