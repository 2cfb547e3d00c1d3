import { Application } from "./application/application.js";

// AdminJS looks its replaceable components up here by name; this one is the whole of what it shows.
window.AdminJS.UserComponents = { Application };
