import { type Comment, Parser, type Program, type Token } from "acorn";

export interface ParsedBundle {
  readonly source: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
  /** Of a module: operators that a script would read as the beginning of a comment. */
  readonly htmlLike: readonly { readonly start: number; readonly end: number }[];
}

/** Why a bundle cannot be wrapped. The pipeline accepted it, so this is a second look, not a message for authors. */
export class UnwrappableBundle extends Error {
  override readonly name = "UnwrappableBundle";
}

interface Internals {
  declareName(): void;
  checkLocalExport(): void;
}

/**
 * Acorn looks for redeclared names in quadratic time (80,000 names take eight seconds). The browser finds them too, and a
 * bundle with one fails alone in its frame, so that one check is left to it.
 */
const LinearParser = Parser.extend((Base) => {
  const Parent = Base as unknown as new (...parameters: unknown[]) => Internals;
  class Linear extends Parent {
    override declareName() {}
    override checkLocalExport() {}
  }
  return Linear as unknown as typeof Base;
});

/** UTF-8 bytes to a tree. Throws UnwrappableBundle for what cannot stand inside a function: the wrapper must not be closed by its content. */
export function parseBundle(bytes: Uint8Array, format: "script" | "module"): ParsedBundle {
  const source = decode(bytes);
  if (source.startsWith("#!")) throw new UnwrappableBundle("hashbang");
  const comments: Comment[] = [];
  const htmlLike: { start: number; end: number }[] = [];
  const note = ({ start, end }: Token) => {
    if (source.startsWith("<!--", start)) htmlLike.push({ start, end });
  };
  const program = parse(source, format, comments, format === "module" ? note : undefined);
  // `<!--` and `-->` end the line for a browser and not for every parser.
  for (const comment of comments) {
    if (comment.type === "Line" && !source.startsWith("//", comment.start)) throw new UnwrappableBundle("HTML-like comment");
  }
  return { source, program, comments, htmlLike };
}

/** The whole file is one call of VITRINE, whatever the bundle holds: the proof that nothing got out of the wrapper. */
export function isOneWrappedCall(text: string): boolean {
  const comments: Comment[] = [];
  const { body } = parse(text, "script", comments);
  const [statement] = body;
  if (body.length !== 1 || statement?.type !== "ExpressionStatement" || statement.expression.type !== "CallExpression") return false;
  const { callee, arguments: passed } = statement.expression;
  return (
    callee.type === "Identifier" &&
    callee.name === "VITRINE" &&
    passed.length === 2 &&
    passed[0]?.type === "FunctionExpression" &&
    passed[1]?.type === "Literal" &&
    comments.every((comment) => comment.type === "Block" || text.startsWith("//", comment.start))
  );
}

function parse(source: string, sourceType: "script" | "module", comments: Comment[], onToken?: (token: Token) => void): Program {
  try {
    return LinearParser.parse(source, {
      ecmaVersion: "latest",
      sourceType,
      allowHashBang: false,
      allowReturnOutsideFunction: false,
      allowAwaitOutsideFunction: sourceType === "module",
      onComment: comments,
      ...(onToken ? { onToken } : {}),
    });
  } catch (error) {
    throw new UnwrappableBundle(error instanceof Error ? error.message : "unreadable");
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UnwrappableBundle("not UTF-8");
  }
}
