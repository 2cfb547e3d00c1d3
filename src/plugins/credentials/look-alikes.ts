const placeholders =
  /example|sample|placeholder|your[-_ ]?|my[-_ ]?(?:secret|key|token|password)|change[-_ ]?me|insert|replace|dummy|fake|mock|todo|xxx+|\*{3,}|<[^>]+>|\$\{|\{\{|%[A-Z_]+%|process\.env|import\.meta|undefined|null|redacted|0{6,}|1234567|abcdef(?:gh|12|0)|qwerty|lorem|foobar|test(?:ing|er)?[-_]?(?:key|token|secret|pass)/i;
const uuid = /^\{?[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\}?$/i;

const words =
  /example|sample|placeholder|your[-_ ]?|change[-_ ]?me|insert|replace|dummy|fake|mock|xxx+|\*{3,}|<[^>]+>|\$\{|\{\{|redacted|0{8,}/i;

/** For values whose form is that of a known key: only what says so itself, or has no content. */
export function isPlaceholder(value: string): boolean {
  return words.test(value) || new Set(value).size <= Math.max(4, value.length / 10) || sequenceShare(value) > 0.85;
}

/** Whether a value only looks like a secret: a placeholder, a UUID, a repeated or sequential text, a word. */
export function isLookAlike(value: string): boolean {
  if (placeholders.test(value) || uuid.test(value)) return true;
  if (new Set(value).size <= Math.max(4, value.length / 8)) return true;
  return sequenceShare(value) > 0.7;
}

/** How much of a text counts up or down, or repeats itself. */
function sequenceShare(value: string): number {
  let steps = 0;
  for (let index = 1; index < value.length; index += 1)
    if (Math.abs(value.charCodeAt(index) - value.charCodeAt(index - 1)) <= 1) steps += 1;
  return steps / Math.max(1, value.length);
}

/** Bits per character. */
export function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / value.length) * Math.log2(count / value.length);
  return entropy;
}
