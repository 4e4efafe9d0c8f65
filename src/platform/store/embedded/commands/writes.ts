/** insert, update, delete, findAndModify. */
import {
  type Doc,
  decode,
  eachField,
  findField,
  hit,
  idOf,
  int32At,
  MAX_DOCUMENT_BYTES,
  nameBytes,
  TYPE,
  valueAt,
} from "../bson-raw.ts";
import type { Collection } from "../catalogue.ts";
import {
  type Command,
  type CommandTable,
  checkFields,
  entry,
  namespaceOf,
  ok,
  type Request,
  type Server,
} from "../command.ts";
import { fault, MongoError, writeConflict } from "../errors.ts";
import type { Write } from "../overlay.ts";
import { compileProjection } from "../project.ts";
import { matching, type Query, runQuery } from "../query.ts";
import { parseSort } from "../sort.ts";
import {
  Blocked,
  checkedDocument,
  ensureCollection,
  lockKey,
  type Store,
  storableDocument,
  takeRow,
  writeDocument,
} from "../store.ts";
import type { Row } from "../tables.ts";
import { writeInTransaction } from "../transaction.ts";
import { compilePipelineUpdate, compileUpdate, type Update, upsertSeed } from "../update.ts";
import { documentOf, documentsOf } from "../values.ts";
import { valueBody } from "../wire.ts";

/** A collection that a command writes to. */
interface Target {
  readonly store: Store;
  readonly request: Request;
  readonly c: Collection;
}

/** How far a bulk write has come; kept while it waits for a transaction. */
interface Progress {
  next: number;
  n: number;
  modified: number;
  upserted: readonly Doc[];
  errors: readonly Doc[];
}

/** What one statement did. */
interface Outcome {
  readonly n: number;
  readonly modified?: number;
  readonly upsertedId?: unknown;
}

/** What may be said in one statement of a bulk; `u` is read apart. */
export const STATEMENT_FIELDS = {
  updates: new Set(["q", "u", "multi", "upsert", "arrayFilters"]),
  deletes: new Set(["q", "limit"]),
} as const;

const START: Readonly<Progress> = { next: 0, n: 0, modified: 0, upserted: [], errors: [] };

function writeError(index: number, error: MongoError): Doc {
  const { keyPattern, keyValue } = error.details;
  return { index, code: error.code, errmsg: error.message, keyPattern, keyValue };
}

function advance(progress: Progress, { n, modified = 0, upsertedId }: Outcome): void {
  const { next, upserted } = progress;
  progress.next++;
  progress.n += n;
  progress.modified += modified;
  if (upsertedId !== undefined) {
    progress.upserted = [...upserted, { index: next, _id: upsertedId }];
  }
}

/** Runs statements in turn; an ordered bulk stops at the first that fails, and waits where one must. */
function runBulk(request: Request, run: (statement: Buffer) => Outcome): Progress {
  // A copy: when the batch is undone, the request begins again where it stood before.
  const progress = { ...((request.progress as Progress | null) ?? START) };
  const ordered = request.body.ordered !== false;
  if (request.statements.length === 0) throw fault(16, "Write batch sizes must be at least 1");
  while (progress.next < request.statements.length) {
    const { next } = progress;
    try {
      advance(progress, run(request.statements[next] as Buffer));
    } catch (error) {
      if (error instanceof Blocked) request.progress = progress;
      if (!(error instanceof MongoError) || request.transaction) throw error;
      progress.errors = [...progress.errors, writeError(next, error)];
      progress.next++;
      if (ordered) break;
    }
  }
  return progress;
}

function write({ store, request: { transaction }, c }: Target, change: Write): void {
  if (transaction) writeInTransaction(store, transaction, c, change);
  else writeDocument(store, c, change);
}

/** Inserts a document that is known to be well-formed: every message is checked as it is framed. */
function insertOne(target: Target, raw: Buffer): void {
  const document = storableDocument(raw);
  // What is stored must not share memory with a message that is about to be let go.
  const after = target.request.transaction ? Buffer.from(document) : document;
  write(target, { rowId: takeRow(target.c), before: null, after });
}

