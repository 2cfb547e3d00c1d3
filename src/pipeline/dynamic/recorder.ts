import type { Behaviour, BehaviourEvent } from "../../contracts/index.js";
import { visibleText } from "../findings/visible-text.js";
import { canaries } from "../guest/samples.js";
import { findCanaries } from "./find-canaries.js";

const maxEvents = 1000;
const maxPerKind = 120;
const maxGenerated = 40;
const maxGeneratedText = 256 << 10;
const maxErrors = 20;
/** What leaves the frame when it happens. Calls of the platform's own SDK do not: the broker judges those. */
const outgoing = /^(?:request\.|send\.websocket|navigate|open$|link|form\.action|frame\.srcdoc|history)/;

export interface Recorder {
  record(kind: string, target: string, payload: string, at: number): void;
  generated(via: string, text: string): void;
  failed(message: string): void;
  finish(stopped: Behaviour["stopped"]): Behaviour;
}

/** Keeps what the bundle did: bounded, in order, and with a `leak` event wherever sample data is in something that leaves. */
export function createRecorder(): Recorder {
  const events: BehaviourEvent[] = [];
  const counts = new Map<string, number>();
  const generated: { via: string; text: string }[] = [];
  const errors: string[] = [];
  let readyCalled = false;

  const keep = (kind: string, target: string, at: number): void => {
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    if (events.length < maxEvents && count < maxPerKind) events.push({ at: Math.round(at), kind, target: visibleText(target, 300) });
  };

  return {
    record(kind, target, payload, at) {
      keep(kind, target, at);
      if (kind === "gro.onReady") readyCalled = true;
      if (!outgoing.test(kind)) return;
      for (const name of findCanaries(`${target}\n${payload}`, canaries)) keep("leak", `${name} through ${kind} to ${target}`, at);
    },
    generated(via, text) {
      keep("code", `${via}: ${text.slice(0, 200)}`, 0);
      if (text.trim() !== "" && generated.length < maxGenerated && !generated.some((layer) => layer.text === text))
        generated.push({ via, text: text.slice(0, maxGeneratedText) });
    },
    failed(message) {
      if (errors.length < maxErrors && !errors.includes(message)) errors.push(visibleText(message, 300));
    },
    finish: (stopped) => ({ events, ...(stopped === undefined ? {} : { stopped }), generated, errors, readyCalled }),
  };
}
