import type { IncomingHttpHeaders } from "node:http";
import { VitrineError } from "../../contracts/index.js";

const keyShape = /^[A-Za-z0-9_-]{8,100}$/;
const protocol = (reason: string) => new VitrineError("PROTOCOL", { reason });

/**
 * Only this exact type: a form or a "simple" request of another site can send text/plain and two more, never this one. Parameters
 * other than UTF-8 are refused as well, and so is a compressed body.
 */
export function requireContentType(headers: IncomingHttpHeaders, type: "application/json" | "application/octet-stream"): void {
  const given = headers["content-type"]?.toLowerCase().replaceAll(/\s/g, "");
  if (given !== type && !(type === "application/json" && given === "application/json;charset=utf-8")) throw protocol("content_type");
  if (headers["content-encoding"] !== undefined && headers["content-encoding"] !== "identity") throw protocol("content_encoding");
}

/** The idempotency key; undefined only when absent. Two of them arrive as "a, b" and fail. */
export function readIdempotencyKey(headers: IncomingHttpHeaders): string | undefined {
  const key = headers["idempotency-key"];
  if (key === undefined) return undefined;
  if (typeof key !== "string" || !keyShape.test(key)) throw protocol("idempotency_key");
  return key;
}

export function requireIdempotencyKey(headers: IncomingHttpHeaders): string {
  const key = readIdempotencyKey(headers);
  if (key === undefined) throw protocol("idempotency_key");
  return key;
}

/** The length that the sender announced. */
export function readDeclaredSize(headers: IncomingHttpHeaders): number | undefined {
  const length = headers["content-length"];
  return length === undefined ? undefined : Number(length);
}

/** The author's file name for display: decoded, without path, control or direction-changing characters, at most 100 characters. */
export function readFileName(headers: IncomingHttpHeaders): string {
  const given = headers["x-file-name"];
  if (given === undefined) return "image";
  if (typeof given !== "string" || given.length > 2000) throw protocol("file_name");
  let name: string;
  try {
    name = decodeURIComponent(given);
  } catch {
    throw protocol("file_name");
  }
  const last = name.split(/[\\/]/).at(-1) ?? "";
  const plain = Array.from(last.replaceAll(/\p{C}/gu, "").trim()).slice(0, 100).join("");
  return plain === "" ? "image" : plain;
}
