export { createPortal, type PortalCaller, type PortalOptions } from "./create-portal.js";
export type { CatalogueEntry } from "./page-data.js";
