export { bundledSamples, hardSamples, librarySamples, plainWidgets, widgetSamples } from "./benign/benign-samples.js";
export { credentialSamples } from "./credentials/credential-samples.js";
export { lookAlikeSamples } from "./credentials/look-alikes.js";
export { hostileSamples } from "./hostile/hostile-samples.js";
export { obfuscatedSamples } from "./obfuscators/obfuscated-samples.js";
export { createRandom, type Random } from "./random.js";
export type { BenignGroup, BenignSample, HostileCategory, HostileSample, Sample, Split } from "./sample.js";
