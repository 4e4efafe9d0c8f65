import { randomBytes } from "node:crypto";
import { CheckpointFile } from "../platform/checkpoints/index.ts";
import type { Environment } from "../platform/config/index.ts";
import { Keys, keyCommand, keyFile, UnfitKeys } from "../platform/keys/index.ts";
import { createLog } from "../platform/log/index.ts";
import { FolderInUse, openStore, type Store, UnfitStore } from "../platform/store/index.ts";
import { BadKeyRing } from "../trust/sealing/index.ts";
import type { Actor, App } from "./context.ts";
import { OperatingError } from "./errors.ts";

/** Opens the application on the store that the environment names. */
export async function openApp(environment: Environment): Promise<App & { close(): Promise<void> }> {
  const store = await open(environment);
  const { checkpointsFile, dataDirectory } = environment;
  const checkpoints = new CheckpointFile(checkpointsFile ?? `${dataDirectory}.checkpoints.ndjson`);
  return {
    store,
    checkpoints,
    log: createLog({ level: environment.logLevel, destination: process.stderr, ownMessage }),
    now: () => new Date(),
    newId: newIds(() => Date.now()),
    async close() {
      await checkpoints.settled();
      await store.close();
    },
  };
}

/** Only the texts of our own table may be written; whatever else an error says may hold data. */
function ownMessage(error: Error): string | undefined {
  return error instanceof OperatingError ? error.message : undefined;
}

/** The keys that the environment names; new ones, still unkept, where there are none yet. */
export function loadKeys({ keysFile, keysCommand, dataDirectory }: Environment): Keys {
  try {
    const file = keysFile ?? `${dataDirectory}.keys.json`;
    const source = keysCommand === undefined ? keyFile(file) : keyCommand(keysCommand);
    return Keys.load(source, () => new Date());
  } catch (error) {
    if (error instanceof UnfitKeys || error instanceof BadKeyRing) {
      throw new OperatingError("keys-unfit", error.message, { cause: error });
    }
    throw error;
  }
}

function newKeysNotice({ description }: Keys): string {
  return `New encryption keys are in ${description}. Keep a copy elsewhere: without them nobody can read the data.\n`;
}

async function open(environment: Environment): Promise<Store> {
  const { mongodbUri, dataDirectory } = environment;
  const keys = loadKeys(environment);
  const areNew = keys.isFresh;
  try {
    const location = mongodbUri === undefined ? { directory: dataDirectory } : { uri: mongodbUri };
    const store = await openStore(location, keys);
    if (areNew) process.stderr.write(newKeysNotice(keys));
    return store;
  } catch (error) {
    if (error instanceof UnfitKeys) {
      throw new OperatingError("keys-unfit", error.message, { cause: error });
    }
    if (error instanceof UnfitStore) {
      throw new OperatingError("store-unfit", error.message, { cause: error });
    }
    if (error instanceof FolderInUse) {
      throw new OperatingError("store-in-use", error.message, { cause: error });
    }
    const { message } = error instanceof Error ? error : new Error("It did not start.");
    const detail = mongodbUri === undefined ? message : undefined;
    throw new OperatingError("store-unavailable", detail, { cause: error });
  }
}

/** Bytes of chance in one id, and how many are drawn at a time. */
const CHANCE_BYTES = 10;
const POOL_BYTES = 10 * 400;

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * Makes ids that sort by the time they were made, also within one millisecond: 10 characters of time,
 * 4 of count, 10 of chance.
 */
export function newIds(now: () => number): () => string {
  let last = 0;
  let count = 0;
  let pool = Buffer.alloc(0);
  let used = 0;
  return () => {
    const time = Math.max(now(), last);
    count = time === last ? count + 1 : 0;
    last = time;
    if (used >= pool.length) {
      // Asking the system for chance is dear; it is asked for many ids at once.
      pool = randomBytes(POOL_BYTES);
      used = 0;
    }
    let random = "";
    for (const byte of pool.subarray(used, used + CHANCE_BYTES)) random += ALPHABET[byte & 31];
    used += CHANCE_BYTES;
    return encode(time, 10) + encode(count, 4) + random;
  };
}

function encode(value: number, length: number): string {
  let rest = value;
  let text = "";
  for (let place = 0; place < length; place++) {
    text = (ALPHABET[rest % 32] ?? "0") + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** The program itself as it acts on the command line for a practice. */
export function commandLineActor(practiceId: string, requestId: string): Actor {
  return { id: "cli", kind: "system", roles: ["system"], practiceId, source: "cli", requestId };
}
