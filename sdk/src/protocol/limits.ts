/** The protocol version that this code speaks. A hello with another one is refused with UNSUPPORTED_PROTOCOL. */
export const protocolVersion = 1;

/** Bounds on what one frame may ask of its host. Both ends import them, so neither guesses. */
export const limits = {
  /** Parameters of a call, counted as UTF-16 units of every key and string plus eight for every other value. */
  paramsSize: 64 * 1024,
  paramsDepth: 16,
  paramsNodes: 5_000,
  /** Bytes of an uploaded image (5 MB). */
  imageBytes: 5 * 1024 * 1024,
  /** Calls that wait for an answer at the same time. */
  inFlight: 8,
  /** Messages on the port: tokens at the start, and tokens that come back per second. Spent means the mount ends. */
  messageBurst: 1_000,
  messagesPerSecond: 200,
  /** Malformed messages before the mount ends. */
  malformed: 5,
  /** Messages to the host's window after the handshake before the mount ends. They are never read. */
  strayMessages: 50,
  /** Frame height in CSS pixels. */
  maxHeight: 8_000,
  idLength: 64,
} as const;
