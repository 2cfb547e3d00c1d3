import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createRandom } from "../random.js";
import type { BenignGroup, BenignSample } from "../sample.js";
import { bundleCode } from "./bundle-code.js";
import { bundledPackages, libraryFiles } from "./library-files.js";
import { minifyCode } from "./minify-code.js";

const root = path.join(import.meta.dirname, "../../..");
const fixtures = path.join(import.meta.dirname, "../fixtures");

const sample = (group: BenignGroup, technique: string, name: string, text: string): BenignSample => ({
  kind: "benign",
  group,
  technique,
  name: `${group}/${name}`,
  text,
});

/** The examples and the widgets of the corpus, bundled where they import something; each plain and minified. */
export async function* widgetSamples(): AsyncGenerator<BenignSample> {
  for (const { name, code, loader } of widgetSources()) {
    const needsBundle = /^import /m.test(code);
    const text = needsBundle ? await bundleCode(code, { minify: false, loader }) : code;
    yield sample("widgets", name, name, text);
    const minified = needsBundle
      ? { tool: "esbuild", text: await bundleCode(code, { minify: true, loader }) }
      : await minifyCode(code, createRandom(`minify:${name}`));
    yield sample("minified", name, `${name} (${minified.tool})`, minified.text);
  }
}

/** Small widgets without imports: what obfuscators are fed with, and what the fast gate takes. */
export function plainWidgets(): readonly { readonly name: string; readonly code: string }[] {
  return widgetSources().filter(({ code, loader }) => loader === "js" && !/^import /m.test(code));
}

/** Harmless code that talks or looks like harm. */
export async function* hardSamples(): AsyncGenerator<BenignSample> {
  for (const file of readdirSync(path.join(fixtures, "hard")).sort()) {
    const code = readFileSync(path.join(fixtures, "hard", file), "utf8");
    yield sample("hard negatives", file, file, code);
    const { tool, text } = await minifyCode(code, createRandom(`minify:${file}`));
    yield sample("minified", file, `${file} (${tool})`, text);
  }
}

/** Published files of well-known packages, and the long ones among them minified once more. */
export async function* librarySamples(): AsyncGenerator<BenignSample> {
  for (const file of libraryFiles) {
    const code = readFileSync(path.join(root, "node_modules", file), "utf8");
    yield sample("libraries", file, file, code);
    if (/\.min\.|\.prod\./.test(file)) continue;
    const { tool, text } = await minifyCode(code, createRandom(`minify:${file}`));
    yield sample("minified", file, `${file} (${tool})`, text);
  }
}

/** Whole packages in one bundle, as applications ship them. */
export async function* bundledSamples(): AsyncGenerator<BenignSample> {
  for (const name of bundledPackages) {
    const code = `import * as all from ${JSON.stringify(name)};\nwindow.gro.onReady(() => { document.getElementById("gro-widget-root").textContent = Object.keys(all).length + " parts"; window.gro.resize(); });`;
    for (const minify of [false, true]) {
      yield sample(minify ? "minified" : "apps", name, `${name} whole${minify ? " (esbuild)" : ""}`, await bundleCode(code, { minify }));
    }
  }
}

function widgetSources(): readonly { readonly name: string; readonly code: string; readonly loader: "js" | "jsx" }[] {
  const own = readdirSync(path.join(fixtures, "widgets")).sort();
  const examples = readdirSync(path.join(root, "examples")).sort();
  return [
    ...examples.flatMap((name) => {
      const file = path.join(root, "examples", name, "widget.js");
      try {
        return [{ name: `examples/${name}`, code: readFileSync(file, "utf8"), loader: "js" as const }];
      } catch {
        return [];
      }
    }),
    ...own.map((file) => ({
      name: file,
      code: readFileSync(path.join(fixtures, "widgets", file), "utf8"),
      loader: file.endsWith(".jsx") ? ("jsx" as const) : ("js" as const),
    })),
  ];
}
