/** Is this realm what the server meant it to be? Looks only at what costs nothing. */
export function isIsolated(): boolean {
  return window.origin === "null" && window.parent !== window;
}

/**
 * Tries what must fail where the sandbox flags hold: a bundle must not run where one was lost on the way. Called from an
 * event, never from the script itself: an exception there makes V8 read the whole file once more, the bundle included.
 */
export function isShut(): boolean {
  return throws(() => window.top?.document) && throws(() => window.localStorage) && throws(() => document.cookie);
}

function throws(read: () => unknown): boolean {
  try {
    // A same-origin `top` answers with a document; an opaque frame gets an exception.
    return read() === null;
  } catch {
    return true;
  }
}
