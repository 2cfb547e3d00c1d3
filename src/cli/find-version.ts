import { readFileSync } from "node:fs";
import { z } from "zod";

const description = z.object({ name: z.literal("vitrine"), version: z.string() });

/** The version in package.json, two folders above the sources and three above the built files. */
export function findVersion(): string {
  for (const candidate of ["../../package.json", "../../../package.json"]) {
    try {
      const parsed = description.safeParse(JSON.parse(readFileSync(new URL(candidate, import.meta.url), "utf8")));
      if (parsed.success) return parsed.data.version;
    } catch {
      // Not there: the other one is.
    }
  }
  return "0.0.0";
}
