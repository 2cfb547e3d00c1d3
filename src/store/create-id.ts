import { randomBytes } from "node:crypto";

let last = 0;

/**
 * A UUID, version 7 (RFC 9562): its first 60 bits are a time that grows with each call in this process, so new rows go to the
 * end of the index and rows of one millisecond keep their order. 62 bits are random; ids are names, not secrets.
 */
export function createId(): string {
  // Milliseconds with 12 bits of fraction, used as a counter.
  last = Math.max(last + 1, Date.now() * 4096);
  const milliseconds = Math.floor(last / 4096);
  const bytes = randomBytes(16);
  bytes.writeUIntBE(milliseconds, 0, 6);
  bytes.writeUInt16BE(0x7000 | (last % 4096), 6);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
