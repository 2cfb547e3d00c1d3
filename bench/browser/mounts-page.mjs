import { createWidgetHost } from "../../src/portal/client/widget-host.ts";
import { hostOptions } from "./host-options.mjs";

const { mode, widgets } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
const main = document.querySelector("#places");
const places = widgets.map(({ widgetId }) => {
  const place = document.createElement("div");
  place.className = "place";
  if (mode === "vitrine") place.dataset.mount = widgetId;
  main.append(place);
  return place;
});
/** What the customer sees at once; `whenReady` resolves with the time from the navigation's start until all of it works. */
const waiting = new Set(places.filter((place) => place.getBoundingClientRect().top < innerHeight));
const visible = waiting.size;
window.bench = {};
window.bench.ready = new Promise((resolve, reject) => {
  const settle = (place) => {
    if (waiting.delete(place) && waiting.size === 0) resolve({ time: performance.now(), visible });
  };
  if (mode === "vitrine") mountWidgets(settle, reject);
  else addBareFrames(settle);
});

/** As the portal does: its own code mounts what comes near the viewport. */
function mountWidgets(settle, reject) {
  new MutationObserver((records) => {
    for (const { target } of records) {
      const state = target.dataset.vitrineState;
      if (state === "ready") settle(target);
      else if (state === "failed" || state === "removed") reject(new Error(`${state} ${target.dataset.vitrineReason ?? ""}`));
    }
  }).observe(main, { subtree: true, attributes: true, attributeFilter: ["data-vitrine-state"] });
  createWidgetHost({ host: hostOptions, mounts: widgets, fragments: null, sessionEndsAt: null }, () => {}).start("light");
}

/** All at once. A frame says itself when it has drawn. */
function addBareFrames(settle) {
  const byWindow = new Map();
  window.addEventListener("message", (event) => {
    const place = byWindow.get(event.source);
    if (place) settle(place);
  });
  for (const [index, place] of places.entries()) {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.src = widgets[index][mode];
    place.append(frame);
    byWindow.set(frame.contentWindow, place);
  }
}
