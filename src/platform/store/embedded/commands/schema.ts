/** Collections and indexes: made, listed, dropped. */
import type { Doc } from "../bson-raw.ts";
import type { Collection, Index, IndexSpec } from "../catalogue.ts";
import { type Command, namespaceOf, ok } from "../command.ts";
import { fault, unsupported } from "../errors.ts";
import { compileFilter } from "../match.ts";
import { addIndex, dropCollection, ensureCollection, removeIndex, type Store } from "../store.ts";
import { documentOf, documentsOf, isDocument, numberOf, sameValue } from "../values.ts";

/** Options that mean nothing here and change nothing. */
const IGNORED = new Set(["v", "background", "ns", "name", "key"]);
const KNOWN = new Set(["unique", "sparse", "expireAfterSeconds", "partialFilterExpression"]);

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
  const key = keyPattern(documentOf(given.key, "key"));
  const name = given.name ?? key.map((part) => part.join("_")).join("_");
  if (typeof name !== "string") throw fault(14, "The index name must be a string");
  for (const option of Object.keys(given)) {
    if (!IGNORED.has(option) && !KNOWN.has(option)) throw unsupported(`the index option ${option}`);
  }
  const expireAfterSeconds = numberOf(given.expireAfterSeconds);
  if (given.expireAfterSeconds !== undefined && expireAfterSeconds === undefined) {
    throw fault(67, "expireAfterSeconds must be a number");
  }
  if (expireAfterSeconds !== undefined && key.length !== 1) {
    throw fault(67, "TTL indexes are single-field indexes");
  }
  const partial = given.partialFilterExpression;
  if (partial !== undefined) compileFilter(documentOf(partial, "partialFilterExpression"));
  return {
    name,
    key,
    unique: given.unique === true || given.unique === 1,
    sparse: given.sparse === true || given.sparse === 1,
    expireAfterSeconds,
    partialFilterExpression: isDocument(partial) ? partial : undefined,
  };
}

function sameKey(a: IndexSpec, b: IndexSpec): boolean {
  return JSON.stringify(a.key) === JSON.stringify(b.key);
}

function sameOptions(a: IndexSpec, b: IndexSpec): boolean {
  return (
    a.unique === b.unique &&
    a.sparse === b.sparse &&
    a.expireAfterSeconds === b.expireAfterSeconds &&
    sameValue(a.partialFilterExpression, b.partialFilterExpression)
  );
}

/** Returns whether the index is there already, or throws where it differs from the one that is. */
function exists(collection: Collection, spec: IndexSpec): boolean {
  const { name } = spec;
  if (sameKey(spec, { ...spec, key: [["_id", 1]] })) return true;
  const named = collection.indexes.find((index) => index.name === name);
  if (named) {
    if (sameKey(named, spec) && sameOptions(named, spec)) return true;
    throw fault(86, `An existing index has the same name as the requested index: ${name}`);
  }
  const twin = collection.indexes.find(
    (index) =>
      sameKey(index, spec) &&
      sameValue(index.partialFilterExpression, spec.partialFilterExpression),
  );
  if (twin) throw fault(85, `Index already exists with a different name: ${twin.name}`);
  return false;
}

const createIndexes: Command = ({ store }, request) => {
  const ns = namespaceOf(request);
  const specs = documentsOf(request.body.indexes, "indexes").map(indexSpec);
  const createdCollectionAutomatically = !store.collections.has(ns);
  const collection = ensureCollection(store, ns);
  const numIndexesBefore = collection.indexes.length;
  for (const spec of specs) if (!exists(collection, spec)) addIndex(store, collection, spec);
  const numIndexesAfter = collection.indexes.length;
  return ok({ numIndexesBefore, numIndexesAfter, createdCollectionAutomatically });
};

function indexesNamed(collection: Collection, wanted: unknown): Index[] {
  if (wanted === "*") return collection.indexes.filter((index) => index.name !== "_id_");
  const list = Array.isArray(wanted) ? wanted : [wanted];
  return list.map((one: unknown) => {
    const key = isDocument(one) ? JSON.stringify(Object.entries(one)) : undefined;
    const found = collection.indexes.find(
      (index) => index.name === one || JSON.stringify(index.key) === key,
    );
    if (!found) throw fault(27, "index not found");
    if (found.name === "_id_") throw fault(72, "cannot drop _id index");
    return found;
  });
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

/** Options of `create` that would change what a collection does, and that this store lacks. */
const REFUSED = ["capped", "timeseries", "viewOn", "collation", "validator", "clusteredIndex"];

const create: Command = ({ store }, request) => {
  const ns = namespaceOf(request);
  const refused = REFUSED.find((option) => request.body[option]);
  if (refused) throw unsupported(`the collection option ${refused}`);
  if (store.collections.has(ns)) throw fault(48, `Collection ${ns} already exists.`);
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

function collectionsOf(store: Store, db: string): Collection[] {
  return [...store.collections.values()].filter(({ ns }) => ns.startsWith(`${db}.`));
}

const dropDatabase: Command = ({ store }, { db }) => {
  for (const collection of collectionsOf(store, db)) dropCollection(store, collection);
  return ok({ dropped: db });
};

/** The commands of this file by name. */
export const SCHEMA: Readonly<Record<string, Command>> = {
  create,
  drop,
  dropDatabase,
  createIndexes,
  dropIndexes,
};
