import type { Frame, Page } from "playwright-core";
import { sharedBrowser } from "../tests/support/browser.js";
import { bareCalls, widgetCalls } from "./browser/frame-widgets.mjs";
import { type Stage, startStage } from "./browser/stage.js";
import { createTable, type Table } from "./harness/result.js";
import { type Contestant, joinRounds, type Rounds, runRounds } from "./harness/rounds.js";

/** Calls per series. A page's rounds stay below the message budget of a mount, which a tight loop would spend. */
const calls = 50;
const pages = 4;
const plan = { rounds: 12, warmups: 4 };

const bareOfPage = "raw MessagePort, answered by the page";
const bareOfWorker = "raw MessagePort, answered by a worker";
const bareOfServer = "raw MessagePort, page, fetch to the server";
const widgetOfHost = "Vitrine, answered by the host (preview)";
const widgetOfStub = "Vitrine, server that answers at once";
const widgetOfServer = "Vitrine, server on loopback";

/** A widget's call until its answer, in real Chromium, against the same over a bare port. */
export async function measure(): Promise<readonly Table[]> {
  const stage = await startStage("calls-page.mjs");
  try {
    const withoutServer: Rounds[] = [];
    const withServer: Rounds[] = [];
    for (let count = 0; count < pages; count++) {
      await onFreshPage(stage, async (page) => {
        const contestants = [
          await addBare(page, stage, bareOfPage, "addBareOfPage"),
          await addBare(page, stage, bareOfWorker, "addBareOfWorker"),
          await addWidget(page, stage, widgetOfHost, { isPreview: true }),
          await addWidget(page, stage, widgetOfStub, { workerUrl: "/instant-worker.js" }),
        ];
        withoutServer.push(await runRounds(contestants, plan));
      });
      await onFreshPage(stage, async (page) => {
        const contestants = [await addBare(page, stage, bareOfServer, "addBareOfServer"), await addWidget(page, stage, widgetOfServer, {})];
        withServer.push(await runRounds(contestants, plan));
      });
    }
    const aim = { kind: "most", value: 1.2 } as const;
    const unit = `µs per call (${calls} in a row)`;
    return [
      createTable({
        title: "Calls: frame → host → frame",
        unit,
        rounds: joinRounds(withoutServer),
        base: bareOfPage,
        rivals: [{ name: bareOfWorker }, { name: widgetOfHost, aim }, { name: widgetOfStub, aim }],
        notes: [`${pages} fresh pages.`],
      }),
      createTable({
        title: "Calls: frame → host → server → host → frame",
        unit,
        rounds: joinRounds(withServer),
        base: bareOfServer,
        rivals: [{ name: widgetOfServer, aim }],
        notes: [`${pages} fresh pages.`],
      }),
    ];
  } finally {
    await stage.close();
  }
}

async function onFreshPage(stage: Stage, work: (page: Page) => Promise<void>): Promise<void> {
  const context = await (await sharedBrowser()).newContext();
  try {
    const page = await context.newPage();
    await page.goto(stage.pageUrl);
    await work(page);
  } finally {
    await context.close();
  }
}

async function addWidget(page: Page, stage: Stage, name: string, options: object): Promise<Contestant> {
  const widget = await stage.publish(widgetCalls);
  await page.evaluate(`bench.mountWidget(${JSON.stringify(widget)}, ${JSON.stringify(options)})`);
  return contestant(name, findFrame(page, widget.frameUrl));
}

async function addBare(page: Page, stage: Stage, name: string, how: string): Promise<Contestant> {
  const { external } = stage.addBareFrame(bareCalls);
  await page.evaluate(`bench.${how}(${JSON.stringify(external)})`);
  return contestant(name, findFrame(page, external));
}

const contestant = (name: string, frame: Frame): Contestant => ({
  name,
  measure: async () => await frame.evaluate<number>(`series(${calls})`),
});

function findFrame(page: Page, url: string): Frame {
  const frame = page.frames().find((candidate) => candidate.url().startsWith(url));
  if (!frame) throw new Error(`No frame shows ${url}`);
  return frame;
}
