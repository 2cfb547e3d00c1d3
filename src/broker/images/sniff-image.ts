export type ImageKind = "png" | "jpeg" | "webp" | "gif";

const startsWith = (bytes: Buffer, text: string, at = 0) => bytes.subarray(at, at + text.length).equals(Buffer.from(text, "latin1"));

/**
 * The kind of image that bytes begin as; undefined for everything else. Four signatures on purpose, not a sniffing library: one
 * that knows a hundred formats parses a hundred formats of hostile bytes. The decoder then has to agree. Pure.
 */
export function sniffImage(bytes: Buffer): ImageKind | undefined {
  if (startsWith(bytes, "\x89PNG\r\n\x1a\n")) return "png";
  if (startsWith(bytes, "\xff\xd8\xff")) return "jpeg";
  if (startsWith(bytes, "GIF87a") || startsWith(bytes, "GIF89a")) return "gif";
  if (startsWith(bytes, "RIFF") && startsWith(bytes, "WEBP", 8)) return "webp";
  return undefined;
}
