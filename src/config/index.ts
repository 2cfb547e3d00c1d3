export { deriveKey } from "./derive-keys.js";
export { keepDevelopmentSecret } from "./keep-development-secret.js";
export { type CommandConfig, readCommandConfig } from "./read-command-config.js";
export { type Config, ConfigError, readConfig, variables } from "./read-config.js";
export { splitOrigin } from "./split-origin.js";
