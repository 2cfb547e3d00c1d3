export interface Deadlines {
  /** Aborts with a TimeoutError when the time is up; starts anew when it runs already. */
  start(controller: AbortController): void;
  stop(controller: AbortController): void;
}

/** One timer for all requests of a worker: a signal with a timer for each costs more than the rest of a call. */
export function createDeadlines(milliseconds: number): Deadlines {
  /** By deadline: a map keeps the order of insertion, and all have the same time. */
  const open = new Map<AbortController, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const sweep = () => {
    timer = undefined;
    const now = performance.now();
    for (const [controller, deadline] of open) {
      if (deadline > now) {
        timer = setTimeout(sweep, Math.max(1, deadline - now));
        return;
      }
      open.delete(controller);
      controller.abort(new DOMException("No answer in time", "TimeoutError"));
    }
  };
  return {
    start(controller) {
      open.delete(controller);
      open.set(controller, performance.now() + milliseconds);
      timer ??= setTimeout(sweep, milliseconds);
    },
    stop: (controller) => void open.delete(controller),
  };
}
