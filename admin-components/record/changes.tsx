import { JsonTable, words } from "./json-table.js";

/** What was and what is now, one row for each name that changed. */
export function Changes({ value }: { value: unknown }) {
  const rows = readChanges(value);
  if (rows.length === 0) return <span className="v-none">–</span>;
  return (
    <table className="v-changes">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Was</th>
          <th scope="col">Now</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">{words(row.name)}</th>
            <td className="v-was">
              <JsonTable value={row.from} brief />
            </td>
            <td className="v-now">
              <JsonTable value={row.to} brief />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function readChanges(value: unknown): readonly { readonly name: string; readonly from: unknown; readonly to: unknown }[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .slice(0, 50)
    .map(([name, change]: [string, unknown]) => {
      const pair =
        typeof change === "object" && change !== null && !Array.isArray(change)
          ? (change as { from?: unknown; to?: unknown })
          : { to: change };
      return { name, from: pair.from, to: pair.to };
    });
}
