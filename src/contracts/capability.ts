import type { z } from "zod";
import type { AttributeValue, JsonObject } from "../../sdk/src/protocol/index.js";

/** What the customer is asked. Built by the server from its own data; the host quotes and caps widget text. */
export interface Confirmation {
  /** Names the thing that changes, from server data: "Fluffy". */
  readonly subject: string;
  /** A verb phrase after the widget's name: "wants to update". */
  readonly action: string;
  /** Changed rows only. `null` means absent. At most 50 rows, each value at most 200 characters. */
  readonly changes: readonly { readonly label: string; readonly was: string | null; readonly now: string | null }[];
}

/** An image that was decoded and re-encoded by the server and whose bytes are stored; `name` is the author's, cut to 200. */
export interface VerifiedImage {
  readonly digest: string;
  readonly contentType: "image/png" | "image/jpeg" | "image/webp" | "image/gif";
  readonly size: number;
  readonly width: number;
  readonly height: number;
  readonly name: string;
}

/**
 * What a capability may do: functions already bound to this customer, subscription, widget and limits.
 * Each one fails with NOT_FOUND when the thing is absent or foreign.
 */
export interface Powers {
  findEntity(id: string): Promise<{ id: string; name: string; entityType: string; attributes: JsonObject } | undefined>;
  replaceEntityAttributes(id: string, attributes: Readonly<Record<string, AttributeValue>>): Promise<void>;
  appendActivity(entry: { action: string; description: string; changes: JsonObject; metadata: JsonObject }): Promise<{ id: string }>;
  /** Gives the image an unguessable public address on the sandbox origin. */
  publishImage(image: VerifiedImage): Promise<{ url: string }>;
}

export interface RateLimit {
  readonly calls: number;
  readonly perSeconds: number;
}

/** A brokered power. `id` is the SDK method, `scope.name` what an admin grants. */
export interface Capability<Params = unknown> {
  /** `noun.verb`, e.g. `entity.update`. */
  readonly id: string;
  readonly scope: { readonly name: string; readonly title: string; readonly allows: string };
  readonly rateLimit: RateLimit;
  readonly params: z.ZodType<Params>;
  /** true: every call needs the customer's confirmation. */
  readonly confirms: boolean;
  /** Present when `confirms`: what is asked. Throws like `run` when the thing is not there. */
  confirm?(powers: Pick<Powers, "findEntity">, params: Params): Promise<Confirmation>;
  /** true when the call carries an image beside its parameters; it is verified before `run`. */
  readonly takesImage?: boolean;
  run(powers: Powers, params: Params, image?: VerifiedImage): Promise<JsonObject>;
}

/** Checks the shape at compile time; returns the capability unchanged. */
export function defineCapability<Params>(capability: Capability<Params>): Capability {
  return capability;
}
