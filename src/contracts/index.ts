export { addressBucket } from "./address-bucket.js";
export { type Capability, type Confirmation, defineCapability, type Powers, type RateLimit, type VerifiedImage } from "./capability.js";
export { type Condition, defineCondition, type OptionField } from "./condition.js";
export { errorStatus, toWireError, VitrineError } from "./error-table.js";
export { type Finding, type Place, type Severity } from "./finding.js";
export { outsideHost } from "./outside-url.js";
export { definePlugin, type Plugin, pluginContractVersion } from "./plugin.js";
export {
  type ActivityItem,
  type BlobStore,
  type BrokerRecords,
  type BrokerWrites,
  type CallOwner,
  type CallSubject,
  type Change,
  type ChangeBus,
  type NewVersion,
  type PageRecords,
  type PlacedWidget,
  type PortalCommunity,
  type PortalRecords,
  type PublishingRecords,
  type RateLimiter,
  type SandboxRecords,
  type ServableVersion,
  type SessionRecord,
  type SessionStore,
  type SubscriptionDetail,
  type SubscriptionSummary,
  type VersionRecord,
} from "./ports.js";
export { type BehaviourEvent, type Report, type ReportStep } from "./report.js";
export {
  type Behaviour,
  type BehaviourRule,
  defineRule,
  type JavaScriptRule,
  type Rule,
  type RuleCategory,
  type RuleContext,
  type RuleMessage,
  type RuleMeta,
  type RuleReport,
  ruleCategories,
  type SourceFile,
  type TextRule,
} from "./rule.js";
export {
  type ComposedPage,
  type FrameAddresses,
  type FramePreparer,
  type PageComposer,
  type Pipeline,
  type Publisher,
  type PublishResult,
} from "./services.js";
export { type SignInMethod, type SignInPowers } from "./sign-in-method.js";
export {
  type CustomerActor,
  type Destination,
  destinations,
  type Role,
  type Runtime,
  roles,
  runtimes,
  type Slot,
  type StaffActor,
} from "./widget.js";
