import { type Callback, textOf, world } from "./natives.js";

const blobs: string[] = [];

/** Keeps the text of a blob under an address of the bundle's own. */
export function keepBlob(text: string): string {
  blobs.push(text);
  return `blob:null/${blobs.length - 1}`;
}

/** The text behind a `blob:` address made by the bundle, or of a `data:` address. */
export function textBehind(address: unknown): string | undefined {
  const text = textOf(address);
  if (text.startsWith("blob:null/")) return blobs[Number(text.slice(10))];
  const data = /^data:[^,]*?(;base64)?,([\s\S]*)$/i.exec(text);
  if (!data) return undefined;
  try {
    return data[1] ? textOf((world["atob"] as Callback)(data[2])) : plain(data[2] ?? "");
  } catch {
    return undefined;
  }
}

/** Percent-decoded, or as it is when it cannot be. */
export function plain(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, " "));
  } catch {
    return text;
  }
}
