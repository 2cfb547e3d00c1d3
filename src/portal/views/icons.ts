import { html } from "../html.js";

/** One small set, drawn on a 16 px grid with a 1.5 px line. All are decoration: the text beside them says it. */
const icon = (path: string) =>
  html`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="${path}"/></svg>`;

export const icons = {
  info: icon("M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.25v3.5M8 5.2v.05"),
  back: icon("M9.75 3.5 5.25 8l4.5 4.5"),
  forward: icon("M6.25 3.5 10.75 8l-4.5 4.5"),
  calendar: icon("M3 4.5h10v8.5H3zM3 7.25h10M5.75 2.5v2.25M10.25 2.5v2.25"),
  person: icon("M8 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM3.25 13.25c.6-2.2 2.4-3.25 4.75-3.25s4.15 1.05 4.75 3.25"),
  widget: icon("M2.75 2.75h4.5v4.5h-4.5zM8.75 8.75h4.5v4.5h-4.5zM2.75 8.75h4.5v4.5h-4.5zM11 2.75v4.5M8.75 5h4.5"),
  arrow: icon("M3 8h9M8.75 4.5 12.25 8l-3.5 3.5"),
  close: icon("m4 4 8 8M12 4l-8 8"),
  lock: icon("M4 7.25h8v6H4zM5.75 7.25V5.5a2.25 2.25 0 0 1 4.5 0v1.75"),
  eye: icon("M1.75 8S4 3.75 8 3.75 14.25 8 14.25 8 12 12.25 8 12.25 1.75 8 1.75 8ZM8 9.75a1.75 1.75 0 1 0 0-3.5 1.75 1.75 0 0 0 0 3.5Z"),
} as const;
