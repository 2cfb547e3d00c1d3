export { createHost, type Host, type HostOptions } from "./create-host.js";
export type { Mount, WidgetToMount } from "./mount.js";
export type { MountState } from "./mount-view.js";
