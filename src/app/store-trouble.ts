import { OperatingError } from "./errors.ts";

/** MongoDB's own code for a disk without room; the embedded store answers with the same. */
const OUT_OF_DISK_SPACE = 14031;

/** What the driver throws when it does not reach the database, or loses it on the way. */
const UNREACHED: ReadonlySet<string> = new Set([
  "MongoNetworkError",
  "MongoNetworkTimeoutError",
  "MongoServerSelectionError",
  "MongooseServerSelectionError",
  "MongoPoolClearedError",
  "MongoTopologyClosedError",
]);

/**
 * The operating error that an error of the database stands for: it has no room, or cannot be reached. Both pass, and
 * what failed can then be done again. Undefined for every other error.
 */
export function storeTrouble(error: unknown): OperatingError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof OperatingError) return undefined;
  if ("code" in error && error.code === OUT_OF_DISK_SPACE) {
    return new OperatingError("store-full", undefined, { cause: error });
  }
  if (!UNREACHED.has(error.name)) return undefined;
  return new OperatingError("store-unavailable", undefined, { cause: error });
}
