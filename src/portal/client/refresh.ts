import { showSignedOut } from "./watch-session.js";

/** Markup of our own server, parsed without running anything in it. */
function parse(markup: string): DocumentFragment {
  const template = document.createElement("template");
  template.innerHTML = markup;
  return template.content;
}

/** Fetches a fragment; undefined when it cannot be had, which is never worth disturbing the page for. */
async function load(address: string): Promise<DocumentFragment | undefined> {
  try {
    const response = await fetch(address, { credentials: "same-origin", redirect: "error", cache: "no-store" });
    if (response.status === 401) showSignedOut();
    return response.ok ? parse(await response.text()) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the page's own content in step with what widgets change, without a reload. */
export function createRefresh(fragments: { readonly overview: string; readonly activity: string } | null) {
  const entities = document.querySelector<HTMLElement>('[data-part="entities"]');
  const feed = document.querySelector<HTMLElement>('[data-part="activity"]');
  let pending: number | undefined;

  const fill = async (target: HTMLElement | null, address: string | undefined) => {
    if (!target || address === undefined) return;
    const content = await load(address);
    if (content) target.replaceChildren(content);
    else target.dataset["stale"] = "";
  };
  const fillFeed = async () => {
    if (!feed || feed.closest("[hidden]") || feed.dataset["stale"] === undefined) return;
    delete feed.dataset["stale"];
    if (feed.childElementCount === 0) feed.setAttribute("aria-busy", "true");
    await fill(feed, fragments?.activity);
    feed.removeAttribute("aria-busy");
  };

  return {
    /** Several changes in one go (a save and its log entry) are one refresh. */
    afterChange(): void {
      if (feed) feed.dataset["stale"] = "";
      window.clearTimeout(pending);
      pending = window.setTimeout(() => {
        void fill(entities, fragments?.overview);
        void fillFeed();
      }, 150);
    },
    open(tab: string): void {
      if (tab === "activity") void fillFeed();
    },
    /** "Show older" appends to the list instead of replacing the page. */
    watchOlder(): void {
      feed?.addEventListener("click", (event) => {
        const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("[data-older]") : null;
        if (!link || !fragments) return;
        event.preventDefault();
        link.setAttribute("aria-busy", "true");
        void showOlder(feed, link, fragments.activity);
      });
    },
  };
}

async function showOlder(feed: HTMLElement, link: HTMLAnchorElement, address: string): Promise<void> {
  const content = await load(address + new URL(link.href).search);
  if (content) append(feed, content);
  else link.removeAttribute("aria-busy");
}

/** Adds a page of the feed; a day that both pages share stays one group. */
function append(feed: HTMLElement, content: DocumentFragment): void {
  feed.querySelector(".more")?.remove();
  const last = feed.querySelector<HTMLElement>(".day:last-of-type");
  const first = content.querySelector<HTMLElement>(".day");
  const firstEntry = content.querySelector<HTMLElement>(".entry");
  if (last && first && last.dataset["day"] === first.dataset["day"]) {
    last.querySelector("ol")?.append(...first.querySelectorAll(".entry"));
    first.remove();
  }
  feed.append(content);
  if (firstEntry) {
    // The pressed link is gone: the keyboard goes on where the new entries begin.
    firstEntry.tabIndex = -1;
    firstEntry.focus({ preventScroll: true });
  }
}
