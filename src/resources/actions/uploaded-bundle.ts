import { invalid } from "../adapter/where.js";

/** A bundle as the panel's upload middleware hands it over: in memory, never on disk. */
export interface UploadedBundle {
  readonly fileName: string;
  readonly bytes: Buffer;
}

export class BundleFile implements UploadedBundle {
  readonly fileName: string;
  readonly bytes: Buffer;
  constructor(fileName: string, bytes: Buffer) {
    this.fileName = fileName;
    this.bytes = bytes;
  }
}

/** The uploaded file of a request; a text field named `bundle` is not one. */
export function readBundle(payload: Readonly<Record<string, unknown>> | undefined): UploadedBundle {
  const file = payload?.["bundle"];
  if (!(file instanceof BundleFile)) throw invalid({ bundle: "Choose a .js file." });
  if (!/\.m?js$/i.test(file.fileName)) throw invalid({ bundle: "A bundle is a single .js file." });
  if (file.bytes.byteLength === 0) throw invalid({ bundle: "This file is empty." });
  return file;
}
