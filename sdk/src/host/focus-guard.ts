/** A key typed in the page this recently (milliseconds) means that the customer is still typing there. */
const typingWindow = 1_500;
const tabWindow = 500;

export interface FocusGuard {
  /** While a dialog is open no frame may have focus, whatever the reason. */
  setModal(modal: boolean): void;
  close(): void;
}

/**
 * A frame can call `focus()` on itself and swallow what the customer types into the page. Focus that leaves a field of the
 * page for a frame is given back unless the customer moved it: by Tab, or by a pointer that went there after the last key.
 */
export function createFocusGuard(isOurFrame: (element: Element) => boolean): FocusGuard {
  let isModal = false;
  let lastField: HTMLElement | undefined;
  let lastKey = Number.NEGATIVE_INFINITY;
  let lastTab = Number.NEGATIVE_INFINITY;
  let pointer: { readonly over: Element; readonly since: number } | undefined;
  const listeners = new AbortController();
  const options = { capture: true, passive: true, signal: listeners.signal };

  const movedByCustomer = (frame: Element) => {
    const now = performance.now();
    if (now - lastTab < tabWindow) return true;
    if (now - lastKey > typingWindow) return pointer?.over === frame || matchMedia("(hover: none)").matches;
    return pointer?.over === frame && pointer.since > lastKey;
  };
  const giveBack = () => {
    const frame = document.activeElement;
    if (!frame || !isOurFrame(frame)) return;
    const target = isModal ? document.querySelector<HTMLElement>("dialog[open] .vitrine-button-cancel") : lastField;
    if (!target?.isConnected || (!isModal && movedByCustomer(frame))) return;
    // Some engines keep the frame focused until it is told to let go.
    if (frame instanceof HTMLElement) frame.blur();
    window.focus();
    target.focus({ preventScroll: true });
  };

  document.addEventListener(
    "focusin",
    ({ target }) => {
      if (!(target instanceof HTMLElement)) return;
      if (isOurFrame(target)) giveBack();
      else lastField = isEditable(target) || isModal ? target : undefined;
    },
    options,
  );
  // Focus went into a frame: the window loses it, and no element of ours hears a focus event.
  window.addEventListener("blur", giveBack, options);
  document.addEventListener(
    "keydown",
    (event) => {
      lastKey = performance.now();
      if (event.key === "Tab") lastTab = lastKey;
    },
    options,
  );
  document.addEventListener(
    "pointerover",
    ({ target }) => {
      pointer = target instanceof Element && isOurFrame(target) ? { over: target, since: performance.now() } : undefined;
    },
    options,
  );
  // A click on the page itself ends the claim of the field that had focus before.
  document.addEventListener("pointerdown", ({ target }) => void (target !== lastField && (lastField = undefined)), options);

  return {
    setModal(modal) {
      isModal = modal;
      if (modal) giveBack();
    },
    close: () => listeners.abort(),
  };
}

function isEditable(element: HTMLElement): boolean {
  if (element instanceof HTMLInputElement) return !/^(?:button|submit|reset|checkbox|radio|range|color|file|image)$/.test(element.type);
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement || element.isContentEditable;
}
