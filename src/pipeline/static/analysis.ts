import type { Variable } from "eslint-scope";
import type { Node, Program } from "estree";
import type { Bindings } from "./bindings.js";
import type { Tree } from "./tree.js";

/** A node with its offsets, as acorn makes them. */
export type AstNode = Node & { readonly start: number; readonly end: number };

/** Anything that folding can yield; `unknowable` when it cannot be known. */
export const unknowable: unique symbol = Symbol("unknowable");
export type Folded =
  | string
  | number
  | boolean
  | null
  | undefined
  | typeof unknowable
  | readonly Folded[]
  | { readonly [key: string]: Folded }
  | typeof regexp;
/** A regular expression literal: known to be one, never run. */
export const regexp: unique symbol = Symbol("regexp");

/** Values bound to a function's parameters while its body is folded. */
export type Environment = ReadonlyMap<Variable, Folded>;

/** What the parts of the static engine share about one file. Each answer is bounded; the file's budget is spent across all of them. */
export interface Analysis {
  readonly program: Program;
  readonly text: string;
  readonly tree: Tree;
  readonly bindings: Bindings;
  fold(node: Node, environment?: Environment): Folded;
  pathOf(node: Node): string | undefined;
  callOf(node: Node): { readonly path: string; readonly args: readonly Node[] } | undefined;
  /** Takes steps from the file's budget; false when it is spent. */
  spend(steps: number): boolean;
}
