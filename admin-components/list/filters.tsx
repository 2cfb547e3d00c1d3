import { type FormEvent, useId, useState } from "react";
import { useSearchParams } from "react-router-dom";
import { ReferenceField } from "../form/reference-field.js";
import { type ColumnView, findResource, type ResourceView } from "../panel-state.js";
import { Icon } from "../parts/icon.js";

const key = (name: string): string => `filters.${name}`;

/** A search box for the title, and a panel with every other filter. Active ones stand as removable chips. */
export function Filters({ resource }: { resource: ResourceView }) {
  const [query, setQuery] = useSearchParams();
  const [open, setOpen] = useState(false);
  const searchColumn = resource.columns.find((column) => column.name === resource.title && column.filter && column.kind !== "reference");
  const others = resource.columns.filter((column) => column.filter && column !== searchColumn);
  const panelId = useId();
  const change = (entries: Readonly<Record<string, string>>) => {
    const changed = new URLSearchParams(query);
    changed.delete("page");
    for (const [name, value] of Object.entries(entries)) {
      if (value === "") changed.delete(name);
      else changed.set(name, value);
    }
    setQuery(changed);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entries = [...new FormData(event.currentTarget)].map(
      ([name, value]) => [name, typeof value === "string" ? value.trim() : ""] as const,
    );
    change(Object.fromEntries(entries));
  };
  const active = [...query].filter(([name]) => name.startsWith("filters."));
  return (
    <div className="v-filters">
      <div className="v-filters__bar">
        {searchColumn && (
          <form role="search" className="v-search" onSubmit={submit}>
            <Icon name="Search" />
            <input
              className="v-input"
              type="search"
              name={key(searchColumn.name)}
              aria-label={`Search ${searchColumn.label.toLowerCase()}`}
              placeholder={`Search ${searchColumn.label.toLowerCase()}`}
              defaultValue={query.get(key(searchColumn.name)) ?? ""}
              key={query.get(key(searchColumn.name)) ?? ""}
              maxLength={200}
            />
          </form>
        )}
        {others.length > 0 && (
          <button type="button" className="v-button" aria-expanded={open} aria-controls={panelId} onClick={() => setOpen(!open)}>
            <Icon name="Filter" size={14} /> Filter
          </button>
        )}
      </div>
      {active.length > 0 && (
        <ul className="v-chips" aria-label="Active filters">
          {active.map(([name, value]) => (
            <li key={name} className="v-chip v-chip--accent">
              {describe(resource, name, value)}
              <button
                type="button"
                className="v-icon-button v-icon-button--tiny"
                aria-label={`Remove filter ${describe(resource, name, value)}`}
                onClick={() => change({ [name]: "" })}
              >
                <Icon name="X" size={12} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {open && (
        <form id={panelId} className="v-card v-filters__panel" onSubmit={submit} aria-label="Filters">
          {others.map((column) => (
            <FilterField key={column.name} column={column} query={query} />
          ))}
          <div className="v-filters__actions">
            <button type="submit" className="v-button v-button--primary">
              Apply
            </button>
            <button type="button" className="v-button" onClick={() => setQuery({})}>
              Clear all
            </button>
          </div>
        </form>
      )}
    </div>
  );
}

function FilterField({ column, query }: { column: ColumnView; query: URLSearchParams }) {
  const id = useId();
  const name = key(column.name);
  const value = query.get(name) ?? "";
  const options =
    column.kind === "flag"
      ? [
          { value: "true", label: "Yes" },
          { value: "false", label: "No" },
        ]
      : column.choices;
  if (column.kind === "time")
    return (
      <fieldset className="v-field">
        <legend>{column.label}</legend>
        <div className="v-range">
          <input
            className="v-input"
            type="date"
            name={`${name}~~from`}
            aria-label={`${column.label} from`}
            defaultValue={query.get(`${name}~~from`) ?? ""}
          />
          <span>to</span>
          <input
            className="v-input"
            type="date"
            name={`${name}~~to`}
            aria-label={`${column.label} to`}
            defaultValue={query.get(`${name}~~to`) ?? ""}
          />
        </div>
      </fieldset>
    );
  return (
    <div className="v-field">
      <label htmlFor={id}>{column.label}</label>
      {options ? (
        <select className="v-input" id={id} name={name} defaultValue={value}>
          <option value="">Any</option>
          {options.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      ) : column.kind === "reference" && column.reference !== null && findResource(column.reference) ? (
        <ReferenceField id={id} name={name} reference={column.reference} initial={value} empty="Any" />
      ) : (
        <input
          className="v-input"
          id={id}
          name={name}
          defaultValue={value}
          maxLength={200}
          type={column.kind === "number" ? "number" : "text"}
        />
      )}
    </div>
  );
}

function describe(resource: ResourceView, name: string, value: string): string {
  const [columnName = "", end] = name.replace("filters.", "").split("~~");
  const column = resource.columns.find((candidate) => candidate.name === columnName);
  const label = column?.label ?? columnName;
  const shown =
    column?.choices?.find((choice) => choice.value === value)?.label ??
    (column?.kind === "flag" ? (value === "true" ? "yes" : "no") : column?.kind === "reference" ? "chosen" : value);
  return end ? `${label} ${end} ${shown}` : `${label}: ${shown}`;
}
