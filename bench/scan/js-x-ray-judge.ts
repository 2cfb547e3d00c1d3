import path from "node:path";
import { pathToFileURL } from "node:url";
import { serveJudge } from "./judge-files.js";

// The package's door also loads its TypeScript parser, which does not work beside the compiler of this repository.
const file = path.join(import.meta.dirname, "../../node_modules/@nodesecure/js-x-ray/dist/AstAnalyser.js");
const { AstAnalyser } = (await import(pathToFileURL(file).href)) as typeof import("@nodesecure/js-x-ray");
const analyser = new AstAnalyser();

serveJudge({
  judge: (text) => {
    try {
      const { warnings } = analyser.analyse(text);
      const kinds = [...new Set([...warnings].map(({ kind }) => String(kind)))].sort();
      return Promise.resolve({ flagged: kinds.length > 0, reasons: kinds });
    } catch (error) {
      return Promise.resolve({ flagged: false, reasons: [], unfinished: error instanceof Error ? error.message.slice(0, 80) : "failed" });
    }
  },
});
