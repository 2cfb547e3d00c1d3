/** Something outside the code is not as the command needs it: says what is wrong and what to do. Ends with exit code 2. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }
}

/** The operating system's error code of a thrown value, such as ENOENT. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
