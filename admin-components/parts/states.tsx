import { type ReactNode, useEffect, useState } from "react";
import { Icon } from "./icon.js";

/** Says that something is under way, but only when it takes long enough to be noticed. */
export function Waiting({ what = "Loading" }: { what?: string }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setShown(true), 300);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <div className="v-waiting" role="status">
      {shown && (
        <>
          <span className="v-spinner" aria-hidden={true} /> {what} …
        </>
      )}
    </div>
  );
}

export function Problem({ message, onRetry }: { message: string; onRetry?: () => void }) {
  return (
    <div className="v-alert v-alert--danger" role="alert">
      <Icon name="AlertTriangle" />
      <span className="v-alert__text">{message}</span>
      {onRetry && (
        <button type="button" className="v-button v-button--small" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}

export function Empty({ icon, title, children }: { icon: string; title: string; children?: ReactNode }) {
  return (
    <div className="v-empty">
      <span className="v-empty__icon">
        <Icon name={icon} size={22} />
      </span>
      <p className="v-empty__title">{title}</p>
      {children}
    </div>
  );
}
