import { createContext, type ReactNode, useCallback, useContext, useState } from "react";
import type { Notice } from "../panel-state.js";
import { Icon } from "./icon.js";

const NoticeContext = createContext<(notice: Notice | undefined) => void>(() => undefined);
/** Says something at the bottom of the page; a success goes away by itself. */
export const useNotify = () => useContext(NoticeContext);

let lastId = 0;

export function Notices({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly (Notice & { id: number })[]>([]);
  const notify = useCallback((notice: Notice | undefined) => {
    if (!notice) return;
    const id = (lastId += 1);
    setShown((present) => [...present.slice(-2), { ...notice, id }]);
    window.setTimeout(() => setShown((present) => present.filter((item) => item.id !== id)), notice.type === "success" ? 4000 : 12_000);
  }, []);
  return (
    <NoticeContext.Provider value={notify}>
      {children}
      <div className="v-notices" aria-live="polite">
        {shown.map((notice) => (
          <div key={notice.id} className={`v-notice v-notice--${notice.type}`} role={notice.type === "error" ? "alert" : "status"}>
            <Icon name={notice.type === "error" ? "AlertTriangle" : "CheckCircle"} />
            <span>{notice.message}</span>
            <button
              type="button"
              className="v-icon-button"
              aria-label="Dismiss"
              onClick={() => setShown((present) => present.filter((item) => item.id !== notice.id))}
            >
              <Icon name="X" size={14} />
            </button>
          </div>
        ))}
      </div>
    </NoticeContext.Provider>
  );
}
