/**
 * Switches tabs without leaving the page, so that widgets keep what was typed into them. The links work without this;
 * addresses and history are the same either way.
 */
export function startTabs(options: { onOpen(tab: string): void }): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>("[data-tab]")];
  const panels = [...document.querySelectorAll<HTMLElement>("[data-panel]")];
  if (links.length === 0) return;

  const open = (tab: string) => {
    for (const link of links) {
      if (link.dataset["tab"] === tab) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    for (const panel of panels) panel.hidden = panel.dataset["panel"] !== tab;
    links.find((link) => link.dataset["tab"] === tab)?.scrollIntoView({ block: "nearest", inline: "nearest" });
    options.onOpen(tab);
  };
  const tabOf = (address: string): string => {
    const asked = new URL(address, location.href).searchParams.get("tab") ?? "overview";
    return panels.some((panel) => panel.dataset["panel"] === asked) ? asked : "overview";
  };

  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (link.href !== location.href) history.pushState(null, "", link.href);
      open(link.dataset["tab"] ?? "overview");
    });
  }
  window.addEventListener("popstate", () => open(tabOf(location.href)));
}
