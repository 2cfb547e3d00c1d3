import { readFileSync } from "node:fs";
import { measuredOptions, serveMeasured } from "../harness/child.js";
import type { CorpusFile, JudgeOptions, JudgeRun, Outcome } from "./outcome.js";

export type Judgement = Pick<Outcome, "flagged" | "reasons" | "staticMs" | "unfinished">;

/** In a judge's process: answers `run` with what it says about every file of the manifest, one after the other. */
export function serveJudge(judge: {
  judge(text: string, bytes: Buffer): Promise<Judgement>;
  answers?: Readonly<Record<string, () => unknown>>;
  close?(): Promise<void>;
}): void {
  const { manifest } = measuredOptions() as JudgeOptions;
  serveMeasured({
    port: 0,
    close: () => judge.close?.() ?? Promise.resolve(),
    answers: {
      ...judge.answers,
      async run(): Promise<JudgeRun> {
        const files = JSON.parse(readFileSync(manifest, "utf8")) as readonly CorpusFile[];
        const outcomes: Outcome[] = [];
        for (const { name, file } of files) {
          const bytes = readFileSync(file);
          const text = bytes.toString("utf8");
          const [started, before] = [performance.now(), process.cpuUsage()];
          const judgement = await judge.judge(text, bytes);
          const { user, system } = process.cpuUsage(before);
          outcomes.push({ name, ...judgement, wallMs: performance.now() - started, cpuMs: (user + system) / 1000 });
          if (outcomes.length % 100 === 0) process.stderr.write(".");
        }
        return { outcomes, peakMemoryMb: process.resourceUsage().maxRSS / 1024 };
      },
    },
  });
}
