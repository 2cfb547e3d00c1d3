import type { AttributeValue, Branding, JsonObject, WidgetContext } from "../../sdk/src/protocol/index.js";
import type { VerifiedImage } from "./capability.js";
import type { Report } from "./report.js";
import type { CustomerActor, Destination, Runtime, StaffActor } from "./widget.js";

/** Immutable bytes by their SHA-256 (hex). `put` is idempotent and crash-safe (temp file, fsync, rename). */
export interface BlobStore {
  put(bytes: Uint8Array): Promise<string>;
  get(digest: string): Promise<Buffer | undefined>;
}

/** Tells every process that something changed. In-process on one machine, Redis on several. */
export interface ChangeBus {
  publish(change: Change): void;
  subscribe(listener: (change: Change) => void): () => void;
}
export type Change = { readonly kind: "widget"; readonly widgetId: string } | { readonly kind: "settings"; readonly communityId: string };

/** Takes one point from a named bucket. `retryAfterMs` is set when it is empty. */
export interface RateLimiter {
  take(
    bucket: string,
    limit: { readonly calls: number; readonly perSeconds: number },
  ): Promise<{ allowed: true } | { allowed: false; retryAfterMs: number }>;
  /** Returns a point that was taken: a successful sign-in does not use its limit up. */
  giveBack?(bucket: string, limit: { readonly calls: number; readonly perSeconds: number }): Promise<void>;
}

/** Signed-in browsers. A token is 256 random bits; only its digest is stored. */
export interface SessionStore {
  create(session: {
    kind: "staff" | "customer";
    userId: string | null;
    data: JsonObject;
    ttlSeconds: number;
  }): Promise<{ token: string; id: string }>;
  find(kind: "staff" | "customer", token: string): Promise<SessionRecord | undefined>;
  save(kind: "staff" | "customer", token: string, session: { userId: string | null; data: JsonObject; ttlSeconds: number }): Promise<void>;
  destroy(kind: "staff" | "customer", token: string): Promise<void>;
  destroyForUser(kind: "staff" | "customer", userId: string): Promise<void>;
}
export interface SessionRecord {
  readonly id: string;
  readonly userId: string | null;
  readonly data: JsonObject;
  readonly expiresAt: Date;
}

// --- publishing ---------------------------------------------------------------------------------------------------

export interface NewVersion {
  readonly widgetId: string;
  readonly digest: string;
  readonly size: number;
  readonly fileName: string;
  readonly format: "script" | "module" | "unknown";
  readonly report: Report;
  /** Make it the active version in the same transaction; ignored when the verdict is not `publish`. */
  readonly activate: boolean;
  readonly actor: StaffActor | { readonly kind: "system"; readonly name: string };
}
export interface VersionRecord {
  readonly id: string;
  readonly widgetId: string;
  readonly number: number;
  readonly digest: string;
  readonly size: number;
  readonly fileName: string;
  readonly format: "script" | "module" | "unknown";
  readonly verdict: "publish" | "reject";
  readonly report: Report;
  readonly createdAt: Date;
}
export interface PublishingRecords {
  /** One transaction: next number, version row, active pointer, activity entry. Throws NOT_FOUND for an unknown widget. */
  recordVersion(version: NewVersion): Promise<{ version: VersionRecord; activated: boolean }>;
  /** One transaction: pointer and activity entry. Throws NOT_FOUND, or CONFLICT when the version was rejected. */
  activateVersion(change: { widgetId: string; versionId: string; actor: StaffActor }): Promise<void>;
  findVersion(versionId: string): Promise<VersionRecord | undefined>;
}

// --- sandbox ------------------------------------------------------------------------------------------------------

export interface ServableVersion {
  readonly versionId: string;
  readonly widgetId: string;
  readonly digest: string;
  readonly format: "script" | "module";
  /** The widget is switched on and this is its active version. */
  readonly active: boolean;
  /** Storefront origins that may embed it, beside the portal itself. */
  readonly storefrontOrigins: readonly string[];
}
export interface SandboxRecords {
  /** Accepted versions only. */
  findServable(versionId: string): Promise<ServableVersion | undefined>;
  findMedia(key: string): Promise<{ digest: string; contentType: string; size: number } | undefined>;
}

// --- pages and portal ---------------------------------------------------------------------------------------------

export interface PlacedWidget {
  readonly id: string;
  readonly communityId: string;
  readonly name: string;
  readonly description: string;
  readonly runtime: Runtime;
  readonly destination: Destination;
  readonly conditionId: string;
  readonly conditionOptions: JsonObject;
  readonly version: { readonly id: string; readonly number: number; readonly createdAt: Date; readonly createdBy: string | null };
  readonly scopes: readonly { readonly name: string; readonly title: string; readonly allows: string; readonly confirms: boolean }[];
}
export interface PageRecords {
  /** Switched-on widgets with an active version, by name. */
  listActiveWidgets(communityId: string): Promise<readonly PlacedWidget[]>;
  /** The same shape for any accepted version, for previews. */
  findPreviewWidget(versionId: string): Promise<PlacedWidget | undefined>;
}

