/** Runs one measurement and prints its tables; with a second argument it also writes them there, as JSON. */
import { writeFile } from "node:fs/promises";
import { formatTable } from "./harness/format-table.js";
import type { Table } from "./harness/result.js";

const [name = "", file] = process.argv.slice(2);
const { measure } = (await import(`./${name}.bench.js`)) as { measure(): Promise<readonly Table[]> };
const tables = await measure();
for (const table of tables) process.stdout.write(`${formatTable(table)}\n`);
if (file !== undefined) await writeFile(file, JSON.stringify(tables));
process.exit(0);
