import { readConfig } from "./src/config/index.js";
import { createDataSource } from "./src/store/index.js";

/** The TypeORM CLI's door. The product itself migrates when it opens its database. */
export default createDataSource(readConfig(process.env).databaseUrl);
