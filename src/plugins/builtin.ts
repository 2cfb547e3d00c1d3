import type { Plugin } from "../contracts/index.js";
import { activityLogPlugin } from "./activity-log/index.js";
import { demoSignInPlugin } from "./demo-sign-in/index.js";
import { entityUpdatePlugin } from "./entity-update/index.js";
import { mediaUploadPlugin } from "./media-upload/index.js";
import { passwordSignInPlugin } from "./password-sign-in/index.js";
import { visibilityBasicsPlugin } from "./visibility-basics/index.js";

/** What the server ships with, through the same door as a third party's. Rules have their own list: they load in the scanner's worker. */
export const builtinPlugins: readonly Plugin[] = [
  entityUpdatePlugin,
  activityLogPlugin,
  mediaUploadPlugin,
  visibilityBasicsPlugin,
  passwordSignInPlugin,
  demoSignInPlugin,
];
