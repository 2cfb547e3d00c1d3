/**
 * Without `allow-forms` no browser fires `submit`, so forms would be dead in a sandboxed frame. This gives the event back, as
 * HTML describes it (constraint validation, submitter, one event per attempt), and submits nothing.
 */
const submitting = new WeakSet<HTMLFormElement>();
const handled = new WeakSet<Event>();
const reportValidity = Reflect.get(HTMLFormElement.prototype, "reportValidity");
const dispatchEvent = Reflect.get(EventTarget.prototype, "dispatchEvent");
const attachShadow = Reflect.get(Element.prototype, "attachShadow");

type Submitter = HTMLButtonElement | HTMLInputElement;

export function installForms(): void {
  window.addEventListener("click", onClick);
  // A handler may stop the event on its way up; the browser's own submission would not care.
  window.addEventListener(
    "click",
    (event) => {
      const submitter = submitterOf(event);
      if (submitter) window.setTimeout(() => submitBy(event, submitter));
    },
    { capture: true },
  );
  window.addEventListener("keypress", onKeyPress);
  HTMLFormElement.prototype.requestSubmit = function requestSubmit(this: HTMLFormElement, submitter?: HTMLElement | null) {
    if (submitter !== undefined && submitter !== null) {
      if (!isSubmitter(submitter)) throw new TypeError("The specified element is not a submit button.");
      if (submitter.form !== this) throw new DOMException("The specified element is not owned by this form element.", "NotFoundError");
    }
    submit(this, submitter ?? null);
  };
  HTMLFormElement.prototype.submit = function submitSilently() {};
  // Events inside a closed shadow root are retargeted before they reach the window.
  Element.prototype.attachShadow = function attachListening(this: Element, options: ShadowRootInit) {
    const root = Reflect.apply(attachShadow, this, [options]);
    if (options?.mode === "closed") {
      root.addEventListener("click", onClick);
      root.addEventListener("keypress", onKeyPress);
    }
    return root;
  };
}

function onClick(event: Event): void {
  const submitter = submitterOf(event);
  if (submitter) submitBy(event, submitter);
}

function submitterOf(event: Event): Submitter | undefined {
  return event.composedPath().find(isSubmitter);
}

function submitBy(event: Event, submitter: Submitter): void {
  if (event.defaultPrevented || handled.has(event) || !submitter.form || submitter.matches(":disabled")) return;
  handled.add(event);
  // The browser's own attempt would only be refused with a message on the console.
  event.preventDefault();
  submit(submitter.form, submitter);
}

/** Enter in a field. With a default button the browser clicks it; only a form without one needs help. */
function onKeyPress(event: Event): void {
  const { key, isComposing } = event as KeyboardEvent;
  if (key !== "Enter" || isComposing || !event.isTrusted || event.defaultPrevented || handled.has(event)) return;
  const field = event.composedPath()[0];
  if (!(field instanceof HTMLInputElement) || !field.form || !submitsOnEnter(field)) return;
  const { form } = field;
  const elements = [...form.elements];
  if (elements.some(isSubmitter)) return;
  if (elements.filter((element) => element instanceof HTMLInputElement && isBlockingField(element)).length > 1) return;
  handled.add(event);
  // After the browser's own `change` event.
  window.setTimeout(() => submit(form, null));
}

function submit(form: HTMLFormElement, submitter: Submitter | null): void {
  if (!form.isConnected || submitting.has(form)) return;
  submitting.add(form);
  try {
    const validates = !form.noValidate && !(submitter?.formNoValidate ?? false);
    if (validates && !Reflect.apply(reportValidity, form, [])) return;
    const event = new SubmitEvent("submit", { bubbles: true, cancelable: true, submitter });
    if (Reflect.apply(dispatchEvent, form, [event])) closeDialog(form, submitter);
  } finally {
    submitting.delete(form);
  }
}

/** `method="dialog"` stays inside the document, so it keeps working. */
function closeDialog(form: HTMLFormElement, submitter: Submitter | null): void {
  const method = submitter?.getAttribute("formmethod") ?? form.getAttribute("method");
  const dialog = form.closest("dialog");
  if (method?.toLowerCase() !== "dialog" || !dialog?.open) return;
  if (submitter?.hasAttribute("value")) dialog.close(submitter.value);
  else dialog.close();
}

function isSubmitter(target: unknown): target is Submitter {
  if (target instanceof HTMLButtonElement) return target.type === "submit";
  return target instanceof HTMLInputElement && (target.type === "submit" || target.type === "image");
}

const blocking = /^(?:text|search|url|tel|email|password|date|month|week|time|datetime-local|number)$/;

function isBlockingField(field: HTMLInputElement): boolean {
  return blocking.test(field.type);
}

function submitsOnEnter(field: HTMLInputElement): boolean {
  return blocking.test(field.type) || field.type === "checkbox" || field.type === "radio";
}
