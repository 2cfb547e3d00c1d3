import { type Bag, native, textOf, world } from "./natives.js";

/** The functions that the scanner puts into the machine. They are taken away from the global object before a bundle runs. */
interface HostFunctions {
  record(kind: string, target: string, payload: string, at: number): void;
  generated(via: string, text: string): void;
  parseUrl(address: string, base: string): string;
  wasm(bytes: string): string;
  failed(message: string): void;
}

const name = "__vitrineHost";
const functions = world[name] as HostFunctions;
delete world[name];

let clock: () => number = () => 0;
let muted = 0;

export function useClock(now: () => number): void {
  clock = now;
}

/** Keeps what the harness itself does out of the record. */
export function silently<Result>(work: () => Result): Result {
  muted += 1;
  try {
    return work();
  } finally {
    muted -= 1;
  }
}

/** Tells the host what the bundle did. The payload is only searched for data that should not leave; it is not kept. */
export function record(kind: string, target: unknown = "", payload: unknown = ""): void {
  if (muted === 0) functions.record(kind, textOf(target), textOf(payload), clock());
}

export function recordCode(via: string, code: unknown): void {
  if (muted === 0) functions.generated(via, textOf(code));
}

export function recordError(error: unknown): void {
  try {
    const { name: kind, message } = (error ?? {}) as { name?: unknown; message?: unknown };
    functions.failed(kind === undefined ? textOf(error) : `${textOf(kind)}: ${textOf(message)}`);
  } catch {
    functions.failed("unreadable error");
  }
}

export function parseUrl(address: unknown, base: unknown): Bag | undefined {
  const answer = functions.parseUrl(textOf(address), textOf(base));
  return answer === "" ? undefined : (native.parse(answer) as Bag);
}

export function describeWasm(bytes: unknown): Bag {
  return native.parse(functions.wasm(textOf(bytes))) as Bag;
}