export interface PortalCommunity {
  readonly id: string;
  readonly name: string;
  readonly branding: Branding;
  readonly locale: string;
}
export interface SubscriptionSummary {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly nextDate: Date | null;
  readonly entityNames: readonly string[];
}
export interface SubscriptionDetail extends SubscriptionSummary {
  readonly context: WidgetContext;
  readonly lines: readonly {
    readonly id: string;
    readonly productTitle: string;
    readonly variantTitle: string;
    readonly quantity: number;
    readonly priceCents: number;
  }[];
}
export interface ActivityItem {
  readonly id: string;
  readonly createdAt: Date;
  readonly actorKind: string;
  readonly actorName: string;
  readonly source: string;
  readonly widgetName: string | null;
  readonly action: string;
  readonly description: string;
  readonly changes: JsonObject;
  readonly metadata: JsonObject;
}
/** Every query carries the customer's id in its WHERE clause: foreign and absent answer alike (undefined). */
export interface PortalRecords {
  findCustomer(id: string): Promise<(CustomerActor & { readonly email: string }) | undefined>;
  findCommunity(id: string): Promise<PortalCommunity | undefined>;
  /** For the public preview: the community with this slug, or the oldest one when none is named. */
  findPreviewCommunity(slug: string | undefined): Promise<PortalCommunity | undefined>;
  listSubscriptions(customerId: string): Promise<readonly SubscriptionSummary[]>;
  findSubscription(customerId: string, subscriptionId: string): Promise<SubscriptionDetail | undefined>;
  /** Newest first, at most `limit` (100) entries older than the cursor. */
  listActivity(
    customerId: string,
    subscriptionId: string,
    page: { before?: string; limit: number },
  ): Promise<{ items: readonly ActivityItem[]; next: string | null }>;
  /** For sign-in methods. */
  listDemoCustomers(): Promise<readonly { id: string; name: string; email: string; communityName: string }[]>;
  findCustomerByEmail(email: string): Promise<{ id: string; passwordHash: string | null } | undefined>;
}

// --- broker -------------------------------------------------------------------------------------------------------

export interface CallSubject {
  readonly widget: PlacedWidget & { readonly active: boolean };
  readonly grantedScopes: readonly string[];
  /** Scopes whose catalogue entry is switched off, and those that the community switched off. */
  readonly disabledScopes: readonly string[];
  readonly context: WidgetContext;
}
export interface CallOwner {
  readonly customerId: string;
  readonly customerName: string;
  readonly communityId: string;
  readonly subscriptionId: string;
  readonly widgetId: string;
}
export interface BrokerRecords {
  /** undefined when subscription or widget is absent, foreign, or of another community. */
  findCallSubject(customerId: string, subscriptionId: string, widgetId: string): Promise<CallSubject | undefined>;
  /** `revision` grows with each write of the entity. */
  findEntity(
    owner: CallOwner,
    entityId: string,
  ): Promise<{ id: string; name: string; entityType: string; attributes: JsonObject; revision: number } | undefined>;
  /** The stored answer to an idempotency key; CONFLICT when the key was used for another request. */
  findReply(owner: CallOwner, key: string, requestDigest: string): Promise<JsonObject | undefined>;
  /**
   * One transaction: claims the key, runs `work`, keeps its answer. A second call with the same key waits and gets the first
   * answer; with another digest it fails with CONFLICT. When `work` throws nothing is kept.
   */
  write(
    owner: CallOwner,
    key: string,
    requestDigest: string,
    work: (writes: BrokerWrites) => Promise<JsonObject>,
  ): Promise<{ reply: JsonObject; replayed: boolean }>;
}
/** Writes inside one transaction. Ownership is in each WHERE clause; false means nothing matched. */
export interface BrokerWrites {
  /** As `BrokerRecords.findEntity`, on the transaction's own connection: a transaction that waits for a second one can starve. */
  findEntity(entityId: string): ReturnType<BrokerRecords["findEntity"]>;
  /** Only while the entity still has this revision: two confirmed changes of one state cannot both win. */
  replaceEntityAttributes(entityId: string, attributes: Readonly<Record<string, AttributeValue>>, ifRevision: number): Promise<boolean>;
  appendActivity(entry: {
    action: string;
    description: string;
    changes: JsonObject;
    metadata: JsonObject;
    requestId: string;
  }): Promise<{ id: string }>;
  /** `key` is the public file name made by the broker. */
  recordMedia(key: string, image: VerifiedImage): Promise<void>;
}
