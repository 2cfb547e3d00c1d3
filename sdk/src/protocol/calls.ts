/** What the host knows of a capability: enough to refuse early. The server decides again. */
export interface HostCapability {
  readonly method: string;
  /** The scope's name. */
  readonly scope: string;
  readonly confirms: boolean;
  readonly takesImage: boolean;
  readonly rateLimit: { readonly calls: number; readonly perSeconds: number };
}

/** What a customer is asked, as the server words it. */
export interface ConfirmationRequest {
  readonly subject: string;
  readonly action: string;
  readonly changes: readonly { readonly label: string; readonly was: string | null; readonly now: string | null }[];
}
