import type { Connection } from "mongoose";
import { CannotOpen } from "../../trust/sealing/index.ts";
import type { Keys } from "../keys/index.ts";
import { SEALED } from "./collections.ts";
import type { Stored } from "./documents.ts";
import type { FileBytes } from "./file-bytes.ts";
import { FACTOR_FIELDS } from "./people.ts";
import { Seal } from "./seal.ts";

/** What of a collection is sealed, and how much of that the keys at hand do not open. */
export interface SealedProof {
  /** A collection, or `fileBytes`. */
  readonly collection: string;
  readonly sealed: number;
  readonly unopened: number;
}

/** Opens everything that is sealed, of every practice, with the keys at hand, and counts what does not open. */
export async function* proveSealed(
  connection: Connection,
  keys: Keys,
  fileBytes: FileBytes,
): AsyncGenerator<SealedProof> {
  for (const [name, fields] of [...Object.entries(SEALED), ["users", FACTOR_FIELDS] as const]) {
    const seal = new Seal(keys, name, fields);
    const collection = connection.collection<Stored & { packed?: unknown }>(name);
    let sealed = 0;
    let unopened = 0;
    for await (const document of collection.find({})) {
      if (document.packed === undefined) continue;
      sealed += 1;
      if (!(await opens(async () => seal.open(document)))) unopened += 1;
    }
    yield { collection: name, sealed, unopened };
  }
  let sealed = 0;
  let unopened = 0;
  const files = connection.collection<Stored>("files");
  for await (const { _id, practiceId } of files.find({}, { projection: { practiceId: 1 } })) {
    sealed += 1;
    const readsWhole = async () => {
      const bytes = await fileBytes.open(practiceId, _id);
      if (bytes === undefined) throw new CannotOpen();
      for await (const chunk of bytes) void chunk;
    };
    if (!(await opens(readsWhole))) unopened += 1;
  }
  yield { collection: "fileBytes", sealed, unopened };
}

async function opens(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof CannotOpen) return false;
    throw error;
  }
}
