import type { Request, Response } from "express";

/** The panel's cookie: for its own paths only, never sent along from another site, never readable by scripts. */
export interface PanelCookie {
  read(request: Request): string | undefined;
  set(response: Response, token: string): void;
  clear(response: Response): void;
}

export function createPanelCookie(options: { rootPath: string; secure: boolean }): PanelCookie {
  // The prefix makes browsers refuse a copy that plain HTTP or a sibling host tries to plant. It needs HTTPS.
  const name = options.secure ? "__Secure-vitrine_panel" : "vitrine_panel";
  const attributes = { path: options.rootPath, httpOnly: true, sameSite: "strict", secure: options.secure } as const;
  return {
    read(request) {
      const tokens = (request.headers.cookie ?? "")
        .split(";")
        .map((pair) => pair.trim())
        .filter((pair) => pair.startsWith(`${name}=`))
        .map((pair) => pair.slice(name.length + 1));
      const [token] = tokens;
      // Two cookies of one name mean that somebody planted one: neither is taken.
      return tokens.length === 1 && token !== undefined && /^[A-Za-z0-9_-]{16,512}$/.test(token) ? token : undefined;
    },
    set: (response, token) => void response.cookie(name, token, attributes),
    clear: (response) => void response.clearCookie(name, attributes),
  };
}
