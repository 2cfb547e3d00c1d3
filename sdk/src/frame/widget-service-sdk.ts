import { GroError } from "./gro-error.js";

/** The other documented class. Its connectors answer clearly until the host offers them. */
export class WidgetServiceSDK {
  readonly connectors = Object.freeze({
    execute: (): Promise<never> => Promise.reject(new GroError({ code: "UNKNOWN_METHOD", message: "UNKNOWN_METHOD", retryable: false })),
  });
}
