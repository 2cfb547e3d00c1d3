import { randomBytes } from "node:crypto";
import type { VerifiedImage } from "../../contracts/index.js";

const extensions = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/gif": "gif" } as const;

/** A public file name that nobody can guess: 160 random bits, and the extension of what the bytes really are. */
export function nameMedia(contentType: VerifiedImage["contentType"]): string {
  return `${randomBytes(20).toString("hex")}.${extensions[contentType]}`;
}
