const prefix = "widget_";
const longest = 80;

/**
 * Forces what a widget calls its action into our `widget_` namespace: snake_case ASCII, at most 80 characters, the prefix once.
 * undefined when nothing readable is left. Pure.
 */
export function nameAction(action: string): string | undefined {
  const words = action
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "");
  const bare = words.replace(/^(?:widget(?:_|$))+/, "");
  if (bare === "") return undefined;
  return (prefix + bare).slice(0, longest).replace(/_+$/, "");
}
