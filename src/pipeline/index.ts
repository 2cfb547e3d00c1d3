export { createPipeline, type PipelineOptions } from "./create-pipeline.js";
