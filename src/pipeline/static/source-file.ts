import type { Node, Program } from "estree";
import type { SourceFile } from "../../contracts/index.js";
import type { Analysis } from "./analysis.js";
import { bindNames } from "./bindings.js";
import { createPrefix } from "./fold-prefix.js";
import { createFold } from "./fold-value.js";
import { createMarkup } from "./read-markup.js";
import { createPaths } from "./resolve-path.js";
import { createTrace } from "./trace-sources.js";
import { growTree, type Tree } from "./tree.js";

/** Steps that folding, resolving and tracing may take for one file, together. About a second on a slow machine. */
const stepBudget = 2_000_000;

export interface AnalysedFile {
  readonly file: SourceFile;
  readonly tree: Tree;
}

/** One parsed file with everything that rules ask of it; answers are remembered, so rules share the work. */
export function analyseSource(source: {
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly format: "script" | "module";
}): AnalysedFile {
  const tree = growTree(source.program);
  let steps = stepBudget;
  let self: Analysis | undefined;
  const analysis = (): Analysis => self as Analysis;
  const fold = createFold(analysis);
  const paths = createPaths(analysis);
  const trace = createTrace(analysis);
  self = {
    program: source.program,
    text: source.text,
    tree,
    bindings: bindNames(source.program, tree, source.format),
    fold,
    pathOf: paths.pathOf,
    callOf: paths.callOf,
    spend: (count) => {
      steps -= count;
      return steps > 0;
    },
  };
  const file: SourceFile = {
    ...source,
    valueOf(node) {
      const value = fold(node);
      return typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null ? value : undefined;
    },
    prefixOf: createPrefix(analysis),
    markupOf: createMarkup(analysis),
    pathOf: paths.pathOf,
    callOf: paths.callOf,
    sourcesOf: trace,
    ancestors(node) {
      const list: Node[] = [];
      for (let parent = tree.parentOf(node); parent; parent = tree.parentOf(parent)) list.push(parent);
      return list;
    },
  };
  return { file, tree };
}
