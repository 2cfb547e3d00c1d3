import { accountSettingsSchema } from "./account-settings.js";
import { activitySchema } from "./activity.js";
import { createColumnTypes, type Dialect } from "./column-types.js";
import { communitySchema } from "./community.js";
import { customerSchema } from "./customer.js";
import { entitySchema } from "./entity.js";
import { grantSchema } from "./grant.js";
import { idempotencyRecordSchema } from "./idempotency-record.js";
import { lineSchema } from "./line.js";
import { mediaSchema } from "./media.js";
import { scopeSchema } from "./scope.js";
import { sessionSchema } from "./session.js";
import { subscriptionSchema } from "./subscription.js";
import { userSchema } from "./user.js";
import { widgetSchema } from "./widget.js";
import { widgetVersionSchema } from "./widget-version.js";

export { AccountSettings } from "./account-settings.js";
export { Activity, type ActivityActorKind, type ActivitySource, activityActorKinds, activitySources } from "./activity.js";
export type { Dialect } from "./column-types.js";
export { Community } from "./community.js";
export { Customer } from "./customer.js";
export { Entity } from "./entity.js";
export { Grant } from "./grant.js";
export { IdempotencyRecord } from "./idempotency-record.js";
export { Line } from "./line.js";
export { Media } from "./media.js";
export { Scope } from "./scope.js";
export { Session } from "./session.js";
export { Subscription, type SubscriptionStatus, subscriptionStatuses } from "./subscription.js";
export { User } from "./user.js";
export { Widget } from "./widget.js";
export { WidgetVersion } from "./widget-version.js";

/** Every entity of the product, with column types of one database. */
export function createEntitySchemas(dialect: Dialect) {
  const types = createColumnTypes(dialect);
  return [
    accountSettingsSchema(types),
    activitySchema(types),
    communitySchema(types),
    customerSchema(types),
    entitySchema(types),
    grantSchema(types),
    idempotencyRecordSchema(types),
    lineSchema(types),
    mediaSchema(types),
    scopeSchema(types),
    sessionSchema(types),
    subscriptionSchema(types),
    userSchema(types),
    widgetSchema(types),
    widgetVersionSchema(types),
  ];
}
