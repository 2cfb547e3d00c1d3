import { protocolVersion } from "../protocol/index.js";

/**
 * Speaks first, once: says hello with the one-time nonce to the exact origin that both the server's list and the fragment
 * name, and takes exactly one port from the parent window. The nonce leaves the address before anything else runs.
 */
export function shakeHands(onPort: (port: MessagePort) => void): void {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const nonce = fragment.get("n");
  const hostOrigin = fragment.get("o");
  const allowed = document.querySelector<HTMLMetaElement>('meta[name="vitrine-hosts"]')?.content.split(" ") ?? [];
  try {
    history.replaceState(null, "", location.pathname);
  } catch {
    // Some engines refuse it in an opaque origin; the nonce is single-use anyway.
  }
  if (!nonce || !hostOrigin || !allowed.includes(hostOrigin)) return;
  const ancestors = (location as Location & { ancestorOrigins?: DOMStringList }).ancestorOrigins;
  if (ancestors && ancestors[0] !== hostOrigin) return;

  const { parent } = window;
  const listen = (event: MessageEvent) => {
    if (event.source !== parent || event.origin !== hostOrigin) return;
    const port = event.ports[0];
    if (!port) return;
    // Siblings can post to this window too; nobody listens from here on.
    window.removeEventListener("message", listen);
    onPort(port);
  };
  window.addEventListener("message", listen);
  parent.postMessage({ v: protocolVersion, type: "hello", nonce }, hostOrigin);
}
