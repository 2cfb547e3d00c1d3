/** What a sign-in method may do: look customers up, nothing else. */
export interface SignInPowers {
  /** Active customers of the community, at most 50, for demo sign-in. */
  listCustomers(): Promise<readonly { id: string; name: string; email: string; communityName: string }[]>;
  findCustomerByEmail(email: string): Promise<{ id: string; passwordHash: string | null } | undefined>;
  verifyPassword(password: string, hash: string | null): Promise<boolean>;
}

/** A way for customers to sign in to the portal. */
export interface SignInMethod {
  readonly id: string;
  readonly label: string;
  /** Shown only when this answers true (demo sign-in: development only). */
  isEnabled(environment: { readonly production: boolean }): boolean;
  /** The form: either fields, or choices to click. */
  form(powers: SignInPowers): Promise<{
    readonly fields: readonly { readonly name: string; readonly label: string; readonly type: "text" | "email" | "password" }[];
    readonly choices: readonly { readonly value: string; readonly label: string; readonly hint: string }[];
  }>;
  /** The customer's id, or undefined: the answer never says why. */
  authenticate(powers: SignInPowers, input: Readonly<Record<string, string>>): Promise<string | undefined>;
}
