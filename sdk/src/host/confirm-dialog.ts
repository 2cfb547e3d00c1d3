import type { ConfirmationRequest } from "../protocol/index.js";
import { plainText, quoted } from "./plain-text.js";

/** Milliseconds before Confirm accepts a click: a click that was meant for something else must not land on it. */
const armingDelay = 500;

export interface Question {
  readonly widgetName: string;
  readonly request: ConfirmationRequest;
}

/** Asks; resolves true only for a trusted click on Confirm. `signal` withdraws the question. */
export type Ask = (question: Question, signal: AbortSignal) => Promise<boolean>;

let serial = 0;

/** The host's own dialog in the browser's top layer. Every text is a text node. */
export const askCustomer: Ask = (question, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const previous = document.activeElement;
    serial += 1;
    const { dialog, cancel, confirm } = buildDialog(question, `vitrine-dialog-${serial}`);
    let timer: number | undefined;

    const arm = () => {
      window.clearTimeout(timer);
      confirm.disabled = true;
      timer = window.setTimeout(() => {
        confirm.disabled = document.visibilityState !== "visible";
      }, armingDelay);
    };
    const finish = (answer: boolean) => {
      window.clearTimeout(timer);
      signal.removeEventListener("abort", withdraw);
      document.removeEventListener("visibilitychange", arm);
      window.removeEventListener("resize", arm);
      dialog.close();
      dialog.remove();
      if (previous instanceof HTMLElement && previous.isConnected) previous.focus({ preventScroll: true });
      resolve(answer);
    };
    const withdraw = () => finish(false);

    cancel.addEventListener("click", (event) => event.isTrusted && finish(false));
    confirm.addEventListener("click", (event) => event.isTrusted && !confirm.disabled && finish(true));
    // Escape.
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      finish(false);
    });
    // A browser may close the dialog on a second Escape without asking.
    dialog.addEventListener("close", () => dialog.isConnected && finish(false));
    signal.addEventListener("abort", withdraw);
    document.addEventListener("visibilitychange", arm);
    // What is under the pointer may have moved.
    window.addEventListener("resize", arm);

    document.body.append(dialog);
    dialog.showModal();
    cancel.focus();
    arm();
  });

function buildDialog({ widgetName, request }: Question, id: string) {
  const dialog = element("dialog", "vitrine-dialog");
  dialog.setAttribute("aria-labelledby", `${id}-title`);
  dialog.setAttribute("aria-describedby", `${id}-text`);

  const title = element("h2", "vitrine-dialog-title", "Confirm this change");
  title.id = `${id}-title`;
  const text = element("p", "vitrine-dialog-text");
  text.id = `${id}-text`;
  const name = element("strong", "vitrine-dialog-widget", quotedName(widgetName));
  const subject = element("strong", "vitrine-dialog-subject", plainText(request.subject));
  text.append(name, ` ${plainText(request.action)} `, subject, ".");

  const cancel = element("button", "vitrine-button vitrine-button-cancel", "Cancel");
  cancel.type = "button";
  const confirm = element("button", "vitrine-button vitrine-button-confirm", "Confirm");
  confirm.type = "button";
  confirm.disabled = true;
  const actions = element("div", "vitrine-dialog-actions");
  actions.append(cancel, confirm);

  dialog.append(title, text, buildTable(request.changes), actions);
  return { dialog, cancel, confirm };
}

function buildTable(changes: ConfirmationRequest["changes"]): HTMLElement {
  const scroller = element("div", "vitrine-dialog-changes");
  if (changes.length === 0) return scroller;
  const table = element("table", "vitrine-changes");
  const head = table.createTHead().insertRow();
  for (const label of ["Detail", "Was", "Now"]) {
    const cell = element("th", "", label);
    cell.scope = "col";
    head.append(cell);
  }
  const body = table.createTBody();
  for (const change of changes.slice(0, 50)) {
    const row = body.insertRow();
    const label = element("th", "vitrine-change-label", plainText(change.label));
    label.scope = "row";
    row.append(label, valueCell("vitrine-change-was", change.was), valueCell("vitrine-change-now", change.now));
  }
  scroller.append(table);
  // Long tables scroll; the keyboard must reach that.
  scroller.tabIndex = 0;
  scroller.setAttribute("role", "region");
  scroller.setAttribute("aria-label", "Changes");
  return scroller;
}

function valueCell(className: string, value: string | null): HTMLElement {
  return element("td", value === null ? `${className} vitrine-change-none` : className, value === null ? "not set" : quoted(value));
}

function quotedName(name: string): string {
  return `“${plainText(name)}”`;
}

function element<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, text?: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
