import { Link } from "react-router-dom";
import { type ColumnView, type RecordView, recordPath, textOf } from "../panel-state.js";
import { Chip } from "../parts/chip.js";
import { Copy } from "../parts/copy.js";
import { Thumbnail } from "../parts/thumbnail.js";
import { Time } from "../parts/time.js";
import { Changes } from "./changes.js";
import { JsonTable, parseJson } from "./json-table.js";

const None = () => <span className="v-none">–</span>;

/** One value of a record as a person reads it: names, words and tables, never a raw id or JSON. */
export function Value({ column, record, where }: { column: ColumnView; record: RecordView; where: "list" | "show" }) {
  const value = record.params[column.name];
  if (value === null || value === undefined || value === "") return <None />;
  switch (column.kind) {
    case "time":
      return <Time value={value} />;
    case "flag":
      return <Flag column={column} on={value === true || value === "true"} />;
    case "choice": {
      const choice = column.choices?.find((candidate) => candidate.value === value);
      return choice?.tone ? (
        <Chip tone={choice.tone} dot>
          {choice.label}
        </Chip>
      ) : (
        <>{choice?.label ?? textOf(value)}</>
      );
    }
    case "reference":
      return <Reference column={column} id={textOf(value)} record={record} />;
    case "digest":
      return <Copy value={textOf(value)} what="digest" />;
    case "code":
      return where === "show" ? <Copy value={textOf(value)} shown={textOf(value)} what={column.label} /> : <code>{textOf(value)}</code>;
    case "bytes":
      return <>{sayBytes(Number(value))}</>;
    case "number":
      return <>{Number(value).toLocaleString()}</>;
    case "money":
      return <>{(Number(value) / 100).toLocaleString(undefined, { minimumFractionDigits: 2 })}</>;
    case "version":
      return <>#{textOf(value)}</>;
    case "image":
      return (
        <Thumbnail url={textOf(value)} name={typeof record.params["originalName"] === "string" ? record.params["originalName"] : "Image"} />
      );
    case "json":
      return <JsonTable value={parseJson(value)} brief={where === "list"} />;
    case "changes":
      return <Changes value={parseJson(value)} />;
    case "list":
      return <ListOf value={parseJson(value)} brief={where === "list"} />;
    case "findings":
      return <FindingCount value={parseJson(value)} />;
    default:
      return <span className={column.kind === "longText" ? "v-long" : undefined}>{textOf(value)}</span>;
  }
}

function Flag({ column, on }: { column: ColumnView; on: boolean }) {
  if (column.name === "live")
    return on ? (
      <Chip tone="success" dot>
        Live
      </Chip>
    ) : (
      <None />
    );
  if (column.name === "active" || column.name === "enabled")
    return (
      <Chip tone={on ? "success" : "neutral"} dot>
        {on ? (column.name === "active" ? "Active" : "On") : column.name === "active" ? "Inactive" : "Off"}
      </Chip>
    );
  return <>{on ? "Yes" : "No"}</>;
}

function Reference({ column, id, record }: { column: ColumnView; id: string; record: RecordView }) {
  const name = record.populated[column.name]?.title;
  if (!name) return <span className="v-none">no longer there</span>;
  if (!column.opens || column.reference === null) return <>{name}</>;
  return (
    <Link to={recordPath(column.reference, id)} onClick={(event) => event.stopPropagation()}>
      {name}
    </Link>
  );
}

function ListOf({ value, brief }: { value: unknown; brief: boolean }) {
  const items = Array.isArray(value) ? value.map(textOf) : [];
  if (items.length === 0) return <None />;
  const shown = brief ? items.slice(0, 3) : items;
  return (
    <span className="v-chips">
      {shown.map((item) => (
        <Chip key={item}>{item}</Chip>
      ))}
      {items.length > shown.length && <span className="v-none">and {items.length - shown.length} more</span>}
    </span>
  );
}

export function FindingCount({ value }: { value: unknown }) {
  const { block = 0, warn = 0, note = 0 } = (value ?? {}) as { block?: number; warn?: number; note?: number };
  if (block + warn + note === 0) return <span className="v-none">None</span>;
  return (
    <span className="v-chips">
      {block > 0 && <Chip tone="danger">{block} blocking</Chip>}
      {warn > 0 && (
        <Chip tone="warning">
          {warn} warning{warn === 1 ? "" : "s"}
        </Chip>
      )}
      {note > 0 && (
        <Chip>
          {note} note{note === 1 ? "" : "s"}
        </Chip>
      )}
    </span>
  );
}

export function sayBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(2)} MB`;
}
