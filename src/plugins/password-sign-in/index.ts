import { z } from "zod";
import { definePlugin, pluginContractVersion, type SignInMethod } from "../../contracts/index.js";

/** Bounds keep a hash function from being fed megabytes. */
const credentials = z.object({
  email: z
    .string()
    .max(254)
    .transform((email) => email.trim().toLowerCase())
    .pipe(z.string().min(1)),
  password: z.string().min(1).max(500),
});

const passwordSignIn: SignInMethod = {
  id: "password",
  label: "E-mail and password",
  isEnabled: () => true,
  form: async () => ({
    fields: [
      { name: "email", label: "E-mail", type: "email" },
      { name: "password", label: "Password", type: "password" },
    ],
    choices: [],
  }),
  async authenticate(powers, input) {
    const parsed = credentials.safeParse(input);
    if (!parsed.success) return undefined;
    const customer = await powers.findCustomerByEmail(parsed.data.email);
    // Verified against nothing for an unknown address too: the time taken must not tell which addresses exist.
    const matches = await powers.verifyPassword(parsed.data.password, customer?.passwordHash ?? null);
    return matches && customer !== undefined && customer.passwordHash !== null ? customer.id : undefined;
  },
};

/** Customers sign in with e-mail and password. */
export const passwordSignInPlugin = definePlugin({
  name: "password-sign-in",
  version: "1.0.0",
  contract: pluginContractVersion,
  signInMethods: [passwordSignIn],
});
