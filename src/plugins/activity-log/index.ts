import { defineCapability, definePlugin, pluginContractVersion } from "../../contracts/index.js";
import { entry } from "./entry.js";

const activityLog = defineCapability({
  id: "activity.log",
  scope: {
    name: "subscription.activity_log",
    title: "Log activity",
    allows: "Write-only. Record a was/now activity log on the subscription.",
  },
  rateLimit: { calls: 60, perSeconds: 60 },
  params: entry,
  confirms: false,
  async run(powers, params) {
    const { id } = await powers.appendActivity(params);
    return { data: { id } };
  },
});

/** `activity.log`: create-only entries on the subscription's feed. */
export const activityLogPlugin = definePlugin({
  name: "activity-log",
  version: "1.0.0",
  contract: pluginContractVersion,
  capabilities: [activityLog],
});
