import { readFile } from "node:fs/promises";
import path from "node:path";
import { Router } from "express";
import { z } from "zod";

const manifestSchema = z.record(
  z.string(),
  z.object({ file: z.string().regex(/^[a-z-]+\.[0-9a-f]{16}\.(js|css|svg)$/), type: z.string() }),
);

interface PreparedFile {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
  readonly brotli: Buffer;
}

/** The panel's scripts and styles, by name and ready to send. */
export interface PanelAssets {
  /** The address of `app.js` and the like, with its content's hash. */
  url(name: string): string;
  /** Serves them to everybody: the sign-in page needs its style, and none holds anything secret. */
  readonly routes: Router;
}

/** Reads what `scripts/build-panel.mjs` prepared. Throws with the command to run when it is missing. */
export async function loadPanelAssets(folder: string, rootPath: string): Promise<PanelAssets> {
  const text = await readFile(path.join(folder, "manifest.json"), "utf8").catch(() => {
    throw new Error(`${path.join(folder, "manifest.json")} is missing. Run: npm run build`);
  });
  const manifest = manifestSchema.parse(JSON.parse(text));
  const files = new Map<string, PreparedFile>();
  await Promise.all(
    Object.values(manifest).map(async ({ file, type }) => {
      const [plain, gzip, brotli] = await Promise.all(["", ".gz", ".br"].map((suffix) => readFile(path.join(folder, `${file}${suffix}`))));
      if (plain && gzip && brotli) files.set(file, { type, plain, gzip, brotli });
    }),
  );

  const routes = Router();
  routes.get("/frontend/assets/:file", (request, response) => {
    const prepared = files.get(request.params.file);
    if (!prepared) {
      response.status(404).type("text/plain").send("Not found");
      return;
    }
    const accepted = request.acceptsEncodings("br", "gzip", "identity");
    const encoding = accepted === "br" || accepted === "gzip" ? accepted : undefined;
    response.set({
      "Content-Type": prepared.type,
      "Cache-Control": "public, max-age=31536000, immutable",
      Vary: "Accept-Encoding",
      ...(encoding === undefined ? {} : { "Content-Encoding": encoding }),
    });
    response.end(encoding === "br" ? prepared.brotli : encoding === "gzip" ? prepared.gzip : prepared.plain);
  });

  return {
    routes,
    url(name) {
      const entry = manifest[name];
      if (!entry) throw new Error(`The panel has no asset ${name}. Run: npm run build`);
      return `${rootPath}/frontend/assets/${entry.file}`;
    },
  };
}
