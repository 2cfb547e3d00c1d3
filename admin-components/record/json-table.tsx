import { textOf } from "../panel-state.js";

const words = (name: string): string => {
  const spaced = name
    .replace(/[_.-]+/g, " ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

export function parseJson(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** JSON as a table of names and values. In lists only the first three, on one line. */
export function JsonTable({ value, brief = false, depth = 0 }: { value: unknown; brief?: boolean; depth?: number }) {
  if (Array.isArray(value))
    return value.length === 0 ? (
      <span className="v-none">–</span>
    ) : (
      <ol className="v-json-list">
        {value.map((item, index) => (
          <li key={index}>
            <JsonTable value={item} depth={depth + 1} />
          </li>
        ))}
      </ol>
    );
  if (!isRecord(value)) return <Scalar value={value} />;
  const entries = Object.entries(value);
  if (entries.length === 0) return <span className="v-none">–</span>;
  if (brief)
    return (
      <span className="v-brief">
        {entries.slice(0, 3).map(([name, item]) => (
          <span key={name}>
            <span className="v-brief__name">{words(name)}</span> {isRecord(item) || Array.isArray(item) ? "…" : <Scalar value={item} />}
          </span>
        ))}
        {entries.length > 3 && <span className="v-none">and {entries.length - 3} more</span>}
      </span>
    );
  return (
    <table className="v-json">
      <tbody>
        {entries.map(([name, item]) => (
          <tr key={name}>
            <th scope="row">{words(name)}</th>
            <td>{depth < 5 ? <JsonTable value={item} depth={depth + 1} /> : "…"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Scalar({ value }: { value: unknown }) {
  if (value === null || value === undefined || value === "") return <span className="v-none">–</span>;
  if (typeof value === "boolean") return <>{value ? "Yes" : "No"}</>;
  const text = textOf(value);
  if (/^#[0-9a-f]{6}$/i.test(text)) return <Swatch color={text} />;
  return <span className="v-long">{text}</span>;
}

function Swatch({ color }: { color: string }) {
  return (
    <span className="v-swatch">
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden={true}>
        <rect width="14" height="14" rx="3" fill={color} />
      </svg>
      <code>{color}</code>
    </span>
  );
}

export { words };
