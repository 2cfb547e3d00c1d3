import { type DragEvent, useId, useRef, useState } from "react";
import { panel } from "../panel-state.js";
import { Icon } from "../parts/icon.js";
import { sayBytes } from "../record/value.js";

/** Takes one .js file, dropped or chosen. What is plainly wrong is said before anything is sent. */
export function DropZone({
  file,
  error,
  onFile,
  disabled = false,
}: {
  file: File | undefined;
  error: string | undefined;
  onFile: (file: File | undefined) => void;
  disabled?: boolean;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const take = (candidate: File | undefined) => {
    const problem = candidate && check(candidate);
    setRefusal(problem);
    onFile(problem ? undefined : candidate);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!disabled) take(event.dataTransfer.files[0]);
  };
  const message = refusal ?? error;
  return (
    <div className="v-field">
      <div
        className={`v-drop${over ? " v-drop--over" : ""}${message ? " v-drop--wrong" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name={file ? "FileText" : "UploadCloud"} size={26} />
        {file ? (
          <p>
            <strong>{file.name}</strong> <span className="v-none">{sayBytes(file.size)}</span>
          </p>
        ) : (
          <p>
            <strong>Drop a .js file here</strong>
            <span className="v-none"> or choose one. At most {sayBytes(panel.maxBundleBytes)}.</span>
          </p>
        )}
        <label className={disabled ? "v-button v-button--disabled" : "v-button"} htmlFor={id}>
          {file ? "Choose another" : "Choose file"}
        </label>
        <input
          ref={input}
          className="v-sr"
          id={id}
          type="file"
          name="bundle"
          accept=".js,.mjs,text/javascript"
          disabled={disabled}
          aria-label="Bundle"
          aria-invalid={message ? true : undefined}
          aria-describedby={message ? `${id}-error` : undefined}
          onChange={(event) => take(event.target.files?.[0])}
        />
      </div>
      {message && (
        <p className="v-error" id={`${id}-error`} role="alert">
          {message}
        </p>
      )}
    </div>
  );
}

function check(file: File): string | undefined {
  if (!/\.m?js$/i.test(file.name)) return `${file.name} is not a .js file. A bundle is a single JavaScript file.`;
  if (file.size === 0) return `${file.name} is empty.`;
  return file.size > panel.maxBundleBytes
    ? `${file.name} has ${sayBytes(file.size)}; the limit is ${sayBytes(panel.maxBundleBytes)}.`
    : undefined;
}
