/** Configuration: what the outside says before the program begins. */
export { type Environment, readEnvironment } from "./environment.ts";
export { readSchema, type SchemaName } from "./schema.ts";
export type { SignOnSettings } from "./sign-on.ts";
