/** Runs one measurement and prints its tables; with a second argument it also writes them there, as Markdown. */
import { writeFile } from "node:fs/promises";
import { formatTable } from "./harness/format-table.js";
import type { Table } from "./harness/result.js";

const [name = "", file] = process.argv.slice(2);
const bench = (await import(`./${name}.bench.js`)) as { measure(): Promise<readonly Table[]> };
const text = (await bench.measure()).map((table) => formatTable(table)).join("\n");
process.stdout.write(`${text}\n`);
if (file !== undefined) await writeFile(file, text);
// A server or browser that does not end must not keep the run from ending.
process.exit(0);
