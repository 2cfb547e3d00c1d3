import { type ChangeEvent, useState } from "react";
import { findResource, type RecordView, titleOf } from "../panel-state.js";
import { useAnswer } from "../parts/use-answer.js";

interface Props {
  readonly id: string;
  readonly name: string;
  readonly reference: string;
  readonly initial: string;
  readonly empty?: string;
  readonly required?: boolean;
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean;
  readonly onChange?: (value: string) => void;
}

/** Chooses a record by name. Long lists get a search box above the choice. */
export function ReferenceField({
  id,
  name,
  reference,
  initial,
  empty = "Choose …",
  required = false,
  describedBy,
  invalid = false,
  onChange,
}: Props) {
  const [text, setText] = useState("");
  const [value, setValue] = useState(initial);
  const resource = findResource(reference);
  const suffix = text.trim() === "" ? "" : `/${encodeURIComponent(text.trim())}`;
  const { data } = useAnswer<{ records: readonly RecordView[] }>(`/resources/${reference}/actions/search${suffix}`);
  const { data: present } = useAnswer<{ record: RecordView }>(
    initial === "" ? undefined : `/resources/${reference}/records/${initial}/show`,
  );
  const records = data?.records ?? [];
  const missing = present && !records.some((record) => record.id === initial) ? [present.record] : [];
  const change = (event: ChangeEvent<HTMLSelectElement>) => {
    setValue(event.target.value);
    onChange?.(event.target.value);
  };
  if (!resource) return null;
  return (
    <div className="v-reference">
      {(records.length >= 20 || text !== "") && (
        <input
          className="v-input"
          type="search"
          value={text}
          placeholder={`Search ${resource.many.toLowerCase()}`}
          aria-label={`Search ${resource.many.toLowerCase()}`}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <select
        className="v-input"
        id={id}
        name={name}
        value={value}
        required={required}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        onChange={change}
      >
        <option value="">{empty}</option>
        {[...missing, ...records].map((record) => (
          <option key={record.id} value={record.id}>
            {titleOf(resource, record)}
          </option>
        ))}
      </select>
    </div>
  );
}
