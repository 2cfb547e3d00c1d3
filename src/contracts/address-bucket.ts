import { isIP, isIPv6 } from "node:net";

/**
 * One name per place that requests come from, for rate limits: an IPv4 address, or the /64 that one IPv6 line is given. A port
 * that a proxy put behind the address does not count: each new connection has another. Pure.
 */
export function addressBucket(address: string): string {
  const plain = withoutPort(address);
  const bare = plain.split("%")[0] ?? "";
  if (!isIPv6(bare)) return plain.slice(0, 64);
  // The parser of addresses writes each IPv6 address in one way, also one with an IPv4 address in it.
  const [head = "", tail] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const groups = [...before, ...Array.from({ length: 8 - before.length - after.length }, () => "0"), ...after];
  const mapped = groups.slice(0, 6).join(":") === "0:0:0:0:0:ffff";
  if (mapped)
    return groups
      .slice(6)
      .map((group) => Number.parseInt(group, 16))
      .map((group) => `${group >> 8}.${group & 255}`)
      .join(".");
  return `${groups.slice(0, 4).join(":")}::/64`;
}

function withoutPort(address: string): string {
  if (isIP(address) !== 0) return address;
  const [, bracketed, dotted] = /^\[([0-9a-f:.%a-z]+)\](?::\d{1,5})?$|^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/i.exec(address) ?? [];
  return bracketed ?? dotted ?? address;
}
