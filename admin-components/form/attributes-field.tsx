import { useState } from "react";
import { Icon } from "../parts/icon.js";
import { parseJson } from "../record/json-table.js";

type Kind = "text" | "number" | "flag";
interface Entry {
  readonly key: number;
  readonly name: string;
  readonly kind: Kind;
  readonly value: string;
}

let lastKey = 0;

/** Names with values, edited as a table. Each value is text, a number, or yes or no. */
export function AttributesField({ id, value, onChange }: { id: string; value: unknown; onChange: (value: unknown) => void }) {
  const [entries, setEntries] = useState<readonly Entry[]>(() => read(value));
  const update = (next: readonly Entry[]) => {
    setEntries(next);
    onChange(Object.fromEntries(next.filter((entry) => entry.name.trim() !== "").map((entry) => [entry.name.trim(), write(entry)])));
  };
  const change = (key: number, part: Partial<Entry>) => update(entries.map((entry) => (entry.key === key ? { ...entry, ...part } : entry)));
  return (
    <div className="v-attributes" id={id}>
      {entries.map((entry) => (
        <div key={entry.key} className="v-attributes__row">
          <input
            className="v-input"
            aria-label="Name"
            placeholder="name"
            value={entry.name}
            onChange={(event) => change(entry.key, { name: event.target.value })}
          />
          <select
            className="v-input"
            aria-label={`Kind of ${entry.name || "value"}`}
            value={entry.kind}
            onChange={(event) => change(entry.key, { kind: event.target.value as Kind })}
          >
            <option value="text">Text</option>
            <option value="number">Number</option>
            <option value="flag">Yes or no</option>
          </select>
          {entry.kind === "flag" ? (
            <select
              className="v-input"
              aria-label={`Value of ${entry.name || "name"}`}
              value={entry.value === "true" ? "true" : "false"}
              onChange={(event) => change(entry.key, { value: event.target.value })}
            >
              <option value="true">Yes</option>
              <option value="false">No</option>
            </select>
          ) : (
            <input
              className="v-input"
              aria-label={`Value of ${entry.name || "name"}`}
              type={entry.kind === "number" ? "number" : "text"}
              step="any"
              value={entry.value}
              onChange={(event) => change(entry.key, { value: event.target.value })}
            />
          )}
          <button
            type="button"
            className="v-icon-button"
            aria-label={`Remove ${entry.name || "row"}`}
            onClick={() => update(entries.filter((other) => other.key !== entry.key))}
          >
            <Icon name="X" size={14} />
          </button>
        </div>
      ))}
      <button
        type="button"
        className="v-button v-button--small"
        onClick={() => update([...entries, { key: (lastKey += 1), name: "", kind: "text", value: "" }])}
      >
        <Icon name="Plus" size={14} /> Add
      </button>
    </div>
  );
}

function read(value: unknown): readonly Entry[] {
  const parsed = parseJson(value);
  if (typeof parsed !== "object" || parsed === null) return [];
  return Object.entries(parsed).map(([name, item]) => ({
    key: (lastKey += 1),
    name,
    kind: typeof item === "number" ? "number" : typeof item === "boolean" ? "flag" : "text",
    value: item === null ? "" : String(item),
  }));
}

function write({ kind, value }: Entry): string | number | boolean | null {
  if (kind === "number") return value.trim() === "" ? null : Number(value);
  return kind === "flag" ? value === "true" : value;
}
