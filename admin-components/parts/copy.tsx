import { useState } from "react";
import { Icon } from "./icon.js";

/** A short form of a long value with a button that copies all of it. */
export function Copy({ value, shown = value.slice(0, 12), what }: { value: string; shown?: string; what: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value).catch(() => undefined);
    setCopied(true);
    window.setTimeout(() => setCopied(false), 1500);
  };
  return (
    <span className="v-copy">
      <code title={value}>{shown}</code>
      <button
        type="button"
        className="v-icon-button"
        aria-label={copied ? "Copied" : `Copy ${what}`}
        title={copied ? "Copied" : `Copy ${what}`}
        onClick={(event) => {
          event.stopPropagation();
          void copy();
        }}
      >
        <Icon name={copied ? "Check" : "Copy"} size={14} />
      </button>
    </span>
  );
}
