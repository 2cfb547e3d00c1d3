/** Where a rule is explained: the heading of its id in docs/rules.md, as Markdown viewers name it. */
export function rulePage(ruleId: string): string {
  return `docs/rules.md#${ruleId
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-")}`;
}
