import { z } from "zod";
import { defineCapability, definePlugin, pluginContractVersion, VitrineError } from "../../contracts/index.js";
import { attributes } from "./attributes.js";
import { describeChange } from "./describe-change.js";

/** A change that a dialog cannot show whole is a change that nobody agreed to. */
const mostRows = 50;

const entityUpdate = defineCapability({
  id: "entity.update",
  scope: {
    name: "entity.update",
    title: "Update entities",
    allows: "Update an entity’s flat attributes, for example a pet’s weight.",
  },
  rateLimit: { calls: 30, perSeconds: 60 },
  params: z.strictObject({ id: z.string().min(1).max(64), attributes }),
  confirms: true,
  async confirm(powers, params) {
    const entity = await powers.findEntity(params.id);
    if (!entity) throw new VitrineError("NOT_FOUND");
    const changes = describeChange(entity.attributes, params.attributes);
    if (changes.length > mostRows) {
      const message = `At most ${mostRows} attributes may change in one call: the customer is shown each of them`;
      throw new VitrineError("INVALID_PARAMS", { issues: [{ path: "attributes", message }] });
    }
    return { subject: entity.name, action: "wants to update", changes };
  },
  async run(powers, params) {
    await powers.replaceEntityAttributes(params.id, params.attributes);
    return { data: { id: params.id, attributes: params.attributes } };
  },
});

/** `entity.update`: replaces an entity's attributes after the customer agreed. */
export const entityUpdatePlugin = definePlugin({
  name: "entity-update",
  version: "1.0.0",
  contract: pluginContractVersion,
  capabilities: [entityUpdate],
});
