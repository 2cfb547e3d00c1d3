/** Runs one measurement and prints its tables; with a second argument it also writes them there, as Markdown. */
import { writeFile } from "node:fs/promises";
import { formatTable } from "./harness/format-table.js";
import type { Table } from "./harness/result.js";

const [name = "", file, ...options] = process.argv.slice(2);
// Most measure ratios; a measurement may also bring tables of its own as Markdown.
const bench = (await import(`./${name}.bench.js`)) as { measure(options: readonly string[]): Promise<readonly (Table | string)[]> };
const tables = await bench.measure(options);
const text = tables.map((table) => (typeof table === "string" ? table : formatTable(table))).join("\n");
process.stdout.write(`${text}\n`);
if (file !== undefined) await writeFile(file, text);
// A server or browser that does not end must not keep the run from ending.
process.exit(0);
