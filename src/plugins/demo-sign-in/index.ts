import { definePlugin, pluginContractVersion, type SignInMethod } from "../../contracts/index.js";

const demoSignIn: SignInMethod = {
  id: "demo",
  label: "Demo customers",
  // Signs anybody in as a customer of their choice.
  isEnabled: ({ production }) => !production,
  async form(powers) {
    const customers = await powers.listCustomers();
    const choices = customers.map((customer) => ({
      value: customer.id,
      label: customer.name,
      hint: `${customer.email} · ${customer.communityName}`,
    }));
    return { fields: [], choices };
  },
  async authenticate(powers, input) {
    const chosen = Object.hasOwn(input, "choice") ? input["choice"] : undefined;
    if (chosen === undefined) return undefined;
    // Only customers that the form offers, never an id taken at its word.
    const customers = await powers.listCustomers();
    return customers.find((customer) => customer.id === chosen)?.id;
  },
};

/** One click signs in as a seeded customer; development only. The form posts the chosen value as `choice`. */
export const demoSignInPlugin = definePlugin({
  name: "demo-sign-in",
  version: "1.0.0",
  contract: pluginContractVersion,
  signInMethods: [demoSignIn],
});
