/** Collections and indexes: made, listed, dropped. */
import type { Doc } from "../bson-raw.ts";
import type { Collection, Index, IndexSpec } from "../catalogue.ts";
import { type Command, type CommandTable, entry, namespaceOf, ok } from "../command.ts";
import { fault } from "../errors.ts";
import { isPartialFilter } from "../implication.ts";
import { compileFilter } from "../match.ts";
import { addIndex, dropCollection, ensureCollection, removeIndex } from "../store.ts";
import { documentOf, documentsOf, isDocument, numberOf, sameValue } from "../values.ts";

/** What may be said of an index; `v` and `background` change nothing. */
export const INDEX_FIELDS = new Set([
  "key",
  "name",
  "unique",
  "sparse",
  "expireAfterSeconds",
  "partialFilterExpression",
  "v",
  "background",
]);

function keyPattern(key: Doc): [string, number][] {
  const pattern = Object.entries(key).map(([field, way]): [string, number] => {
    const direction = numberOf(way);
    if (direction !== 1 && direction !== -1) {
      throw fault(67, "only ascending (1) and descending (-1) indexes are supported");
    }
    if (field.includes("$")) throw fault(67, "wildcard indexes are not supported");
    return [field, direction];
  });
  if (pattern.length === 0) throw fault(67, "Index keys cannot be empty.");
  return pattern;
}

function indexSpec(given: Doc): IndexSpec {
  if (given.key === undefined) throw fault(9, "The 'key' field is a required property");
  const key = keyPattern(documentOf(given.key, "key"));
  const name = given.name ?? key.map((part) => part.join("_")).join("_");
  if (typeof name !== "string") throw fault(14, "The index name must be a string");
  const unknown = Object.keys(given).find((field) => !INDEX_FIELDS.has(field));
  if (unknown) throw fault(197, `The field '${unknown}' is not valid for an index specification`);
  const expireAfterSeconds = numberOf(given.expireAfterSeconds);
  if (given.expireAfterSeconds !== undefined && expireAfterSeconds === undefined) {
    throw fault(14, "The field 'expireAfterSeconds' must be a number");
  }
  if (expireAfterSeconds !== undefined && key.length !== 1) {
    throw fault(67, "TTL indexes are single-field indexes");
  }
  const partial = given.partialFilterExpression;
  const filter = documentOf(partial, "partialFilterExpression");
  compileFilter(filter);
  if (!isPartialFilter(filter)) throw fault(67, "Expression not supported in partial index");
  return {
    name,
    key,
    unique: given.unique === true || given.unique === 1,
    sparse: given.sparse === true || given.sparse === 1,
    expireAfterSeconds,
    partialFilterExpression: isDocument(partial) ? partial : undefined,
  };
}

/** Returns what makes an index another one than those of other keys, filters and promises. */
const shapeOf = ({ key, partialFilterExpression, unique, sparse }: IndexSpec): Doc => ({
  key,
  partialFilterExpression,
  unique,
  sparse,
});

/** Returns whether the index is there already, or throws where it differs from the one that is. */
function exists(collection: Collection, spec: IndexSpec): boolean {
  const { name, key } = spec;
  if (sameValue(key, [["_id", 1]])) return true;
  const isTwin = (index: Index) => sameValue(shapeOf(index), shapeOf(spec));
  const named = collection.indexes.find((index) => index.name === name);
  if (named && !isTwin(named)) {
    throw fault(86, `An existing index has the same name as the requested index: ${name}`);
  }
  if (named && named.expireAfterSeconds !== spec.expireAfterSeconds) {
    throw fault(85, `An equivalent index already exists with the same name: ${name}`);
  }
  if (named) return true;
  const twin = collection.indexes.find(isTwin);
  if (twin) throw fault(85, `Index already exists with a different name: ${twin.name}`);
  return false;
}

const createIndexes: Command = ({ store }, request) => {
  const ns = namespaceOf(request);
  const specs = documentsOf(request.body.indexes, "indexes").map(indexSpec);
  if (specs.length === 0) throw fault(2, "Must specify at least one index to create");
  const createdCollectionAutomatically = !store.collections.has(ns);
  const collection = ensureCollection(store, ns);
  const numIndexesBefore = collection.indexes.length;
  for (const spec of specs) if (!exists(collection, spec)) addIndex(store, collection, spec);
  const numIndexesAfter = collection.indexes.length;
  return ok({ numIndexesBefore, numIndexesAfter, createdCollectionAutomatically });
};

function indexesNamed({ indexes }: Collection, wanted: unknown): Index[] {
  if (wanted === "*") return indexes.filter((index) => index.name !== "_id_");
  if (wanted === "_id_") throw fault(72, "cannot drop _id index");
  const found = indexes.find((index) => index.name === wanted);
  if (!found) throw fault(27, "index not found");
  return [found];
}

const dropIndexes: Command = ({ store }, request) => {
  const collection = store.collections.get(namespaceOf(request));
  if (!collection) throw fault(26, "ns not found");
  const nIndexesWas = collection.indexes.length;
  for (const index of indexesNamed(collection, request.body.index)) {
    removeIndex(store, collection, index);
  }
  return ok({ nIndexesWas });
};

const create: Command = ({ store }, request) => {
  const ns = namespaceOf(request);
  ensureCollection(store, ns);
  return ok();
};

const drop: Command = ({ store }, request) => {
  const ns = namespaceOf(request);
  const collection = store.collections.get(ns);
  if (!collection) return ok();
  dropCollection(store, collection);
  return ok({ ns, nIndexesWas: collection.indexes.length });
};

const dropDatabase: Command = ({ store }, { db }) => {
  for (const collection of [...store.collections.values()]) {
    if (collection.ns.startsWith(`${db}.`)) dropCollection(store, collection);
  }
  return ok({ dropped: db });
};

const writes = { writes: true };

/** The commands of this file by name. */
export const SCHEMA: CommandTable = {
  create: entry(create, [], writes),
  drop: entry(drop, [], writes),
  dropDatabase: entry(dropDatabase, [], writes),
  createIndexes: entry(createIndexes, ["indexes"], writes),
  dropIndexes: entry(dropIndexes, ["index"], writes),
};
