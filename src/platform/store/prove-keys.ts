import type { Binary } from "bson";
import type { Connection } from "mongoose";
import { CannotOpen, keyIdOf, open, type Place, seal } from "../../trust/sealing/index.ts";
import { type Keys, UnfitKeys } from "../keys/index.ts";

const PLACE: Place = { collection: "meta", practiceId: "*", id: "keys", field: "proof" };
const WORDS = "these are the keys of this data";

/**
 * Makes sure, before anything is read or written, that the keys are those of the data: a proof is sealed at the first
 * start and opened at every other. UnfitKeys where it does not open; fresh keys are kept before they seal anything.
 */
export async function proveKeys(connection: Connection, keys: Keys): Promise<void> {
  const meta = connection.collection<{ _id: string; proof: Binary }>("meta");
  const known = await meta.findOne({ _id: "keys" });
  if (known === null) {
    keys.keep();
    await sealProof(connection, keys);
    return;
  }
  const sealed = known.proof.buffer.subarray(0, known.proof.position);
  try {
    open(keys.having(keyIdOf(sealed)), sealed, PLACE);
  } catch (error) {
    if (error instanceof CannotOpen)
      throw new UnfitKeys(words(keys, keyIdOf(sealed)), { cause: error });
    throw error;
  }
}

/** Seals the proof by the current key. */
export async function sealProof(connection: Connection, keys: Keys): Promise<void> {
  const proof = seal(keys.ring, WORDS, PLACE);
  await connection
    .collection<{ _id: string; proof: unknown }>("meta")
    .updateOne({ _id: "keys" }, { $set: { proof } }, { upsert: true });
}

function words(keys: Keys, keyId: string): string {
  return keys.isFresh
    ? `The data was sealed with keys that are not there: ${keys.description} has none. Set CLAIMWRIGHT_KEYS to the file with the key ${keyId}.`
    : `The data was sealed with other keys than those of ${keys.description}: it needs the key ${keyId}.`;
}