function removeOne(target: Target, { rowId, raw }: Row): void {
  write(target, { rowId, before: raw, after: null });
}

const insert: Command = ({ store }, request) => {
  const target = { store, request, c: ensureCollection(store, namespaceOf(request)) };
  const { n, errors } = runBulk(request, (raw) => {
    insertOne(target, raw);
    return { n: 1 };
  });
  return ok({ n, writeErrors: errors.length > 0 ? errors : undefined });
};

/** Returns the rows that a write is about, none of them held by another transaction. */
function rowsOf({ store, request: { transaction }, c }: Target, query: Query): Row[] {
  const rows = [...runQuery(store, transaction, c, query)];
  if (transaction || store.locks.size === 0) return rows;
  for (const { rowId } of rows) {
    const holder = store.locks.get(lockKey(c, rowId));
    if (holder) throw new Blocked(holder);
  }
  return rows;
}

function targetQuery(filter: unknown, sort: unknown, one: boolean): Query {
  return {
    ...matching(documentOf(filter, "q")),
    sort: parseSort(documentOf(sort, "sort")),
    limit: one ? 1 : Number.POSITIVE_INFINITY,
  };
}

/** Returns the update inside a statement or command, compiled. */
function updateIn(statement: Buffer, field: string, filter: Doc, arrayFilters: unknown): Update {
  if (!findField(statement, 0, nameBytes(field))) throw fault(9, `missing the field ${field}`);
  const { type, at } = hit;
  if (type === TYPE.array) {
    return compilePipelineUpdate(documentsOf(valueAt(statement, type, at), field));
  }
  if (type !== TYPE.object) throw fault(9, "Update argument must be an object or an array");
  const filters = arrayFilters === undefined ? [] : documentsOf(arrayFilters, "arrayFilters");
  return compileUpdate(statement.subarray(at, at + int32At(statement, at)), filter, filters);
}

/** Updates a document and returns what it is now: the same buffer where nothing changes. */
function applyTo(target: Target, { rowId, raw }: Row, update: Update): Buffer {
  const { raw: after, changed } = update.apply(raw, false);
  if (after.length > MAX_DOCUMENT_BYTES) {
    throw fault(10334, "Resulting document after update is larger than 16777216 bytes");
  }
  if (after !== raw) write(target, { rowId, before: raw, after, changed });
  return after;
}

/** Updates documents and returns how many are not as they were. */
function applyToAll(target: Target, rows: readonly Row[], update: Update): number {
  let modified = 0;
  for (const row of rows) {
    try {
      if (applyTo(target, row, update) !== row.raw) modified++;
    } catch (error) {
      // Documents written before this one stand; running the statement again would change them twice.
      throw error instanceof Blocked && modified > 0 ? writeConflict() : error;
    }
  }
  return modified;
}

function upsert(target: Target, filter: Doc, update: Update): Buffer {
  const seed = upsertSeed(filter, update.isReplacement);
  const document = checkedDocument(update.apply(seed, true).raw);
  insertOne(target, document);
  return document;
}

/** Returns the collection that a command writes to; one that does not exist is made only for an upsert. */
function targetOf({ store }: Server, request: Request, upserting: () => boolean): Target | null {
  const ns = namespaceOf(request);
  const found = store.collections.get(ns);
  const c = found ?? (upserting() ? ensureCollection(store, ns) : null);
  return c && { store, request, c };
}

