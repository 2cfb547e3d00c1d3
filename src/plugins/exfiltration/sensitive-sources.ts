const strong: readonly (readonly [path: RegExp, name: string])[] = [
  [/^document\.cookie$/, "the cookies"],
  [/^(?:local|session)Storage(?:$|\.)/, "the storage"],
  [/^indexedDB(?:$|\.)/, "the storage"],
  [/^cookieStore(?:$|\.)/, "the cookies"],
  [/^Event\(key(?:down|up|press)\)(?:\.(?:key|keyCode|which|charCode|code|target.*|data))?$/, "what is typed"],
  [/^Event\((?:input|change|paste)\)\.(?:data|target\.value|clipboardData.*|srcElement\.value)$/, "what is typed"],
  [/^navigator\.clipboard\.read/, "the clipboard"],
  [/querySelector(?:All)?\([^)]*(?:password|card|cvv|cvc|cc-|iban)[^)]*\)/, "a secret field"],
  [/getElementsByName\([^)]*(?:password|card|cvv|cvc)[^)]*\)/, "a secret field"],
];
const weak: readonly (readonly [path: RegExp, name: string])[] = [
  [/^gro\.context(?:$|\.)/, "the customer's data"],
  [/^FormData\(\)$/, "a form"],
  [/(?:getElementById|querySelector(?:All)?|getElementsByName)\([^)]*\)\.value$/, "a field"],
  [/^Event\((?:submit|click)\)\.target\..*value$/, "a field"],
];

/** The name of the most telling source among paths: what a person would not want to leave. */
export function sensitiveIn(sources: ReadonlySet<string>): { readonly name: string; readonly strong: boolean } | undefined {
  for (const [list, isStrong] of [
    [strong, true],
    [weak, false],
  ] as const) {
    for (const source of sources) {
      const entry = list.find(([path]) => path.test(source));
      if (entry) return { name: entry[1], strong: isStrong };
    }
  }
  return undefined;
}
