import { Link } from "react-router-dom";
import { rootPath } from "../panel-state.js";
import { Icon } from "../parts/icon.js";

/** Shown on small screens only, where the sidebar is hidden. */
export function TopBar({ onMenu }: { onMenu: () => void }) {
  return (
    <header className="v-topbar">
      <button type="button" className="v-icon-button" aria-label="Open menu" aria-controls="sidebar" onClick={onMenu}>
        <Icon name="Menu" size={20} />
      </button>
      <Link to={rootPath} className="v-brand">
        <span className="v-brand__mark" aria-hidden={true} />
        <span className="v-brand__name">Vitrine</span>
      </Link>
    </header>
  );
}
