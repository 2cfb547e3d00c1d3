import { createHash } from "node:crypto";
import type { FrameAddresses, PortalCommunity, PortalRecords } from "../contracts/index.js";
import type { PortalAssets } from "./assets.js";
import { createTheme, type Theme } from "./branding.js";
import { isOwnMedia } from "./media-link.js";
import type { Shell } from "./views/layout.js";

/** A page that is ready to send. */
export interface Page {
  readonly status: number;
  readonly shell: Shell;
  readonly main: Parameters<typeof import("./views/layout.js").layout>[1];
  readonly frameSources: readonly string[];
  readonly framedBySelf: boolean;
}

/** Makes the frame of pages: neutral, or in a community's look. */
export function createShells(options: { records: PortalRecords; addresses: FrameAddresses; assets: PortalAssets; appOrigin: string }) {
  const base = { styleUrl: options.assets.style.url, scriptUrl: options.assets.script.url };

  /** Logos come from this origin, from our media store, or as an embedded image; anything else would be a third party. */
  function isAllowedLogo(url: string): boolean {
    if (url.length > 100_000) return false;
    if (/^data:image\/(png|jpeg|webp|gif|svg\+xml)[;,]/.test(url) || isOwnMedia(options.addresses, url)) return true;
    return URL.canParse(url, options.appOrigin) && new URL(url, options.appOrigin).origin === options.appOrigin;
  }

  const themeOf = (community: PortalCommunity): Theme => createTheme(community.branding, isAllowedLogo);
  const digestOf = (theme: Theme): string => createHash("sha256").update(theme.css).digest("base64url").slice(0, 22);

  return {
    themeOf,
    neutral: (title: string): Shell => ({ ...base, title, communityName: "Customer portal", logoUrl: null }),
    branded(title: string, community: PortalCommunity, theme: Theme = themeOf(community)): Shell {
      return {
        ...base,
        title,
        communityName: community.name,
        logoUrl: theme.branding.logo_url,
        brandUrl: `/portal/brand/${encodeURIComponent(community.id)}/${digestOf(theme)}.css`,
      };
    },
    /** The style sheet behind `brandUrl`. `current` is false when the look has changed since: then it must not be kept. */
    async brandStyle(communityId: string, file: string): Promise<{ css: string; current: boolean } | undefined> {
      const community = await options.records.findCommunity(communityId);
      if (!community) return undefined;
      const theme = themeOf(community);
      return { css: theme.css, current: file === `${digestOf(theme)}.css` };
    },
  };
}

export type Shells = ReturnType<typeof createShells>;
