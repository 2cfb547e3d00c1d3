import { useCallback, useEffect, useState } from "react";
import { call, problemOf } from "../api.js";

/** Reads an address of the API; `undefined` until it answered. A newer address wins over an older one's late answer. */
export function useAnswer<T>(path: string | undefined): { data: T | undefined; problem: string | undefined; loading: boolean; reload: () => void } {
  const [state, setState] = useState<{ path: string | undefined; data: T | undefined; problem: string | undefined }>({ path: undefined, data: undefined, problem: undefined });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (path === undefined) return undefined;
    const abort = new AbortController();
    call<T>(path, { signal: abort.signal })
      .then((answer) => {
        if (!abort.signal.aborted) setState({ path, data: answer.ok ? answer.data : undefined, problem: answer.ok ? undefined : problemOf(answer) });
      })
      .catch(() => {
        if (!abort.signal.aborted) setState({ path, data: undefined, problem: "The server did not answer. Check the connection and try again." });
      });
    return () => abort.abort();
  }, [path, turn]);
  const reload = useCallback(() => setTurn((present) => present + 1), []);
  const current = state.path === path;
  return { data: current ? state.data : undefined, problem: current ? state.problem : undefined, loading: !current, reload };
}
