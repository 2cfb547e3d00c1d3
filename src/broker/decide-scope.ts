import type { CallSubject, Capability } from "../contracts/index.js";
import { allowed, type Decision, denied } from "./decision.js";

/** An admin granted this scope to this widget. Pure. */
export function decideGrant(subject: CallSubject, capability: Capability): Decision {
  return subject.grantedScopes.includes(capability.scope.name) ? allowed : denied("SCOPE_NOT_GRANTED", "scope_not_granted");
}

/** Neither the catalogue nor the community switched it off, by scope or by method name. Pure. */
export function decideSetting(subject: CallSubject, capability: Capability): Decision {
  const off = subject.disabledScopes.some((name) => name === capability.scope.name || name === capability.id);
  return off ? denied("CAPABILITY_DISABLED", "capability_disabled") : allowed;
}
