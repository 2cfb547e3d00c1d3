export { type Artifact, type ArtifactBuilder, type ArtifactBuilderOptions, createArtifactBuilder } from "./build-artifact.js";
export { createSandbox, type Sandbox, type SandboxLogger, type SandboxOptions } from "./create-sandbox.js";
