import { createHost, type Host } from "../../../sdk/src/host/index.js";
import type { ClientPageData } from "./read-page-data.js";

export type ColorScheme = "light" | "dark";

/** The scheme that the page is shown in: chosen in a preview, else the system's. */
export function currentScheme(): ColorScheme {
  const chosen = document.documentElement.dataset["theme"];
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Mounts each widget when its place comes near the viewport. A hidden tab's place has no box, so it waits for its tab. */
export function createWidgetHost(data: ClientPageData, onChange: () => void) {
  const places = [...document.querySelectorAll<HTMLElement>("[data-mount]")];
  const byId = new Map(data.mounts.map((mount) => [mount.widgetId, mount]));
  let host: Host | undefined;
  let near: IntersectionObserver | undefined;

  for (const place of places) reserveHeight(place);

  const mount = (place: HTMLElement) => {
    const widget = byId.get(place.dataset["mount"] ?? "");
    if (!widget || !host) return;
    place.querySelector("[data-skeleton]")?.remove();
    place.style.minHeight = "";
    host.mount(place, widget);
  };

  const start = (scheme: ColorScheme = currentScheme()) => {
    if (places.length === 0) return;
    pinScheme(scheme);
    host = createHost({ ...data.host, colorScheme: scheme, onChange });
    near = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (!entry.isIntersecting) continue;
          near?.unobserve(entry.target);
          mount(entry.target as HTMLElement);
        }
      },
      { rootMargin: "200px" },
    );
    for (const place of places) near.observe(place);
  };

  return {
    start,
    /** Previews only: everything again, in another colour scheme. */
    restart(scheme: ColorScheme) {
      near?.disconnect();
      host?.close();
      for (const place of places) place.replaceChildren();
      start(scheme);
    },
  };
}

/**
 * Frames keep the scheme they were given, and giving them another one means starting them again, with what was typed lost. So
 * when the system switches, the page stays as it is until the next visit.
 */
function pinScheme(scheme: ColorScheme): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener(
    "change",
    () => {
      document.documentElement.dataset["theme"] ??= scheme;
    },
    { once: true },
  );
}

/** The placeholder is as tall as the widget was last time, so that mounting it later moves nothing. */
function reserveHeight(place: HTMLElement): void {
  try {
    const height = Number(sessionStorage.getItem(`vitrine:height:${place.dataset["mount"] ?? ""}`));
    if (height > 0 && height < 10_000) place.style.minHeight = `${height}px`;
  } catch {
    // No storage: the style sheet's default height stands.
  }
}
