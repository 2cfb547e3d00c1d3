import { useState } from "react";
import { Dialog } from "./dialog.js";

/** A small image that opens large. Only addresses that the server vouched for come here. */
export function Thumbnail({ url, name }: { url: string; name: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="v-thumb"
        aria-label={`Open ${name}`}
        onClick={(event) => {
          event.stopPropagation();
          setOpen(true);
        }}
      >
        <img src={url} alt={name} loading="lazy" width={56} height={56} referrerPolicy="no-referrer" />
      </button>
      {open && (
        <Dialog title={name} wide onClose={() => setOpen(false)}>
          <img className="v-dialog__image" src={url} alt={name} referrerPolicy="no-referrer" />
          <div className="v-dialog__actions">
            <button type="button" className="v-button" onClick={() => setOpen(false)} autoFocus>
              Close
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
