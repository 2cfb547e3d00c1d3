import { LRUCache } from "lru-cache";
import type { BlobStore } from "../contracts/index.js";
import type { ArtifactBuilder } from "./build-artifact.js";
import { prepareScript, type ScriptAnswers } from "./compress.js";

/** Bytes of ready scripts, all codings counted, that stay in memory. */
const memory = 128 * 1024 * 1024;

/** A ready script and who may load it. */
export interface Script {
  readonly digest: string;
  readonly answers: ScriptAnswers;
  /** Versions whose document named this file. */
  readonly versions: Set<string>;
  /** Until when a preview that was opened may load it. */
  previewUntil: number;
  /** Until when, and in which epoch, it was found to be in use. */
  liveUntil: number;
  liveEpoch: number;
}

export interface Scripts {
  /** The script of a bundle, built and compressed at most once at a time. Throws when bundle or builder fail. */
  load(version: { readonly digest: string; readonly format: "script" | "module" }): Promise<Script>;
  peek(digest: string): Script | undefined;
  /** By its own digest: from memory, or from the blob store when another process made it. */
  find(digest: string): Promise<Script | undefined>;
}

export function createScripts(blobs: BlobStore, artifacts: ArtifactBuilder): Scripts {
  const ready = new LRUCache<string, Script>({ maxSize: memory, sizeCalculation: sizeOf });
  const builtFrom = new LRUCache<string, string>({ max: 20_000 });
  const running = new Map<string, Promise<Script>>();

  const once = (key: string, make: () => Promise<Script>) => {
    const current = running.get(key);
    if (current) return current;
    const made = make().finally(() => running.delete(key));
    running.set(key, made);
    return made;
  };
  const add = async (body: Buffer, digest: string): Promise<Script> => {
    const existing = ready.get(digest);
    if (existing) return existing;
    const answers = await prepareScript(body, digest, (smaller) => {
      answers.brotli = smaller;
    });
    const script: Script = { digest, answers, versions: new Set(), previewUntil: 0, liveUntil: 0, liveEpoch: -1 };
    ready.set(digest, script);
    return script;
  };

  return {
    load({ digest, format }) {
      const key = `${digest}.${format}`;
      const known = ready.get(builtFrom.get(key) ?? "");
      if (known) return Promise.resolve(known);
      return once(key, async () => {
        const bundle = await blobs.get(digest);
        if (!bundle) throw new Error("The bundle's bytes are not in the blob store");
        const artifact = artifacts.build(bundle, format);
        await blobs.put(artifact.body);
        const script = await add(artifact.body, artifact.digest);
        builtFrom.set(key, artifact.digest);
        return script;
      });
    },
    peek: (digest) => ready.get(digest),
    async find(digest) {
      const known = ready.get(digest);
      if (known) return known;
      const body = await blobs.get(digest);
      // The store also holds images and bare bundles: only a file that begins with the lockdown is a script of ours.
      if (!body || !artifacts.isArtifact(body)) return undefined;
      return once(`blob.${digest}`, () => add(body, digest));
    },
  };
}

function sizeOf({ answers }: Script): number {
  return answers.identity.body.length + answers.gzip.body.length + answers.brotli.body.length + 4_096;
}
