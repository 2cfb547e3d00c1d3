export { BundleFile } from "./actions/uploaded-bundle.js";
export { createAdmin } from "./create-admin.js";
export { describePanel, type PanelView } from "./panel-view.js";
export {
  type ActionName,
  type ActionShape,
  actionShapes,
  allowedActions,
  isActionName,
  isResourceId,
  mayDo,
  policy,
  type ResourceId,
  resourceIds,
} from "./policy.js";
export type { PanelFeed, PanelLogger, PanelServices, Passwords, Write } from "./services.js";
