/**
 * The log: what the program says to whoever runs it, and never anything of a patient's.
 *
 * Terminology
 * - message: a name from the table of everything that may be said.
 * - field: a listed key with a value of a listed shape; anything else is dropped and counted.
 */
export { errorParts } from "./error-parts.ts";
export type { LogFields } from "./field.ts";
export { createLog, type Log } from "./log.ts";
export type { MessageName } from "./message.ts";
