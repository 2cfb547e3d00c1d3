import type { IncomingHttpHeaders } from "node:http";
import type { Logger } from "pino";
import type {
  CustomerActor,
  FrameAddresses,
  PageComposer,
  PageRecords,
  PortalRecords,
  RateLimiter,
  SessionStore,
  SignInMethod,
  SignInPowers,
} from "../contracts/index.js";
import { createPortalAssets } from "./assets.js";
import { createAuthenticate } from "./authenticate.js";
import type { CatalogueEntry } from "./page-data.js";
import { createPreviewLinks } from "./preview-link.js";
import { createPortalRoutes } from "./routes.js";
import { createSessionCookie } from "./session-cookie.js";
import { createShells } from "./shells.js";
import { createShowPreview } from "./show-preview.js";
import { createShowSubscription } from "./show-subscription.js";
import { createSignIn } from "./sign-in.js";

export interface PortalOptions {
  readonly records: PortalRecords;
  readonly pageRecords: PageRecords;
  readonly composer: PageComposer;
  readonly addresses: FrameAddresses;
  readonly sessions: SessionStore;
  readonly limiter: RateLimiter;
  readonly signInMethods: readonly SignInMethod[];
  readonly verifyPassword: SignInPowers["verifyPassword"];
  /** What the broker offers. */
  readonly catalogue: () => readonly CatalogueEntry[];
  /** Scopes that the installation or the community has switched off. */
  readonly disabledScopes: (communityId: string) => Promise<readonly string[]>;
  readonly csrfKey: Buffer;
  readonly previewKey: Buffer;
  /** Texts of the built browser files. */
  readonly assets: {
    readonly script: { readonly body: string };
    readonly style: { readonly body: string };
    readonly worker: { readonly body: string };
  };
  readonly production: boolean;
  readonly appOrigin: string;
  readonly logger: Logger;
}

/** The customer's session as other rooms may know it. */
export interface PortalCaller {
  readonly customer: CustomerActor;
  readonly sessionId: string;
  readonly csrfToken: string;
}

/** HOST: the customer's pages. Mount `routes` at the root of the application's origin, the broker's routes before it. */
export function createPortal(options: PortalOptions) {
  const cookie = createSessionCookie(options.production);
  const authenticate = createAuthenticate({ ...options, cookie });
  const assets = createPortalAssets({
    script: options.assets.script.body,
    style: options.assets.style.body,
    worker: options.assets.worker.body,
  });
  const previewLinks = createPreviewLinks({ key: options.previewKey, appOrigin: options.appOrigin });
  const shells = createShells({ ...options, assets });
  const rooms = { ...options, assets, shells };
  return {
    routes: createPortalRoutes({
      ...options,
      cookie,
      authenticate,
      assets,
      shells,
      signIn: createSignIn({ ...options, methods: options.signInMethods }),
      showSubscription: createShowSubscription(rooms),
      showPreview: createShowPreview({ ...rooms, previewLinks }),
    }),
    /** Whose request this is. The caller compares `csrfToken` before it changes anything. */
    authenticate: async (request: { readonly headers: IncomingHttpHeaders }): Promise<PortalCaller | undefined> => {
      const session = await authenticate(request);
      if (!session) return undefined;
      const { id, name, communityId } = session.customer;
      return {
        customer: { kind: "customer", id, name, communityId },
        sessionId: session.sessionId,
        csrfToken: session.csrfToken,
      };
    },
    /** An address where staff see any accepted version for ten minutes. */
    previewLink: (versionId: string): string => previewLinks.link(versionId),
  };
}
