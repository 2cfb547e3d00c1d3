/**
 * Where a sign-in may lead: pages of the panel, by an allow list of shapes, so that no parser difference (`//`, `\`, `@`,
 * encodings) matters. Everything else leads to the dashboard.
 */
export function ownPath(rootPath: string, asked: unknown): string {
  if (typeof asked !== "string" || !asked.startsWith(rootPath)) return rootPath;
  return /^(?:\/resources(?:\/[A-Za-z0-9_-]{1,64}){1,4})?$/.test(asked.slice(rootPath.length)) ? asked : rootPath;
}
