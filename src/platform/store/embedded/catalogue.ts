/** Collections and their indexes, as they are kept in the table `meta` and in memory. */
import { type Doc, decode, encode } from "./bson-raw.ts";
import { fault } from "./errors.ts";
import {
  type DocumentKeys,
  documentKeys,
  type IndexField,
  indexFields,
  meetsParallelArrays,
} from "./index-keys.ts";
import { compileMatcher } from "./match.ts";
import type { Tables } from "./tables.ts";

/** A key pattern in order: field and direction. */
export type KeyPattern = readonly (readonly [field: string, direction: number])[];

/** What a client says when it creates an index. */
export interface IndexSpec {
  readonly name: string;
  readonly key: KeyPattern;
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly expireAfterSeconds?: number | undefined;
  readonly partialFilterExpression?: Doc | undefined;
}

/** An index in use. */
export interface Index extends IndexSpec {
  readonly id: number;
  readonly fields: readonly IndexField[];
  readonly accepts: ((raw: Buffer) => boolean) | null;
  /** Top-level fields on which the keys depend. */
  readonly roots: ReadonlySet<string>;
  /** The commit that made it: older snapshots do not have its keys. */
  readonly born: number;
  multikey: boolean;
}

/** A collection in use. */
export interface Collection {
  readonly ns: string;
  readonly id: number;
  indexes: readonly Index[];
  count: number;
  nextRow: number;
  dropped: boolean;
  /** The commit that last wrote a document: a snapshot that holds it sees what is stored. */
  changedAt: number;
}

/** A collection as it is described in the file. */
interface StoredCollection {
  readonly id: number;
  readonly indexes: readonly (IndexSpec & { readonly id: number; readonly multikey: boolean })[];
}

const COLLECTION_PREFIX = "c:";
const ids = { collection: "next:collection", index: "next:index" } as const;
const VERSION = "version";

function numberToBytes(n: number): Buffer {
  const out = Buffer.allocUnsafe(8);
  out.writeDoubleBE(n, 0);
  return out;
}

function getNumber(tables: Tables, key: string): number {
  return tables.getMeta(key)?.readDoubleBE(0) ?? 0;
}

/** Returns a fresh id; it is never given twice in the life of a file. */
export function takeId(tables: Tables, kind: keyof typeof ids): number {
  const id = getNumber(tables, ids[kind]) + 1;
  tables.putMeta(ids[kind], numberToBytes(id));
  return id;
}

/** Returns the number that grows whenever a collection or an index changes. */
export function catalogueVersion(tables: Tables): number {
  return getNumber(tables, VERSION);
}

/** Writes the number of documents of a collection. */
export function storeCount(tables: Tables, collection: Collection): void {
  tables.putMeta(`n:${collection.id}`, numberToBytes(collection.count));
}

/** Returns the top-level fields on which an index's keys depend. */
function rootsOf({ key, partialFilterExpression = {} }: IndexSpec): ReadonlySet<string> {
  const paths = [...key.map(([field]) => field), ...Object.keys(partialFilterExpression)];
  return new Set(paths.map((path) => path.split(".")[0] as string));
}

/** Returns an index ready for use. */
export function openIndex(spec: IndexSpec, id: number, multikey: boolean, born: number): Index {
  return {
    ...spec,
    id,
    multikey,
    born,
    fields: indexFields(spec.key),
    accepts: spec.partialFilterExpression ? compileMatcher(spec.partialFilterExpression) : null,
    roots: rootsOf(spec),
  };
}

/** No keys at all. */
export const NO_KEYS: DocumentKeys = { keys: [], multikey: false, absent: true };

/** Returns the keys of a document in an index; none where a sparse or partial index leaves it out. */
export function keysIn(index: Index, raw: Buffer): DocumentKeys {
  if (index.accepts && !index.accepts(raw)) return NO_KEYS;
  const keys = documentKeys(index.id, index.fields, raw);
  return index.sparse && keys.absent ? NO_KEYS : keys;
}

/** Returns the keys that a document is to get in an index; throws CannotIndexParallelArrays. */
export function newKeysIn(index: Index, raw: Buffer): DocumentKeys {
  const found = keysIn(index, raw);
  const { fields, name } = index;
  if (!found.multikey || fields.length === 1) return found;
  const trails = fields.map(({ path }) => ({ path, step: 0 }));
  if (meetsParallelArrays(raw, 0, trails)) {
    throw fault(
      171,
      `cannot index parallel arrays: index ${name} would hold two arrays of one document`,
    );
  }
  return found;
}

/** Returns a collection without documents. */
export function openCollection(ns: string, id: number, indexes: readonly Index[]): Collection {
  return { ns, id, indexes, count: 0, nextRow: 1, dropped: false, changedAt: 0 };
}

/** Reads every collection of the file. */
export function loadCatalogue(tables: Tables): Map<string, Collection> {
  const collections = new Map<string, Collection>();
  for (const [key, value] of tables.listMeta(COLLECTION_PREFIX)) {
    const ns = key.slice(COLLECTION_PREFIX.length);
    const stored = decode(value) as unknown as StoredCollection;
    const indexes = stored.indexes.map(({ id, multikey, ...spec }) =>
      openIndex(spec, id, multikey, 0),
    );
    const count = getNumber(tables, `n:${stored.id}`);
    const nextRow = tables.lastRowId(stored.id) + 1;
    collections.set(ns, { ...openCollection(ns, stored.id, indexes), count, nextRow });
  }
  return collections;
}

function touchVersion(tables: Tables): void {
  tables.putMeta(VERSION, numberToBytes(catalogueVersion(tables) + 1));
}

/** Writes the description of a collection. */
export function storeCollection(tables: Tables, { ns, id, indexes }: Collection): void {
  const stored: StoredCollection = {
    id,
    indexes: indexes.map(({ fields, accepts, roots, born, ...spec }) => spec),
  };
  tables.putMeta(COLLECTION_PREFIX + ns, encode(stored));
  touchVersion(tables);
}

/** Removes the description of a collection. */
export function forgetCollection(tables: Tables, collection: Collection): void {
  tables.deleteMeta(COLLECTION_PREFIX + collection.ns);
  tables.deleteMeta(`n:${collection.id}`);
  touchVersion(tables);
}
