import type { ConfirmationRequest } from "../protocol/index.js";
import type { Ask } from "./confirm-dialog.js";
import type { Answer } from "./worker-messages.js";

/** Questions that may wait behind the open one; more would only bury the customer. */
const queueLength = 5;

export interface QuestionQueue {
  ask(question: { widgetName: string; request: ConfirmationRequest }, signal: AbortSignal): Promise<Answer>;
}

/** One dialog at a time on the page, whatever number of widgets ask. `around` makes frames unreachable while one is open. */
export function createQuestionQueue(ask: Ask, around: { before(): void; after(): void }): QuestionQueue {
  let waiting = 0;
  let tail: Promise<unknown> = Promise.resolve();

  return {
    ask(question, signal) {
      if (waiting > queueLength) return Promise.resolve("busy");
      waiting += 1;
      const turn = tail.then(async (): Promise<Answer> => {
        try {
          if (signal.aborted) return "declined";
          around.before();
          return (await ask(question, signal)) ? "confirmed" : "declined";
        } finally {
          waiting -= 1;
          around.after();
        }
      });
      tail = turn.catch(() => {});
      return turn;
    },
  };
}
