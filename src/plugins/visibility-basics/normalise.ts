/**
 * Text as people compare it: compatibility forms folded (NFKC), case folded (through upper case, so that ß equals SS), invisible
 * format characters dropped, white space collapsed. Never the machine's locale: a Turkish server must not decide otherwise.
 */
export function normalise(text: string): string {
  return text
    .normalize("NFKC")
    .toUpperCase()
    .toLowerCase()
    .normalize("NFKC")
    .replaceAll(/\p{Cf}/gu, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}
