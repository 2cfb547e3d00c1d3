import type { ReactNode } from "react";
import type { Tone } from "../panel-state.js";

export function Chip({ tone = "neutral", dot = false, children }: { tone?: Tone; dot?: boolean; children: ReactNode }) {
  return (
    <span className={`v-chip v-chip--${tone}`}>
      {dot && <span className="v-chip__dot" aria-hidden={true} />}
      {children}
    </span>
  );
}
