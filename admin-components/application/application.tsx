import { useEffect, useRef, useState } from "react";
import { Route, Routes, useLocation } from "react-router-dom";
import { Dashboard } from "../dashboard/dashboard.js";
import { rootPath } from "../panel-state.js";
import { Notices } from "../parts/notices.js";
import { PageGuard } from "../parts/page-guard.js";
import { NotFound, RecordRoute, ResourceRoute } from "./routes.js";
import { Sidebar } from "./sidebar.js";
import { TopBar } from "./top-bar.js";

/** The whole panel: sidebar, top bar on small screens, and the page of the address. */
export function Application() {
  const { pathname } = useLocation();
  // The menu is open for one page: going to another closes it.
  const [menuFor, setMenuFor] = useState<string>();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current !== pathname) window.scrollTo(0, 0);
    shown.current = pathname;
  }, [pathname]);
  return (
    <Notices>
      <a className="v-skip" href="#main">
        Skip to content
      </a>
      <div className="v-app">
        <TopBar onMenu={() => setMenuFor(pathname)} />
        <Sidebar open={menuFor === pathname} onClose={() => setMenuFor(undefined)} />
        <main id="main" className="v-main" tabIndex={-1}>
          <PageGuard key={pathname}>
            <Routes>
              <Route path={rootPath} element={<Dashboard />} />
              <Route path={`${rootPath}/resources/:resourceId`} element={<ResourceRoute />} />
              <Route path={`${rootPath}/resources/:resourceId/actions/:action`} element={<ResourceRoute />} />
              <Route path={`${rootPath}/resources/:resourceId/records/:recordId/:action`} element={<RecordRoute />} />
              <Route path="*" element={<NotFound />} />
            </Routes>
          </PageGuard>
        </main>
      </div>
    </Notices>
  );
}
