import { type ReactNode, useEffect } from "react";
import { Link } from "react-router-dom";

export interface Crumb {
  readonly label: string;
  readonly to?: string;
}

/** A page's head: where it is, what it is, what can be done. Sets the window's title. */
export function Page({
  title,
  crumbs = [],
  meta,
  actions,
  children,
}: {
  title: string;
  crumbs?: readonly Crumb[];
  meta?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Vitrine`;
  }, [title]);
  return (
    <div className="v-page">
      <header className="v-page__head">
        {crumbs.length > 0 && (
          <nav aria-label="Breadcrumb" className="v-crumbs">
            <ol>
              {crumbs.map((crumb) => (
                <li key={crumb.label}>{crumb.to ? <Link to={crumb.to}>{crumb.label}</Link> : crumb.label}</li>
              ))}
            </ol>
          </nav>
        )}
        <div className="v-page__row">
          <div className="v-page__title">
            <h1>{title}</h1>
            {meta}
          </div>
          {actions && <div className="v-page__actions">{actions}</div>}
        </div>
      </header>
      {children}
    </div>
  );
}
