export { createDataSource } from "./create-data-source.js";
export { createId } from "./create-id.js";
export type { Database, StoreLogger } from "./database.js";
export { insertRows, type NewRow } from "./insert-rows.js";
export { type DatabaseOptions, openDatabase } from "./open-database.js";
