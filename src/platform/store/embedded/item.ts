/** A document on its way through a pipeline: raw as it was read, decoded once a stage asks for it. */
import { type Doc, decode, decodeFields, encode, type PathStep } from "./bson-raw.ts";

/** A document as raw BSON, as values, or both. */
export interface Item {
  raw: Buffer | null;
  doc: Doc | null;
}

/** Returns an item of a raw document. */
export function itemOf(raw: Buffer): Item {
  return { raw, doc: null };
}

/** Returns an item of a decoded document. */
export function itemOfDoc(doc: Doc): Item {
  return { raw: null, doc };
}

/** Returns an item as raw BSON. */
export function rawOf(item: Item): Buffer {
  item.raw ??= encode(item.doc ?? {});
  return item.raw;
}

/** Returns an item decoded: the given top-level fields of it at least. */
export function docOf(item: Item, fields: readonly PathStep[] | null): Doc {
  if (item.doc) return item.doc;
  const raw = item.raw as Buffer;
  if (fields) return decodeFields(raw, fields);
  item.doc = decode(raw);
  return item.doc;
}
