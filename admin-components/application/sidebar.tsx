import { useEffect, useRef } from "react";
import { Link, NavLink } from "react-router-dom";
import { listPath, panel, rootPath } from "../panel-state.js";
import { Icon } from "../parts/icon.js";
import { ThemeSwitch } from "./theme-switch.js";

const groups = ["Widgets", "Publishing", "Content", "Customers", "Security", "Settings"];
const roleNames = { admin: "Admin", manager: "Manager", developer: "Developer", viewer: "Viewer" } as const;

/** What this person may open, in groups. On small screens it slides in over the page. */
export function Sidebar({ open, onClose }: { open: boolean; onClose: () => void }) {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    element.current?.querySelector<HTMLElement>("a")?.focus();
    const leave = (event: KeyboardEvent) => {
      if (event.key === "Escape") onClose();
    };
    window.addEventListener("keydown", leave);
    return () => window.removeEventListener("keydown", leave);
  }, [open, onClose]);
  return (
    <>
      {open && <div className="v-scrim" onClick={onClose} aria-hidden={true} />}
      <aside ref={element} className={open ? "v-sidebar v-sidebar--open" : "v-sidebar"} id="sidebar">
        <div className="v-sidebar__brand">
          <Link to={rootPath} className="v-brand">
            <span className="v-brand__mark" aria-hidden={true} />
            <span className="v-brand__name">Vitrine</span>
          </Link>
          <button type="button" className="v-icon-button v-sidebar__close" aria-label="Close menu" onClick={onClose}>
            <Icon name="X" />
          </button>
        </div>
        <nav aria-label="Panel" className="v-nav">
          <NavLink to={rootPath} end className="v-nav__link">
            <Icon name="Home" /> Dashboard
          </NavLink>
          {groups.map((group) => {
            const resources = panel.resources.filter((resource) => resource.group === group);
            if (resources.length === 0) return null;
            return (
              <section key={group} className="v-nav__group" aria-label={group}>
                <h2>{group}</h2>
                {resources.map((resource) => (
                  <NavLink key={resource.id} to={listPath(resource.id)} className="v-nav__link">
                    <Icon name={resource.icon} /> {resource.many}
                  </NavLink>
                ))}
              </section>
            );
          })}
        </nav>
        <div className="v-sidebar__foot">
          <ThemeSwitch />
          <div className="v-me">
            <span className="v-me__mark" aria-hidden={true}>
              {panel.actor.name.slice(0, 1).toUpperCase()}
            </span>
            <span className="v-me__text">
              <span className="v-me__name">{panel.actor.name}</span>
              <span className="v-me__role">{roleNames[panel.actor.role]}</span>
            </span>
            <form method="post" action={`${rootPath}/logout`}>
              <button type="submit" className="v-icon-button" aria-label="Sign out" title="Sign out">
                <Icon name="LogOut" />
              </button>
            </form>
          </div>
        </div>
      </aside>
    </>
  );
}
