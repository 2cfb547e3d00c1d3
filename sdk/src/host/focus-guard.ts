/** Milliseconds in which a Tab key, or a press inside the frame, explains that focus moved there. */
const tabWindow = 500;
const pressWindow = 1_000;
/** Refused attempts in `theftWindow` milliseconds that make a frame a thief: each may cost the customer a key. */
const allowedThefts = 3;
const theftWindow = 10_000;

export interface FocusGuard {
  /** While a dialog is open no frame may have focus, whatever the reason. */
  setModal(modal: boolean): void;
  /** The frame's SDK saw a trusted press of a finger or button there: focus may go, also when it was refused a moment ago. */
  pressed(frame: HTMLIFrameElement): void;
  close(): void;
}

/**
 * A frame can call `focus()` on itself and swallow what the customer types into the page. Focus that leaves a field of the
 * page for a frame is taken back unless the customer moved it: by Tab, or by a press that the frame's SDK saw (a page is told
 * of no pointer event inside a frame). A frame that keeps trying is reported.
 */
export function createFocusGuard(isOurFrame: (element: Element) => boolean, onThief: (frame: Element) => void): FocusGuard {
  let isModal = false;
  let field: HTMLElement | undefined;
  let lastTab = Number.NEGATIVE_INFINITY;
  let refused: { readonly frame: Element | undefined; readonly at: number } | undefined;
  let press: { readonly frame: Element; readonly at: number } | undefined;
  const thefts = new WeakMap<Element, number[]>();
  const listeners = new AbortController();
  const options = { capture: true, passive: true, signal: listeners.signal };

  const movedByCustomer = (frame: Element | undefined) => {
    const now = performance.now();
    if (now - lastTab < tabWindow) return true;
    return press !== undefined && now - press.at < pressWindow && (frame === undefined || press.frame === frame);
  };
  const countTheft = (frame: Element) => {
    const now = performance.now();
    const recent = [...(thefts.get(frame) ?? []).filter((at) => now - at < theftWindow), now];
    thefts.set(frame, recent);
    if (recent.length > allowedThefts) onThief(frame);
  };
  const takeBack = () => {
    const active = document.activeElement;
    const frame = active && isOurFrame(active) ? active : undefined;
    const target = isModal ? document.querySelector<HTMLElement>("dialog[open] .vitrine-button-cancel") : field;
    if (!target?.isConnected) return;
    if (!isModal && movedByCustomer(frame)) {
      field = undefined;
      return;
    }
    refused = { frame, at: performance.now() };
    // Chromium leaves the page's own active element in place while the keys go to the frame; only a fresh focus moves them back.
    if (active instanceof HTMLElement) active.blur();
    window.focus();
    target.focus({ preventScroll: true });
    if (frame) countTheft(frame);
  };

  document.addEventListener(
    "focusin",
    ({ target }) => {
      if (!(target instanceof HTMLElement)) return;
      if (isOurFrame(target)) takeBack();
      else field = isEditable(target) ? target : undefined;
    },
    options,
  );
  window.addEventListener(
    "blur",
    ({ target }) => {
      // The window itself, and not for another tab or program: focus is in a frame now.
      // Not inside the event: the browser is still moving focus and would finish what it began.
      if (target === window && document.hasFocus()) window.setTimeout(takeBack);
    },
    options,
  );
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Tab") lastTab = performance.now();
    },
    options,
  );
  return {
    setModal(modal) {
      isModal = modal;
    },
    pressed(frame) {
      const now = performance.now();
      press = { frame, at: now };
      thefts.delete(frame);
      if (isModal || refused === undefined || now - refused.at > pressWindow || (refused.frame ?? frame) !== frame) return;
      refused = undefined;
      field = undefined;
      frame.focus({ preventScroll: true });
    },
    close: () => listeners.abort(),
  };
}

function isEditable(element: HTMLElement): boolean {
  if (element instanceof HTMLInputElement) return !/^(?:button|submit|reset|checkbox|radio|range|color|file|image)$/.test(element.type);
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement || element.isContentEditable;
}
