/** Is this realm what the server meant it to be? A bundle must not run where a sandbox flag was lost on the way. */
export function isIsolated(): boolean {
  return (
    window.origin === "null" &&
    window.parent !== window &&
    throws(() => window.top?.document) &&
    throws(() => window.localStorage) &&
    throws(() => document.cookie)
  );
}

function throws(read: () => unknown): boolean {
  try {
    // A same-origin `top` answers with a document; an opaque frame gets an exception.
    return read() === null;
  } catch {
    return true;
  }
}
