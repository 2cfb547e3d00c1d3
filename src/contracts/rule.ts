import type { Node, Program } from "estree";
import type { Severity } from "./finding.js";
import type { BehaviourEvent } from "./report.js";

/** `{name}` in a message is replaced by `data.name` (at most 80 characters of it). */
export interface RuleMessage {
  readonly text: string;
  readonly fix: string;
}

export interface RuleMeta<MessageId extends string = string> {
  /** `plugin/kebab-name`, permanent. */
  readonly id: string;
  readonly category: RuleCategory;
  readonly severity: Severity;
  readonly title: string;
  readonly description: string;
  readonly messages: Readonly<Record<MessageId, RuleMessage>>;
  /** Shown in the docs and run by the rule's test: code that must be found and code that must not. */
  readonly examples: { readonly incorrect: readonly string[]; readonly correct: readonly string[] };
}

export const ruleCategories = {
  crypto_mining: "Crypto mining",
  data_exfiltration: "Data exfiltration",
  phishing: "Phishing",
  obfuscation: "Obfuscation",
  credential_exposure: "Credential exposure",
  external_script_loading: "External script loading",
  navigation: "Navigation",
  resource_use: "Resource use",
  scanner: "Scanner",
} as const;
export type RuleCategory = keyof typeof ruleCategories;

export interface RuleReport<MessageId extends string> {
  readonly messageId: MessageId;
  /** A node, or offsets into the source; absent for the whole file. */
  readonly at?: { readonly start: number; readonly end: number } | (Node & { readonly start: number; readonly end: number });
  readonly data?: Readonly<Record<string, string | number>>;
  /** The part of the source from..to is masked in the excerpt (a credential). */
  readonly mask?: { readonly start: number; readonly end: number };
}

/** One parsed source file, shared by all rules. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly format: "script" | "module";
  /** The statically known value of an expression: literals, `+`, templates, constants, atob, fromCharCode, join … */
  valueOf(node: Node): string | number | boolean | null | undefined;
  /**
   * The dotted path an expression reads, aliases resolved: `window["fet"+"ch"]` and `const f = self.fetch` give `fetch`.
   * A made value is written with parentheses: `new XMLHttpRequest().open` gives `XMLHttpRequest().open`,
   * `document.createElement("a").href` gives `document.createElement(a).href`, a listener's event `Event(keydown).key`.
   */
  pathOf(node: Node): string | undefined;
  /** What a call or `new` runs, with `.call`, `.apply`, `.bind`, `Reflect.apply` and `Reflect.construct` undone. */
  callOf(node: Node): { readonly path: string; readonly args: readonly Node[] } | undefined;
  /** Every path whose value may reach the expression, through variables, containers, calls of local functions and returns. Bounded. */
  sourcesOf(node: Node): ReadonlySet<string>;
  /** The known beginning of a text: `"https://a.example/?q=" + x` gives `https://a.example/?q=`. */
  prefixOf(node: Node): string | undefined;
  /**
   * The markup that a node hands to the page (`innerHTML =`, `document.write(…)`, `template:`, html`…`), with `x` for computed pieces;
   * undefined for any other node. Ask for assignments, calls, properties and tagged templates.
   */
  markupOf(node: Node): string | undefined;
  /** Ancestors of a node, nearest first. */
  ancestors(node: Node): readonly Node[];
}

export interface RuleContext<MessageId extends string = string> {
  readonly file: SourceFile;
  readonly report: (report: RuleReport<MessageId>) => void;
}

/** What the dynamic run recorded. */
export interface Behaviour {
  readonly events: readonly BehaviourEvent[];
  /** Why the run ended early, if it did. */
  readonly stopped?: "time" | "memory" | "stack";
  /** Code made at run time (eval, Function, string timers), each at most 256 KiB. */
  readonly generated: readonly { readonly via: string; readonly text: string }[];
  readonly errors: readonly string[];
  readonly readyCalled: boolean;
}

type NodeVisitor = { readonly [Type in Node["type"]]?: (node: Extract<Node, { type: Type }> & { start: number; end: number }) => void };

/**
 * Judges JavaScript. `create` is called once per file; state lives in that closure and dies with the file.
 * Visitors are called in source order; `"end"` after the walk.
 */
export interface JavaScriptRule<MessageId extends string = string> {
  readonly kind: "javascript";
  readonly meta: RuleMeta<MessageId>;
  create(context: RuleContext<MessageId>): NodeVisitor & { readonly end?: () => void };
}

/** Judges the source as text (credentials, invisible characters). */
export interface TextRule<MessageId extends string = string> {
  readonly kind: "text";
  readonly meta: RuleMeta<MessageId>;
  check(context: {
    readonly path: string;
    readonly text: string;
    readonly report: (report: RuleReport<MessageId>) => void;
  }): void | Promise<void>;
}

/** Judges what the bundle did in QuickJS. */
export interface BehaviourRule<MessageId extends string = string> {
  readonly kind: "behaviour";
  readonly meta: RuleMeta<MessageId>;
  check(context: { readonly behaviour: Behaviour; readonly report: (report: RuleReport<MessageId>) => void }): void;
}

export type Rule = JavaScriptRule | TextRule | BehaviourRule;

/** Gives a rule its message ids as a type; returns it unchanged. */
export function defineRule<MessageId extends string>(
  rule: JavaScriptRule<MessageId> | TextRule<MessageId> | BehaviourRule<MessageId>,
): Rule {
  return rule;
}
