/** What a command may touch of the outside: streams, folder, environment. `main.ts` gives the process's, tests give their own. */
export interface Terminal {
  readonly stdin: AsyncIterable<Uint8Array> & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** Resolves when the text was handed over; a reader that has gone away is not an error. */
  write(text: string): Promise<void>;
}

/** Exit codes that scripts rely on. */
export const exitCodes = { clean: 0, rejected: 1, failed: 2 } as const;