const update: Command = (server, request) => {
  const upserting = () => request.statements.some((statement) => decode(statement).upsert === true);
  const target = targetOf(server, request, upserting);
  const { n, modified, upserted, errors } = runBulk(request, (statement) => {
    const head = decodeHead(statement);
    checkFields("update.updates", head, STATEMENT_FIELDS.updates);
    const { q, multi, upsert: isUpsert, arrayFilters } = head;
    const query = targetQuery(q, {}, multi !== true);
    const compiled = updateIn(statement, "u", query.filter, arrayFilters);
    if (compiled.isReplacement && multi === true) {
      throw fault(9, "multi update is not supported for replacement-style update");
    }
    if (!target) return { n: 0 };
    const rows = rowsOf(target, query);
    if (rows.length === 0 && isUpsert === true) {
      return { n: 1, upsertedId: idOf(upsert(target, query.filter, compiled)) };
    }
    return { n: rows.length, modified: applyToAll(target, rows, compiled) };
  });
  return ok({
    n,
    nModified: modified,
    upserted: upserted.length > 0 ? upserted : undefined,
    writeErrors: errors.length > 0 ? errors : undefined,
  });
};

/** Decodes a statement without its update, which is read with its own number types. */
function decodeHead(statement: Buffer): Doc {
  const head: Doc = {};
  eachField(statement, 0, (name, type, at) => {
    if (name !== "u") head[name] = valueAt(statement, type, at);
  });
  return head;
}

const remove: Command = (server, request) => {
  const target = targetOf(server, request, () => false);
  if (!target) return ok({ n: 0 });
  const { n, errors } = runBulk(request, (statement) => {
    const head = decode(statement);
    checkFields("delete.deletes", head, STATEMENT_FIELDS.deletes);
    if (head.limit !== 0 && head.limit !== 1) {
      throw fault(9, "The limit field in delete objects must be 0 or 1");
    }
    const rows = rowsOf(target, targetQuery(head.q, {}, head.limit === 1));
    for (const row of rows) removeOne(target, row);
    return { n: rows.length };
  });
  return ok({ n, writeErrors: errors.length > 0 ? errors : undefined });
};

/** What findAndModify found and what became of it. */
interface Modified {
  readonly before: Buffer | null;
  readonly after: Buffer | null;
}

function checkModify({ remove, update, upsert, new: isAfter }: Doc): void {
  if ((remove === true) === (update !== undefined)) {
    throw fault(9, "Either an update or remove=true must be specified, and not both");
  }
  if (remove === true && (upsert === true || isAfter === true)) {
    throw fault(9, "Cannot specify upsert=true or new=true with remove=true");
  }
}

function modifyOne(target: Target, query: Query): Modified {
  const { body, raw } = target.request;
  const [row] = rowsOf(target, query);
  if (body.remove === true) {
    if (row) removeOne(target, row);
    return { before: row?.raw ?? null, after: null };
  }
  const compiled = updateIn(raw, "update", query.filter, body.arrayFilters);
  if (row) return { before: row.raw, after: applyTo(target, row, compiled) };
  const after = body.upsert === true ? upsert(target, query.filter, compiled) : null;
  return { before: null, after };
}

const findAndModify: Command = (server, request) => {
  const { body } = request;
  checkModify(body);
  const target = targetOf(server, request, () => body.upsert === true);
  const query = targetQuery(body.query, body.sort, true);
  const { before, after } = target ? modifyOne(target, query) : { before: null, after: null };
  const isRemoval = body.remove === true;
  const lastErrorObject: Doc = { n: before || after ? 1 : 0 };
  if (!isRemoval) lastErrorObject.updatedExisting = before !== null;
  if (after && !before) lastErrorObject.upserted = idOf(after);
  const value = !isRemoval && body.new === true ? after : before;
  const fields = documentOf(body.fields, "fields");
  const project = Object.keys(fields).length > 0 ? compileProjection(fields) : null;
  return valueBody(value && project ? project(value) : value, { lastErrorObject });
};

const MODIFY = ["query", "sort", "remove", "update", "new", "fields", "upsert", "arrayFilters"];
const retryable = { writes: true, inTransaction: true, retryable: true };

/** The commands of this file by name. */
export const WRITES: CommandTable = {
  insert: entry(insert, ["documents", "ordered"], retryable),
  update: entry(update, ["updates", "ordered"], retryable),
  delete: entry(remove, ["deletes", "ordered"], retryable),
  findAndModify: entry(findAndModify, MODIFY, retryable),
};
