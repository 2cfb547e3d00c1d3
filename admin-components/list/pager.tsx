import { useSearchParams } from "react-router-dom";
import { Icon } from "../parts/icon.js";

/** Which records are shown, and the pages before and after. */
export function Pager({ page, perPage, total }: { page: number; perPage: number; total: number }) {
  const [query, setQuery] = useSearchParams();
  const last = Math.max(1, Math.ceil(total / perPage));
  const go = (target: number) => {
    const changed = new URLSearchParams(query);
    changed.set("page", String(target));
    setQuery(changed);
  };
  if (last === 1) return null;
  return (
    <nav className="v-pager" aria-label="Pages">
      <span>
        {((page - 1) * perPage + 1).toLocaleString()}–{Math.min(total, page * perPage).toLocaleString()} of {total.toLocaleString()}
      </span>
      <button type="button" className="v-button v-button--small" disabled={page <= 1} onClick={() => go(page - 1)}>
        <Icon name="ChevronLeft" size={14} /> Previous
      </button>
      <button type="button" className="v-button v-button--small" disabled={page >= last} onClick={() => go(page + 1)}>
        Next <Icon name="ChevronRight" size={14} />
      </button>
    </nav>
  );
}
