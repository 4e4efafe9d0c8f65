/**
 * This store under the names by which the prototype's test programs know their own. What judges there (matcher, sort
 * keys, mingo) stays the prototype's.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Document } from "bson";
import { runBatch } from "../../../../src/platform/store/embedded/batch.ts";
import type { Collection } from "../../../../src/platform/store/embedded/catalogue.ts";
import { MongoError } from "../../../../src/platform/store/embedded/errors.ts";
import { verifyEmbedded } from "../../../../src/platform/store/embedded/index.ts";
import { STORE_FILE } from "../../../../src/platform/store/embedded/owner.ts";
import {
  countMatching,
  matching,
  planOf,
  type Query,
  runQuery,
} from "../../../../src/platform/store/embedded/query.ts";
import { parseSort } from "../../../../src/platform/store/embedded/sort.ts";
import {
  addIndex,
  checkedDocument,
  ensureCollection,
  openStore,
  takeRow,
  writeDocument,
} from "../../../../src/platform/store/embedded/store.ts";
import { openWriter, scanDocuments } from "../../../../src/platform/store/embedded/tables.ts";

export { MongoError };

/** A folder that is opened beside the server, or after its death. */
export class SqliteEngine {
  readonly directory: string;
  readonly store: ReturnType<typeof openStore>;

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    const file = join(directory, STORE_FILE);
    this.directory = directory;
    this.store = openStore(file, openWriter(file));
  }

  get db() {
    return this.store.tables.db;
  }

  *scanDocs(collection: number): Generator<[number, Buffer]> {
    for (const { rowId, raw } of scanDocuments(this.store, collection)) yield [rowId, raw];
  }

  write(work: () => void): void {
    runBatch(this.store, work);
  }

  close(): void {
    this.db.close();
  }
}

export { SqliteEngine as LmdbEngine };

const queryOf = (filter: Document, sort: Document | null): Query => ({
  ...matching(filter),
  sort: parseSort(sort ?? {}),
});

let engine: SqliteEngine;

/** The store inside the program's own process. */
export class Store {
  /** Every answer here is promised to be in the order of its sort. */
  readonly lastPlan = { outSorted: true };

  constructor(opened: SqliteEngine) {
    engine = opened;
  }

  get(ns: string): Collection | undefined {
    return engine.store.collections.get(ns);
  }

  /** Leaves out what MongoDB would not take either, as two arrays in one index; its row stays free. */
  insert(_none: null, c: Collection, document: Buffer): void {
    const write = { rowId: takeRow(c), before: null, after: checkedDocument(document) };
    try {
      writeDocument(engine.store, c, write);
    } catch (error) {
      if (!(error instanceof MongoError && error.code === 171)) throw error;
    }
  }

  *match(_none: null, c: Collection, filter: Document, sort: Document | null) {
    const rows = runQuery(engine.store, null, c, queryOf(filter, sort));
    for (const { rowId, raw } of rows) yield [rowId, raw];
  }

  count(_none: null, c: Collection, filter: Document): number {
    return countMatching(engine.store, null, c, filter);
  }
}

/** Runs `createIndexes`, the one command that is given to it. */
export class Server {
  exec(_name: "createIndexes", { indexes }: Document): void {
    const c = ensureCollection(engine.store, "app.c");
    for (const { key, sparse = false } of indexes) {
      const fields = Object.entries(key) as [string, 1 | -1][];
      addIndex(engine.store, c, { name: fields.join(), key: fields, unique: false, sparse });
    }
  }
}

/** Returns which index a query would use. */
export function plan(c: Collection, filter: Document, sort: Document | null) {
  return { idx: planOf(engine.store, null, c, queryOf(filter, sort)).index };
}

/** Returns what is wrong with a folder. */
export function verify({ directory }: SqliteEngine): { bad: readonly string[] } {
  return { bad: verifyEmbedded({ directory }).problems };
}
