import { type ReactNode, useEffect, useId, useRef } from "react";

/** A modal dialog of the browser's own: focus stays inside and returns to where it was. */
export function Dialog({
  title,
  onClose,
  children,
  wide = false,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  wide?: boolean;
}) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      className={wide ? "v-dialog v-dialog--wide" : "v-dialog"}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === element.current) onClose();
      }}
    >
      <div className="v-dialog__body">
        <h2 id={heading}>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}

/** Asks before something is destroyed: names the thing, says the effect. */
export function ConfirmDialog(options: {
  title: string;
  effect: string;
  confirm: string;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}) {
  return (
    <Dialog title={options.title} onClose={options.onClose}>
      <p>{options.effect}</p>
      <div className="v-dialog__actions">
        <button type="button" className="v-button" onClick={options.onClose} autoFocus>
          Cancel
        </button>
        <button type="button" className="v-button v-button--danger" onClick={options.onConfirm} disabled={options.busy}>
          {options.confirm}
        </button>
      </div>
    </Dialog>
  );
}
