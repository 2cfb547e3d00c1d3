import { accountSettings } from "./account-settings.js";
import { activity } from "./activity.js";
import { community } from "./community.js";
import { customer } from "./customer.js";
import type { ResourceDefinition } from "./definition.js";
import { entity } from "./entity.js";
import { grant } from "./grant.js";
import { line } from "./line.js";
import { media } from "./media.js";
import type { ResourceId } from "./policy.js";
import { scope } from "./scope.js";
import { subscription } from "./subscription.js";
import { user } from "./user.js";
import { widget } from "./widget.js";
import { widgetVersion } from "./widget-version.js";

/** Every resource by its id; the type makes a missing or misnamed one an error. */
export const catalogue: Readonly<Record<ResourceId, ResourceDefinition>> = {
  communities: community,
  media,
  widgets: widget,
  "widget-versions": widgetVersion,
  grants: grant,
  customers: customer,
  subscriptions: subscription,
  entities: entity,
  lines: line,
  activities: activity,
  users: user,
  scopes: scope,
  "account-settings": accountSettings,
};
