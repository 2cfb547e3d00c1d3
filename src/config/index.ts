export { deriveKey } from "./derive-keys.js";
export { keepDevelopmentSecret } from "./keep-development-secret.js";
export { type Config, ConfigError, readConfig, variables } from "./read-config.js";
export { splitOrigin } from "./split-origin.js";
