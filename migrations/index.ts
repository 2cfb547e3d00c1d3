import { InitialSchema1790000000000 } from "./1790000000000-initial-schema.js";

/** Every migration, oldest first. Listed by hand: a glob would find different files in the source and in the built product. */
export const migrations = [InitialSchema1790000000000];
