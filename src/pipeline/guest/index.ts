import "./base64.js";
import { installBrowser } from "./browser.js";
import { installClock } from "./clock.js";
import { installCodegen } from "./codegen.js";
import { installDomSinks } from "./dom-sinks.js";
import { loaded, step } from "./drive.js";
import { installGro } from "./gro.js";
import { recordError, silently } from "./host.js";
import { installDisguise, world } from "./natives.js";
import { installNetwork } from "./network.js";
import { installPage } from "./page.js";

// Runs once in a fresh machine, before the bundle: makes the frame, then hands the driver to the host and leaves no trace of it.
silently(() => {
  installDisguise();
  installBrowser();
  installNetwork();
  installPage();
  installClock();
  installCodegen();
  installDomSinks();
  installGro();
});
world["__vitrineDriver"] = { loaded, step, recordError };
