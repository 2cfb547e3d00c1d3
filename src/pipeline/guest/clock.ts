import { record, recordCode, recordError, useClock } from "./host.js";
import { asNative, type Callback, expose, native, textOf, world } from "./natives.js";

/** A day in January: the scanner's clock always starts here, so a verdict never depends on when it was made. */
export const epoch = 1_768_478_400_000;
const maxTimers = 5000;
const maxRepeats = 12;
const maxChain = 500;

interface Timer {
  readonly id: number;
  readonly order: number;
  due: number;
  readonly every: number | undefined;
  runs: number;
  readonly callback: unknown;
  readonly args: readonly unknown[];
}

let now = 0;
let ids = 0;
let ran = 0;
const timers: Timer[] = [];

export function elapsed(): number {
  return now;
}

function add(callback: unknown, delay: unknown, every: boolean, args: readonly unknown[]): number {
  ids += 1;
  const wait = Math.max(every ? 4 : 0, Number(delay) || 0);
  if (typeof callback !== "function") recordCode(every ? "setInterval" : "setTimeout", callback);
  if (timers.length < maxTimers)
    timers.push({ id: ids, order: ids, due: now + wait, every: every ? wait : undefined, runs: 0, callback, args });
  return ids;
}

/** A timer of the page's own. */
export function schedule(work: () => unknown, delay: number): void {
  add(work, delay, false, []);
}

function remove(id: unknown): void {
  const index = timers.findIndex((timer) => timer.id === Number(id));
  if (index >= 0) timers.splice(index, 1);
}

/** Runs the next timer that is due, moving the clock to it. false when there is none, or when timers only beget timers. */
export function runNextTimer(): boolean {
  if (ran >= maxChain) return false;
  let next: Timer | undefined;
  for (const timer of timers) if (!next || timer.due < next.due || (timer.due === next.due && timer.order < next.order)) next = timer;
  if (!next) return false;
  ran += 1;
  now = Math.max(now, next.due);
  next.runs += 1;
  if (next.every === undefined || next.runs >= maxRepeats) timers.splice(timers.indexOf(next), 1);
  else next.due = now + next.every;
  try {
    if (typeof next.callback === "function") native.apply(next.callback as Callback, world, next.args as unknown[]);
    else native.apply(world["eval"] as Callback, world, [textOf(next.callback)]);
  } catch (error) {
    recordError(error);
  }
  return true;
}

/** The driver's stages each get a fresh allowance of timers. */
export function allowTimers(): void {
  ran = 0;
}

export function installClock(): void {
  useClock(() => now);
  expose("setTimeout", (callback: unknown, delay: unknown, ...args: unknown[]) => add(callback, delay, false, args));
  expose("setInterval", (callback: unknown, delay: unknown, ...args: unknown[]) => {
    record("timer.interval", delay);
    return add(callback, delay, true, args);
  });
  expose("setImmediate", undefined);
  expose("clearTimeout", remove);
  expose("clearInterval", remove);
  expose("requestAnimationFrame", (callback: unknown) => add(callback, 16, false, [now + 16]));
  expose("cancelAnimationFrame", remove);
  expose("requestIdleCallback", (callback: unknown) => add(callback, 1, false, [{ didTimeout: false, timeRemaining: () => 10 }]));
  expose("cancelIdleCallback", remove);
  expose("queueMicrotask", (work: Callback) => {
    void native.Promise.resolve().then(work).catch(recordError);
  });
  installDate();
  let seed = 0x2f6e2b1;
  Math.random = asNative("random", () => {
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    return (seed >>> 0) / 4_294_967_296;
  });
  expose("performance", {
    now: asNative("now", () => now),
    timeOrigin: epoch,
    mark: asNative("mark", () => ({})),
    measure: asNative("measure", () => ({ duration: 0 })),
    getEntries: asNative("getEntries", () => []),
    getEntriesByType: asNative("getEntriesByType", () => []),
    getEntriesByName: asNative("getEntriesByName", () => []),
    clearMarks: asNative("clearMarks", () => undefined),
    clearMeasures: asNative("clearMeasures", () => undefined),
    timing: { navigationStart: epoch, loadEventEnd: epoch + 20 },
    toJSON: asNative("toJSON", () => ({})),
  });
}

function installDate(): void {
  const RealDate = native.Date;
  const FakeDate = function Date(this: unknown, ...args: unknown[]): unknown {
    if (new.target === undefined) return new RealDate(epoch + now).toString();
    const made =
      args.length === 0 ? new RealDate(epoch + now) : native.apply(Reflect.construct as unknown as Callback, undefined, [RealDate, args]);
    return Object.setPrototypeOf(made, (new.target as { prototype: object }).prototype) as unknown;
  };
  FakeDate.prototype = RealDate.prototype;
  Object.assign(FakeDate, { parse: RealDate.parse, UTC: RealDate.UTC, now: asNative("now", () => epoch + now) });
  native.define(RealDate.prototype, "constructor", { value: FakeDate, writable: true, configurable: true });
  expose("Date", FakeDate);
}
