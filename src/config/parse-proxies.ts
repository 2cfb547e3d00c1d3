import { isIP } from "node:net";

/** Names that express knows for whole groups of private networks. */
const groups = new Set(["loopback", "linklocal", "uniquelocal"]);

function isNetwork(entry: string): boolean {
  if (groups.has(entry)) return true;
  const [address = "", prefix, ...more] = entry.split("/");
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  // A prefix of 0 believes everybody: then anybody chooses the address that sign-ins are counted under.
  return prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}

/** The entries of TRUSTED_PROXIES, or the first one that is neither an address nor a network. Pure. */
export function parseProxies(text: string): { readonly proxies: readonly string[] } | { readonly wrong: string } {
  const proxies = text
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
  const wrong = proxies.find((entry) => !isNetwork(entry));
  return wrong === undefined ? { proxies } : { wrong };
}
