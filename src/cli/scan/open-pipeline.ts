import type { Pipeline } from "../../contracts/index.js";
import { CommandError } from "../command-error.js";

export interface PipelineSettings {
  readonly maxBytes: number;
  /** Files judged at a time. */
  readonly poolSize: number;
  /** Hears what the scanner says about itself. */
  readonly onTrouble: (message: string) => void;
}

export type OpenPipeline = (settings: PipelineSettings) => Promise<Pipeline>;

/** The server's pipeline with the server's rules. The engine is loaded here, not at start: `--help` needs none of it. */
export const openPipeline: OpenPipeline = async ({ maxBytes, poolSize, onTrouble }) => {
  try {
    const [{ createPipeline }, { rulePlugins }] = await Promise.all([
      import("../../pipeline/index.js"),
      import("../../plugins/rule-plugins.js"),
    ]);
    return await createPipeline({
      plugins: rulePlugins,
      limits: { maxBytes },
      poolSize,
      logger: { warn: (_, message) => onTrouble(message) },
    });
  } catch (error) {
    throw new CommandError(
      `The scanner could not start: ${error instanceof Error ? error.message : String(error)}`,
      "Nothing was judged. Reinstall or rebuild Vitrine (npm ci && npm run build).",
    );
  }
};
