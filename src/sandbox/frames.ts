import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { ServableVersion } from "../contracts/index.js";
import type { SandboxAddresses } from "./addresses.js";
import { createAnswer, type ReadyAnswer } from "./answer.js";
import { frameDocument } from "./frame-document.js";
import { frameHeaders, validOrigins } from "./frame-headers.js";
import type { Script, Scripts } from "./scripts.js";

/** A version's document, made once per state of the version. */
export interface Frame {
  readonly live: ReadyAnswer;
  readonly preview: ReadyAnswer;
  readonly script: Script;
}

export interface Frames {
  peek(version: ServableVersion): Frame | undefined;
  load(version: ServableVersion): Promise<Frame>;
}

export function createFrames(scripts: Scripts, addresses: SandboxAddresses, appOrigin: string): Frames {
  const made = new LRUCache<string, { frame: Frame; of: ServableVersion }>({ max: 5_000 });

  const peek = (version: ServableVersion) => {
    const entry = made.get(version.versionId);
    if (!entry || !isSame(entry.of, version)) return undefined;
    // The script may have left the memory meanwhile.
    return scripts.peek(entry.frame.script.digest) === entry.frame.script ? entry.frame : undefined;
  };

  return {
    peek,
    async load(version) {
      const known = peek(version);
      if (known) return known;
      const script = await scripts.load(version);
      script.versions.add(version.versionId);
      const parts = {
        scriptUrl: `${addresses.widgetOrigin(version.widgetId)}/b/${script.digest}.js`,
        hostOrigins: validOrigins([appOrigin, ...version.storefrontOrigins]),
      };
      const body = frameDocument(parts);
      const headers = frameHeaders(parts);
      const etag = `"${createHash("sha256").update(body).update(headers.join("\n")).digest("hex").slice(0, 32)}"`;
      const frame: Frame = {
        // Asked again on every view, so that switching a widget off is seen at once; the answer is mostly a 304.
        live: createAnswer(body, [...headers, "Cache-Control", "no-cache"], etag),
        preview: createAnswer(body, [...headers, "Cache-Control", "no-store"]),
        script,
      };
      made.set(version.versionId, { frame, of: version });
      return frame;
    },
  };
}

function isSame(a: ServableVersion, b: ServableVersion): boolean {
  return (
    a === b ||
    (a.digest === b.digest &&
      a.format === b.format &&
      a.widgetId === b.widgetId &&
      a.storefrontOrigins.length === b.storefrontOrigins.length &&
      a.storefrontOrigins.every((origin, index) => origin === b.storefrontOrigins[index]))
  );
}
