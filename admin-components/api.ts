import { rootPath } from "./panel-state.js";

export interface Answer<T> {
  readonly ok: boolean;
  readonly status: number;
  readonly data: T;
}

/** The panel's API. A session that ended leads to the sign-in page and back. */
export async function call<T>(path: string, options: { body?: FormData | object; signal?: AbortSignal } = {}): Promise<Answer<T>> {
  const { body, signal } = options;
  const isForm = body instanceof FormData;
  const response = await fetch(`${rootPath}/api${path}`, {
    credentials: "same-origin",
    headers: { Accept: "application/json", ...(body === undefined || isForm ? {} : { "Content-Type": "application/json" }) },
    ...(body === undefined ? {} : { method: "POST", body: isForm ? body : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  return finish<T>(response.status, await response.text());
}

/** The same with upload progress from 0 to 1. */
export function upload<T>(path: string, form: FormData, onProgress: (part: number) => void): Promise<Answer<T>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${rootPath}/api${path}`);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener("load", () => resolve(finish<T>(request.status, request.responseText)));
    request.addEventListener("error", () => reject(new Error("The server did not answer. Check the connection and try again.")));
    request.send(form);
  });
}

function finish<T>(status: number, text: string): Answer<T> {
  if (status === 401) window.location.assign(`${rootPath}/login?next=${encodeURIComponent(window.location.pathname)}`);
  return { ok: status >= 200 && status < 300, status, data: parse(text) as T };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

export const resourceApi = (resource: string, action: string): string => `/resources/${resource}/actions/${action}`;
export const recordApi = (resource: string, id: string, action: string): string => `/resources/${resource}/records/${id}/${action}`;

/** What went wrong, as the server says it, with the request's id when there is one. */
export function problemOf(answer: Answer<unknown>): string {
  const { notice, error } = (answer.data ?? {}) as { notice?: { message?: string }; error?: { message?: string; requestId?: string } };
  const message = error?.message ?? notice?.message ?? "The server did not answer as expected.";
  return answer.status >= 500 && error?.requestId ? `${message} (request ${error.requestId})` : message;
}
