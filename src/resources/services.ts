import type { EntityManager } from "typeorm";
import type {
  ActivityItem,
  Capability,
  ChangeBus,
  Condition,
  FrameAddresses,
  Pipeline,
  Publisher,
  SessionStore,
} from "../contracts/index.js";
import type { ActivitySource } from "../entities/index.js";

/** Runs `work` in one transaction on the writing connection. It may run again after a deadlock: no effects outside the manager. */
export type Write = <T>(work: (manager: EntityManager) => Promise<T>) => Promise<T>;

interface NamedAction {
  readonly action: string;
  /** Without the prefix that tells who logged it. */
  readonly label: string;
}

/** The activity feed of a subscription as staff see it. */
export interface PanelFeed {
  list(
    subscriptionId: string,
    filter: {
      readonly action?: string | undefined;
      readonly source?: ActivitySource | undefined;
      readonly before?: string | undefined;
      readonly limit: number;
    },
  ): Promise<{ readonly items: readonly ActivityItem[]; readonly next: string | null }>;
  /** The distinct actions that exist, of one subscription or of all. */
  listActions(subscriptionId?: string): Promise<{
    readonly widgets: readonly NamedAction[];
    readonly integrations: readonly NamedAction[];
    readonly other: readonly NamedAction[];
  }>;
}

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long for `null` as for a real hash. */
  verify(password: string, hash: string | null): Promise<boolean>;
}

/** Engines and records that the panel uses; each arrives from the composition root. */
export interface PanelServices {
  readonly write: Write;
  readonly publisher: Publisher;
  readonly pipeline: Pick<Pipeline, "judge">;
  readonly addresses: Pick<FrameAddresses, "mediaUrl" | "mediaSource">;
  readonly sessions: Pick<SessionStore, "destroyForUser">;
  readonly bus: ChangeBus;
  readonly feed: PanelFeed;
  readonly passwords: Passwords;
  readonly capabilities: readonly Capability[];
  readonly conditions: readonly Condition[];
  /** A signed, short-lived link to the portal's preview of a version. */
  previewLink(versionId: string): string;
  /** Largest bundle, in bytes. */
  readonly maxBundleBytes: number;
  readonly production: boolean;
  readonly logger: PanelLogger;
}

/** The part of a pino logger that the panel uses. */
export interface PanelLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
