import type { Behaviour, BehaviourEvent } from "../../contracts/index.js";
import { visibleText } from "../findings/visible-text.js";
import { branding, canaries, sampleMedia } from "../guest/samples.js";
import { findCanaries } from "./find-canaries.js";

const maxEvents = 1000;
const maxPerKind = 120;
const maxGenerated = 40;
const maxGeneratedText = 256 << 10;
const maxErrors = 20;
/** What leaves the frame when it happens. Calls of the platform's own SDK do not: the broker judges those. */
const outgoing = /^(?:request\.|send\.websocket|navigate|open$|link|post\.parent|form\.action|frame\.srcdoc|history)/;

/** Addresses that the page itself hands to the widget. */
const given = new Set([branding.logo_url, sampleMedia]);
const maxSame = 3;

export interface Recorder {
  /** The bundle, before it runs: what it makes is told apart from what is written in it. */
  open(source: string): void;
  record(kind: string, target: string, payload: string, at: number): void;
  generated(via: string, text: string): void;
  failed(message: string): void;
  finish(stopped: Behaviour["stopped"]): Behaviour;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", v: "\v", "\n": "", "\r": "" };

/** Keeps what the bundle did: bounded, in order, and with a `leak` event wherever sample data is in something that leaves. */
export function createRecorder(): Recorder {
  const events: BehaviourEvent[] = [];
  const counts = new Map<string, number>();
  const generated: { via: string; text: string }[] = [];
  const errors: string[] = [];
  let readyCalled = false;
  let source = "";
  let plain: string | undefined;

  /** Whether a text stands in the source as it is, escapes undone. */
  const isWritten = (text: string): boolean => {
    if (source.includes(text)) return true;
    plain ??= source.replace(/\\(?:u([\da-f]{4})|x([\da-f]{2})|([\s\S]))/gi, (_, long: string, short: string, other: string) => {
      const code = long ?? short;
      return code === undefined ? (escapes[other] ?? other) : String.fromCharCode(Number.parseInt(code, 16));
    });
    return plain.includes(text);
  };

  const keep = (kind: string, target: string, at: number): void => {
    const count = counts.get(kind) ?? 0;
    const same = counts.get(`${kind} ${target}`) ?? 0;
    if (same >= maxSame) return;
    counts.set(kind, count + 1);
    counts.set(`${kind} ${target}`, same + 1);
    if (events.length < maxEvents && count < maxPerKind) events.push({ at: Math.round(at), kind, target: visibleText(target, 300) });
  };

  return {
    open(text) {
      source = text;
    },
    record(kind, target, payload, at) {
      if (given.has(target)) return;
      keep(kind, target, at);
      if (kind === "gro.onReady") readyCalled = true;
      if (!outgoing.test(kind)) return;
      // An address that carries something the source does not hold.
      if (/^request\.(?:image|media|css|link)$/.test(kind) && !isWritten(target.replace(/^\S* /, "")))
        keep("beacon", `${kind.slice(8)} ${target}`, at);
      for (const name of findCanaries(`${target}\n${payload}`, canaries)) keep("leak", `${name} through ${kind} to ${target}`, at);
    },
    generated(via, text) {
      keep(isWritten(text) ? "code" : "code.made", `${via}: ${text.slice(0, 200)}`, 0);
      if (text.trim() !== "" && generated.length < maxGenerated && !generated.some((layer) => layer.text === text))
        generated.push({ via, text: text.slice(0, maxGeneratedText) });
    },
    failed(message) {
      if (errors.length < maxErrors && !errors.includes(message)) errors.push(visibleText(message, 300));
    },
    finish: (stopped) => ({ events, ...(stopped === undefined ? {} : { stopped }), generated, errors, readyCalled }),
  };
}
