import { type CallSubject, type CustomerActor, destinations } from "../contracts/index.js";
import { allowed, type Decision, denied } from "./decision.js";

/** The record found must be the customer's own community's, whatever the store answered. Pure. */
export function decideOwnership(subject: CallSubject | undefined, customer: CustomerActor, subscriptionId: string): Decision {
  if (subject === undefined) return denied("NOT_FOUND", "subject_absent");
  if (subject.widget.communityId !== customer.communityId) return denied("NOT_FOUND", "widget_of_other_community");
  if (subject.context.subscription.id !== subscriptionId) return denied("NOT_FOUND", "other_subscription");
  return allowed;
}

/** Only the version that customers are served now may act; a tab left open on an older one may not. Pure. */
export function decideVersion(subject: CallSubject, versionId: string): Decision {
  if (!subject.widget.active) return denied("WIDGET_INACTIVE", "widget_inactive");
  if (subject.widget.version.id !== versionId) return denied("WIDGET_INACTIVE", "version_not_active");
  return allowed;
}

/** A widget acts only where it would be shown. Pure. */
export function decidePlacement(
  subject: CallSubject,
  isShown: (widget: CallSubject["widget"], context: CallSubject["context"]) => boolean,
): Decision {
  if (!Object.hasOwn(destinations, subject.widget.destination)) return denied("WIDGET_INACTIVE", "unknown_destination");
  return isShown(subject.widget, subject.context) ? allowed : denied("WIDGET_INACTIVE", "not_visible_here");
}
