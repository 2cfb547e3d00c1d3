import { AstAnalyser } from "@nodesecure/js-x-ray";
import { serveJudge } from "./judge-files.js";

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
