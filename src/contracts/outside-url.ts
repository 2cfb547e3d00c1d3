const scheme = /^[\u0000-\u0020]*([a-z][a-z0-9+.-]*):/i;
const local = new Set(["data", "blob", "about", "mailto", "tel", "sms", "javascript", "node"]);

/**
 * The host that an address leads to when it leaves the page's own origin, as a browser would read it: tabs and line breaks
 * ignored, backslashes as slashes, scheme-relative addresses counted. undefined for relative and local addresses. Pure.
 */
export function outsideHost(address: string): string | undefined {
  const text = address
    .slice(0, 4096)
    .replace(/[\t\n\r]/g, "")
    .replace(/^[\u0000-\u0020]+/, "");
  const named = scheme.exec(text)?.[1]?.toLowerCase();
  if (named !== undefined && local.has(named)) return undefined;
  const rest = named === undefined ? text : text.slice(text.indexOf(":") + 1);
  if (named === undefined && !/^[\\/]{2}/.test(rest)) return undefined;
  const special = named === undefined || /^(?:https?|wss?|ftp)$/.test(named);
  if (!special && !rest.startsWith("//")) return named === undefined ? undefined : `${named}:`;
  const authority = rest.replace(/^[\\/]+/, "").split(/[\\/?#]/, 1)[0] ?? "";
  const host = authority.slice(authority.lastIndexOf("@") + 1).toLowerCase();
  return host === "" ? undefined : host;
}
