/** Milliseconds in which further changes by one method are told as one. */
const interval = 100;

/** Tells at once, then at most once per interval: a page that reads itself anew needs to know that, not how often. */
export function createChangeNotice(tell: (method: string) => void): (method: string) => void {
  const recent = new Map<string, { again: boolean }>();
  const note = (method: string) => {
    const known = recent.get(method);
    if (known) {
      known.again = true;
      return;
    }
    const entry = { again: false };
    recent.set(method, entry);
    tell(method);
    setTimeout(() => {
      recent.delete(method);
      if (entry.again) note(method);
    }, interval);
  };
  return note;
}
