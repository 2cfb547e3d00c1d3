import type { IncomingMessage, ServerResponse } from "node:http";
import { VitrineError } from "../../contracts/index.js";

/**
 * Reads a body into memory, at most `limit` bytes and within `deadlineMs`, however it trickles in. Throws TOO_LARGE, TIMEOUT, or
 * PROTOCOL when the sender went away.
 */
export function readBody(request: IncomingMessage, limit: number, deadlineMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const declared = Number(request.headers["content-length"] ?? 0);
    if (declared > limit) {
      reject(new VitrineError("TOO_LARGE"));
      return;
    }
    if (request.destroyed || request.readableEnded) {
      reject(new VitrineError("PROTOCOL", { reason: "body" }));
      return;
    }
    const parts: Buffer[] = [];
    let size = 0;
    const finish = (error: Error | undefined) => {
      clearTimeout(timer);
      request.off("data", onData).off("end", onEnd).off("close", onClose).off("error", onClose);
      request.pause();
      if (error) reject(error);
      else resolve(Buffer.concat(parts, size));
    };
    const onData = (part: Buffer) => {
      size += part.length;
      if (size > limit) finish(new VitrineError("TOO_LARGE"));
      else parts.push(part);
    };
    const onEnd = () => finish(undefined);
    const onClose = () => finish(new VitrineError("PROTOCOL", { reason: "body" }));
    const timer = setTimeout(() => finish(new VitrineError("TIMEOUT")), deadlineMs);
    request.on("data", onData).on("end", onEnd).on("close", onClose).on("error", onClose);
  });
}

const lingerBytes = 16 * 1024 * 1024;
const lingerMs = 5_000;

/**
 * For answers given before the body was read: takes in and drops what is still under way, so that the sender gets to read the
 * answer instead of a reset connection; past a bound of bytes or time the connection ends.
 */
export function dropRest(request: IncomingMessage, response: ServerResponse): void {
  if (request.complete || request.destroyed) return;
  const { socket } = request;
  let dropped = 0;
  const end = () => socket.destroy();
  const timer = setTimeout(end, lingerMs);
  timer.unref();
  request.on("data", (part: Buffer) => {
    dropped += part.length;
    if (dropped > lingerBytes) end();
  });
  request.once("close", () => clearTimeout(timer)).once("end", () => clearTimeout(timer));
  request.on("error", () => response.destroy());
  request.resume();
}
