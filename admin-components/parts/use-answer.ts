import { useCallback, useEffect, useState } from "react";
import { call, problemOf } from "../api.js";

interface State<T> {
  readonly path: string | undefined;
  readonly turn: number;
  readonly data: T | undefined;
  readonly problem: string | undefined;
}

const silence = "The server did not answer. Check the connection and try again.";

/** Reads an address of the API; `undefined` until it answered. A newer address wins over an older one's late answer. */
export function useAnswer<T>(path: string | undefined): Pick<State<T>, "data" | "problem"> & { loading: boolean; reload: () => void } {
  const [state, setState] = useState<State<T>>({ path: undefined, turn: 0, data: undefined, problem: undefined });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (path === undefined) return undefined;
    const abort = new AbortController();
    const read = async () => {
      const answer = await call<T>(path, { signal: abort.signal }).catch(() => undefined);
      if (abort.signal.aborted) return;
      const problem = answer === undefined ? silence : answer.ok ? undefined : problemOf(answer);
      setState({ path, turn, data: answer?.ok ? answer.data : undefined, problem });
    };
    void read();
    return () => abort.abort();
  }, [path, turn]);
  const reload = useCallback(() => setTurn((present) => present + 1), []);
  // While the same address is read again its last answer stays: nothing jumps.
  const current = state.path === path;
  return { data: current ? state.data : undefined, problem: current ? state.problem : undefined, loading: !current, reload };
}
