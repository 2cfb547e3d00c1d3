export { createPanel } from "./create-panel.js";
export type { PanelOptions, StaffAccount, StaffAccounts } from "./panel-options.js";
export { signInLimits } from "./sign-in.js";
