/**
 * An opaque origin throws on every touch of storage, which ends many libraries on their first line. These live in memory and
 * die with the frame.
 */
export function installStorageShims(): void {
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, { value: createMemoryStorage(), configurable: true, enumerable: true, writable: false });
  }
  const jar = new Map<string, string>();
  Object.defineProperty(document, "cookie", {
    configurable: true,
    enumerable: true,
    get: () => [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
    set(text: unknown) {
      const [pair = "", ...attributes] = String(text).split(";");
      const at = pair.indexOf("=");
      const name = at < 0 ? "" : pair.slice(0, at).trim();
      const gone = attributes.some((attribute) => /^\s*max-age\s*=\s*(?:0|-)/i.test(attribute) || isPast(attribute));
      if (gone) jar.delete(name);
      else jar.set(name, pair.slice(at + 1).trim());
    },
  });
}

function isPast(attribute: string): boolean {
  const match = /^\s*expires\s*=(.*)$/i.exec(attribute);
  return match?.[1] !== undefined && Date.parse(match[1]) <= Date.now();
}

function createMemoryStorage(): Storage {
  const items = new Map<string, string>();
  // As the browser's own: whatever comes is made text.
  const methods = {
    clear: () => items.clear(),
    getItem: (key: unknown) => items.get(String(key)) ?? null,
    key: (index: number) => [...items.keys()][index] ?? null,
    removeItem: (key: unknown) => void items.delete(String(key)),
    setItem: (key: unknown, value: unknown) => void items.set(String(key), String(value)),
  };
  return new Proxy(methods, {
    get: (target, key) => {
      if (key === "length") return items.size;
      if (typeof key === "symbol" || Object.hasOwn(target, key)) return Reflect.get(target, key) as unknown;
      return items.get(key);
    },
    set: (_target, key, value) => {
      items.set(String(key), String(value));
      return true;
    },
    has: (target, key) => key in target || items.has(String(key)),
    deleteProperty: (_target, key) => {
      items.delete(String(key));
      return true;
    },
    ownKeys: () => [...items.keys()],
    getOwnPropertyDescriptor: (_target, key) =>
      items.has(String(key)) ? { value: items.get(String(key)), enumerable: true, configurable: true, writable: true } : undefined,
  }) as unknown as Storage;
}
