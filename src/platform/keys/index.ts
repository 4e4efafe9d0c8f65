/**
 * Keys: where the key ring comes from, and where a new one is kept.
 *
 * Terminology
 * - source: a file of this machine, or a command that asks a key management service.
 * - fresh: made at this start and not yet kept; nothing may be sealed before it is.
 */
export { Keys } from "./keys.ts";
export { type KeySource, keyCommand, keyFile } from "./source.ts";
export { UnfitKeys } from "./unfit-keys.ts";
