import { natives } from "./natives.js";

/** The wrapped bundle. A script gets the window as `this`, a module `undefined`; the result is a module's exports. */
export type Bundle = (this: unknown, expose: typeof exposeGlobals) => unknown;

type Accessors = Readonly<Record<string, readonly [() => unknown, (value: unknown) => void]>>;

/**
 * A script's top-level `var` and `function` names are properties of the window. Inside the wrapper they are locals, so they
 * become live accessors; a name that the window already has stays what it is.
 */
export function exposeGlobals(accessors: Accessors): void {
  for (const name of Object.keys(accessors)) {
    const pair = accessors[name];
    if (!pair || name in window) continue;
    natives.defineProperty(window, name, { get: pair[0], set: pair[1], configurable: true, enumerable: true });
  }
}

/**
 * Runs the bundle, then the page events that it could not have waited for: it runs after the document has loaded. False when
 * it threw; the error is reported as an uncaught one would be.
 */
export async function runBundle(bundle: Bundle, isModule: boolean): Promise<boolean> {
  const returned = await attempt(bundle, isModule);
  document.dispatchEvent(new Event("DOMContentLoaded", { bubbles: true }));
  window.dispatchEvent(new Event("load"));
  return returned;
}

async function attempt(bundle: Bundle, isModule: boolean): Promise<boolean> {
  try {
    const result: unknown = natives.apply(bundle, isModule ? undefined : window, [exposeGlobals]);
    if (isModule) await result;
    return true;
  } catch (error) {
    natives.reportError(error);
    return false;
  }
}
