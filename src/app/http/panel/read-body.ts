import express, { type NextFunction, type Request, type RequestHandler, type Response } from "express";
import multer from "multer";
import { BundleFile } from "../../../resources/index.js";

const fieldBytes = 256 * 1024;
/** Lets the pipeline say "too large" for files just above the limit. */
const slackBytes = 64 * 1024;

/**
 * Reads the body of a POST behind the gate, into memory only: no temporary file can be left anywhere. Files are taken by the
 * two actions that upload a bundle, one file each; anywhere else a file is an error.
 */
export function createBodyReader(maxBundleBytes: number) {
  const upload = multer({
    storage: multer.memoryStorage(),
    defParamCharset: "utf8",
    limits: {
      fileSize: maxBundleBytes + slackBytes,
      files: 1,
      fields: 200,
      fieldNameSize: 200,
      fieldSize: fieldBytes,
      parts: 201,
      headerPairs: 20,
    },
  });
  const withBundle = upload.single("bundle");
  const withoutFile = upload.none();
  const json = express.json({ limit: fieldBytes, strict: true });
  const form = express.urlencoded({ extended: false, limit: fieldBytes, parameterLimit: 200 });

  return async function readBody(request: Request, response: Response, takesBundle: boolean): Promise<Record<string, unknown>> {
    const parser = chooseParser(request, takesBundle);
    if (!parser) return {};
    await run(parser, request, response);
    const body: unknown = request.body;
    const fields = typeof body === "object" && body !== null && !Array.isArray(body) ? { ...(body as Record<string, unknown>) } : {};
    const { file } = request;
    return file ? { ...fields, bundle: new BundleFile(file.originalname, file.buffer) } : fields;
  };

  function chooseParser(request: Request, takesBundle: boolean): RequestHandler | undefined {
    if (request.is("multipart/form-data")) return takesBundle ? withBundle : withoutFile;
    if (request.is("application/json")) return json;
    if (request.is("application/x-www-form-urlencoded")) return form;
    const empty = request.get("content-length") === undefined || request.get("content-length") === "0";
    if (empty && request.get("transfer-encoding") === undefined) return undefined;
    throw new BodyError(415, "UNSUPPORTED_MEDIA", "Send a form or JSON.");
  }
}

/** A body that cannot be taken, with its status. */
export class BodyError extends Error {
  override readonly name = "BodyError";
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

function run(parser: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    const next: NextFunction = (error?: unknown) => (error === undefined || error === null ? resolve() : reject(toBodyError(error)));
    void parser(request, response, next);
  });
}

function toBodyError(error: unknown): BodyError {
  const tooLarge = error instanceof multer.MulterError ? error.code === "LIMIT_FILE_SIZE" : isTooLarge(error);
  if (tooLarge) return new BodyError(413, "TOO_LARGE", "This is too large.");
  if (error instanceof multer.MulterError && error.code === "LIMIT_UNEXPECTED_FILE")
    return new BodyError(400, "UNEXPECTED_FILE", "No file is taken here.");
  return new BodyError(400, "MALFORMED", "The request could not be read.");
}

const isTooLarge = (error: unknown): boolean => typeof error === "object" && error !== null && "status" in error && error.status === 413;
