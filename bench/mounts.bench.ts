import { sharedBrowser } from "../tests/support/browser.js";
import { bareReady, draw } from "./browser/frame-widgets.mjs";
import { type Stage, type StagedWidget, startStage } from "./browser/stage.js";
import { makeBundle } from "./harness/make-bundle.js";
import { createTable, type Table } from "./harness/result.js";
import { type Contestant, runRounds } from "./harness/rounds.js";

const bundleBytes = 100 * 1024;
type Mode = "vitrine" | "external" | "inline";
type Widget = StagedWidget & { readonly external: string; readonly inline: string };

const vitrine = "Vitrine, the portal's own mounting";
const external = "bare sandboxed frames, the same bytes as document and script";
const inline = "bare sandboxed frames, the same bytes inline";

/** From the start of a page's navigation until its widgets work, in a new browser context each time. */
export async function measure(): Promise<readonly Table[]> {
  const stage = await startStage("mounts-page.mjs");
  try {
    const widgets = await Promise.all(Array.from({ length: 50 }, (_, index) => addWidget(stage, index)));
    const few = { stage, widgets: widgets.slice(0, 10), height: 1_300 };
    const many = { stage, widgets, height: 720 };
    const names = { [vitrine]: "vitrine", [external]: "external", [inline]: "inline" } as const;
    const contestants = (view: typeof few, isWarm: boolean): Contestant[] =>
      Object.entries(names).map(([name, mode]) => ({ name, measure: () => open(view, mode, isWarm) }));
    const plan = { rounds: 9, warmups: 1 };
    const note = `${bundleBytes / 1024} KB bundles, one of its own per widget.`;

    const cold = await runRounds(contestants(few, false), plan);
    const warm = await runRounds(contestants(few, true), plan);
    const first = await runRounds(contestants(many, false), plan);
    const table = (title: string, rounds: typeof cold, limit: number) =>
      createTable({
        title,
        unit: "ms",
        rounds,
        base: external,
        rivals: [{ name: vitrine, aim: { kind: "most", value: limit } }, { name: inline }],
        notes: [note],
      });
    return [
      table("Mounts: 10 widgets, all ready, first view", cold, 1.2),
      table("Mounts: 10 widgets, all ready, second view", warm, 1.2),
      table("Mounts: 50 widgets, the visible 6 ready (bare: all at once)", first, 0.7),
    ];
  } finally {
    await stage.close();
  }
}

async function addWidget(stage: Stage, index: number): Promise<Widget> {
  // Makes each bundle another one.
  const mark = `/* ${index} */`;
  const widget = await stage.publish(mark + makeBundle(bundleBytes, draw));
  return { ...widget, ...stage.addBareFrame(mark + makeBundle(bundleBytes, bareReady)) };
}

async function open(view: { stage: Stage; widgets: readonly Widget[]; height: number }, mode: Mode, isWarm: boolean): Promise<number> {
  const context = await (await sharedBrowser()).newContext({ viewport: { width: 1_280, height: view.height } });
  try {
    const url = `${view.stage.pageUrl}#${encodeURIComponent(JSON.stringify({ mode, widgets: view.widgets }))}`;
    const visit = async () => {
      const page = await context.newPage();
      await page.goto(url, { waitUntil: "domcontentloaded" });
      const { time } = await page.evaluate<{ time: number; visible: number }>("bench.ready");
      await page.close();
      return time;
    };
    if (isWarm) await visit();
    return await visit();
  } finally {
    await context.close();
  }
}
