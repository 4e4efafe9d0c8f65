import type { Connection } from "mongoose";
import type { Keys } from "../keys/index.ts";
import { SEALED } from "./collections.ts";
import type { Stored } from "./documents.ts";
import type { FileBytes } from "./file-bytes.ts";
import { FACTOR_FIELDS } from "./people.ts";
import { sealProof } from "./prove-keys.ts";
import { Seal } from "./seal.ts";

/** How far a resealing has come. */
export interface ResealProgress {
  /** A collection, or `fileBytes`. */
  readonly collection: string;
  /** Documents or files looked at, and sealed anew. */
  readonly seen: number;
  readonly resealed: number;
}

const CHUNK = 500;

/**
 * Seals by the current key what is sealed by another, or not at all yet, of every practice; tells how far it has come.
 * What was done stays done: cut off, it is run again. Others may read and write meanwhile.
 */
export async function* reseal(
  connection: Connection,
  keys: Keys,
  fileBytes: FileBytes,
): AsyncGenerator<ResealProgress> {
  for (const [collection, fields] of Object.entries(SEALED)) {
    yield* resealCollection(connection, new Seal(keys, collection, fields), collection);
  }
  yield* resealCollection(connection, new Seal(keys, "users", FACTOR_FIELDS), "users");
  yield* fileBytes.reseal();
  await sealProof(connection, keys);
}

async function* resealCollection(
  connection: Connection,
  seal: Seal,
  name: string,
): AsyncGenerator<ResealProgress> {
  const collection = connection.collection<Stored & { packed?: unknown }>(name);
  const projection = Object.fromEntries(
    ["practiceId", "packed", ...seal.fields].map((field) => [field, 1]),
  );
  let after = "";
  for (let seen = 0, resealed = 0; ; ) {
    const found = await collection
      .find({ _id: { $gt: after } }, { projection })
      .sort({ _id: 1 })
      .limit(CHUNK)
      .toArray();
    if (found.length === 0) return;
    const operations = found.flatMap((document) => {
      const renewal = seal.renew(document);
      if (renewal === undefined) return [];
      const { packed, open } = renewal;
      const $unset = Object.fromEntries(open.map((field) => [field, ""]));
      const change = { $set: { packed }, ...(open.length > 0 ? { $unset } : {}) };
      // One that was written meanwhile is left: it was sealed by the key of today.
      const { _id, practiceId } = document;
      const filter = { _id, practiceId, packed: document.packed ?? null };
      return [{ updateOne: { filter, update: change } }];
    });
    if (operations.length > 0) await collection.bulkWrite(operations as never);
    seen += found.length;
    resealed += operations.length;
    after = found.at(-1)?._id ?? "";
    yield { collection: name, seen, resealed };
  }
}
