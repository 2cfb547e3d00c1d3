import type { JsonValue } from "../../../sdk/src/protocol/index.js";
import type { FrameAddresses } from "../../contracts/index.js";

const mostImages = 24;

/**
 * Image addresses in a widget's metadata that really are of our own media store; a browser of a staff member must never be
 * made to call anywhere else. The address is rebuilt from its last segment and has to come out identical, so look-alike
 * hosts, credentials, queries and encodings all fail and stay text.
 */
export function mediaIn(addresses: Pick<FrameAddresses, "mediaUrl">, value: JsonValue): readonly string[] {
  const found = new Set<string>();
  collect(value, 0);
  return [...found];

  function collect(item: JsonValue, depth: number): void {
    if (found.size >= mostImages || depth > 6) return;
    if (typeof item === "string") {
      if (isOwnMedia(addresses, item)) found.add(item);
    } else if (Array.isArray(item)) for (const entry of item as readonly JsonValue[]) collect(entry, depth + 1);
    else if (typeof item === "object" && item !== null) for (const entry of Object.values(item)) collect(entry, depth + 1);
  }
}

function isOwnMedia(addresses: Pick<FrameAddresses, "mediaUrl">, address: string): boolean {
  const key = /\/([A-Za-z0-9_-]{8,100}(?:\.[a-z0-9]{2,5})?)$/.exec(address)?.[1];
  return key !== undefined && addresses.mediaUrl(key) === address;
}
