/** What runs in browsers and in QuickJS is built once for the whole run; tests read it from dist/. */
export default async function setup() {
  const load = <T>(name: string) => import(new URL(`../../scripts/${name}.mjs`, import.meta.url).href) as Promise<T>;
  const [browser, scan, panel] = await Promise.all([
    load<{ buildBrowser(): Promise<void> }>("build-browser"),
    load<{ buildScanDom(): Promise<void> }>("build-scan-dom"),
    load<{ buildPanel(): Promise<void> }>("build-panel"),
  ]);
  await Promise.all([browser.buildBrowser(), scan.buildScanDom(), panel.buildPanel()]);
}
