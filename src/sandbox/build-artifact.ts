import { createHash } from "node:crypto";
import MagicString from "magic-string";
import { isOneWrappedCall, type ParsedBundle, parseBundle, UnwrappableBundle } from "./parse-bundle.js";
import { topLevelNames } from "./top-level-names.js";
import { unwrapModule } from "./unwrap-module.js";

export interface ArtifactBuilderOptions {
  /** The frame SDK as one classic script: lockdown first, then the definition of VITRINE. */
  readonly frameSdk: string;
}

export interface Artifact {
  readonly body: Buffer;
  /** SHA-256 (hex) of `body`. */
  readonly digest: string;
}

export interface ArtifactBuilder {
  /** Throws UnwrappableBundle when the bundle could not stand inside the wrapper. Same bytes in, same bytes out. */
  build(bundle: Uint8Array, format: "script" | "module"): Artifact;
  /** Does this file begin as every artifact does? */
  isArtifact(bytes: Uint8Array): boolean;
}

/**
 * Makes the one file of a version: lockdown, SDK, and the bundle as a function that runs after the handshake. Line breaks of
 * the bundle stay where they are.
 */
export function createArtifactBuilder({ frameSdk }: ArtifactBuilderOptions): ArtifactBuilder {
  const head = Buffer.from(`${frameSdk.trimEnd()}\n;`);
  return {
    build(bundle, format) {
      const call = wrap(parseBundle(bundle, format), format);
      if (!isOneWrappedCall(call)) throw new UnwrappableBundle("leaves its wrapper");
      const body = Buffer.concat([head, Buffer.from(call)]);
      return { body, digest: createHash("sha256").update(body).digest("hex") };
    },
    isArtifact: (bytes) => head.equals(bytes.subarray(0, head.length)),
  };
}

/** The parentheses around the function tell engines to compile it while the file arrives, not again when it is called. */
function wrap(bundle: ParsedBundle, format: "script" | "module"): string {
  const text = new MagicString(bundle.source);
  blankSourceMaps(bundle, text);
  if (format === "module") {
    const { exports, usesTopLevelAwait } = unwrapModule(bundle, text, unusedName(bundle.source, "$default"));
    const returned = exports.map(([name, local]) => `[${JSON.stringify(name)}]:${local}`).join(",");
    return `VITRINE((${usesTopLevelAwait ? "async " : ""}function(){"use strict";\n${text.toString()}\nreturn{${returned}}\n}),true);\n`;
  }
  const expose = unusedName(bundle.source, "$expose");
  const value = unusedName(bundle.source, "$value");
  const names = [...topLevelNames(bundle.program)];
  if (names.length > 0) {
    const accessors = names.map((name) => `[${JSON.stringify(name)}]:[()=>${name},${value}=>{${name}=${value}}]`).join(",");
    // After the directives, or they would no longer be directives.
    text.appendLeft(endOfDirectives(bundle), `;${expose}({${accessors}});`);
  }
  return `VITRINE((function(${expose}){\n${text.toString()}\n}),false);\n`;
}

function endOfDirectives({ program }: ParsedBundle): number {
  let end = 0;
  for (const statement of program.body) {
    if (statement.type !== "ExpressionStatement" || statement.directive === undefined) break;
    ({ end } = statement);
  }
  return end;
}

/** Developer tools would fetch the address in such a comment from outside the frame's policy. */
function blankSourceMaps({ comments, source }: ParsedBundle, text: MagicString): void {
  for (const comment of comments) {
    if (!/[#@]\s*source(?:Mapping)?URL\s*=/i.test(comment.value)) continue;
    const lines = source.slice(comment.start, comment.end).replace(/[^\n\r\u2028\u2029]+/g, "");
    if (lines.length > 0 || comment.type === "Block") text.update(comment.start, comment.end, ` ${lines}`);
    else text.remove(comment.start, comment.end);
  }
}

function unusedName(source: string, stem: string): string {
  let name = stem;
  for (let n = 0; source.includes(name); n++) name = `${stem}${n}`;
  return name;
}
