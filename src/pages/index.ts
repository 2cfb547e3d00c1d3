export { createPageComposer } from "./compose-page.js";
export { decideVisibility, type VisibilityDecision } from "./decide-visibility.js";
