import { createHost } from "../../sdk/src/host/index.ts";
import { hostOptions } from "./host-options.mjs";

const places = document.querySelector("#places");

function addPlace() {
  const place = document.createElement("div");
  place.className = "place";
  places.append(place);
  return place;
}

/** Mounts a widget and resolves when it is ready. */
function mountWidget(widget, options) {
  const place = addPlace();
  createHost({ ...hostOptions, ...options }).mount(place, widget);
  return new Promise((resolve, reject) => {
    const look = () => {
      const state = place.dataset.vitrineState;
      if (state === "ready") resolve();
      else if (state === "failed" || state === "removed") reject(new Error(`${state} ${place.dataset.vitrineReason}`));
    };
    new MutationObserver(look).observe(place, { attributes: true });
    look();
  });
}

/** Adds a bare sandboxed frame and gives it one end of a channel; `serve` gets the other one. */
function addBareFrame(url, serve) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.src = url;
  addPlace().append(frame);
  return new Promise((resolve) => {
    window.addEventListener("message", (event) => {
      if (event.source !== frame.contentWindow) return;
      if (event.data === "ready") return resolve();
      const { port1, port2 } = new MessageChannel();
      serve(port2);
      frame.contentWindow.postMessage("port", "*", [port1]);
    });
  });
}

const answer = { data: { id: "1" } };

window.bench = {
  mountWidget,
  /** Answered by the page itself. */
  addBareOfPage: (url) =>
    addBareFrame(url, (port) => {
      port.onmessage = ({ data }) => port.postMessage({ v: 1, type: "reply", id: data.id, data: answer });
    }),
  /** Answered by a worker of the page. */
  addBareOfWorker: (url) => addBareFrame(url, (port) => new Worker("/echo-worker.js").postMessage(port, [port])),
  /** Answered by the page after a request to the server. */
  addBareOfServer: (url) =>
    addBareFrame(url, (port) => {
      port.onmessage = async ({ data }) => {
        const response = await fetch("/call", {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(data.params),
        });
        const { reply } = await response.json();
        port.postMessage({ v: 1, type: "reply", id: data.id, data: reply });
      };
    }),
};
