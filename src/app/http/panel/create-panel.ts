import type { Router } from "express";
import type { PanelOptions } from "./panel-options.js";

/**
 * The panel, to be mounted at `rootPath`. AdminJS is imported here and not before: it takes two seconds that the portal need
 * not wait for. Fails with the command to run when the panel's components were not built.
 */
export async function createPanel(options: PanelOptions): Promise<Router> {
  const { assemblePanel } = await import("./assemble-panel.js");
  return await assemblePanel(options);
}
