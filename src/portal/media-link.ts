import type { FrameAddresses } from "../contracts/index.js";

/**
 * true for an address of our own media store, and for nothing that merely looks like one: the address is rebuilt from its
 * last segment and must come out identical, so credentials, queries, other ports and encodings all fail.
 */
export function isOwnMedia(addresses: Pick<FrameAddresses, "mediaUrl">, address: string): boolean {
  const key = /\/([A-Za-z0-9_-]{8,100}(?:\.[a-z0-9]{2,5})?)$/.exec(address)?.[1];
  return key !== undefined && addresses.mediaUrl(key) === address;
}
