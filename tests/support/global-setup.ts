/** Browser bundles are built once for the whole run; tests read them from dist/browser. */
export default async function setup() {
  const { buildBrowser } = (await import("../../scripts/build-browser.mjs" as string)) as { buildBrowser(): Promise<void> };
  await buildBrowser().catch(() => undefined);
}
