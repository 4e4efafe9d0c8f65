/** Everything that a store holds, as it says itself and as its file says, for comparing before and after. */
import { join } from "node:path";
import type { Document } from "bson";
import { expect } from "chai";
import { decode } from "../../../../src/platform/store/embedded/bson-raw.ts";
import { loadCatalogue } from "../../../../src/platform/store/embedded/catalogue.ts";
import { indexPrefix } from "../../../../src/platform/store/embedded/index-keys.ts";
import { successor } from "../../../../src/platform/store/embedded/key-string.ts";
import { STORE_FILE } from "../../../../src/platform/store/embedded/owner.ts";
import type { Store } from "../../../../src/platform/store/embedded/store.ts";
import {
  openReader,
  scanDocuments,
  type Tables,
} from "../../../../src/platform/store/embedded/tables.ts";

interface CollectionState {
  readonly ns: string;
  readonly count: number;
  readonly documents: readonly Document[];
  readonly indexes: readonly { name: string; multikey: boolean; keys: number }[];
}

/** What a store holds. */
export interface StoredState {
  readonly collections: readonly CollectionState[];
  /** Sessions whose last answer is kept. */
  readonly sessions: readonly string[];
}

/** Returns what the catalogue describes, read by a connection. */
function stateOf(
  tables: Tables,
  catalogue: ReturnType<typeof loadCatalogue>,
  sessions: Iterable<string>,
): StoredState {
  const collections = [...catalogue.values()].map(({ ns, id, count, indexes }) => ({
    ns,
    count,
    documents: [...scanDocuments({ tables }, id)].map(({ raw }) => decode(raw)),
    indexes: indexes.map((index) => {
      const low = indexPrefix(index.id);
      const keys = tables.countAllKeys(low, successor(low));
      return { name: index.name, multikey: index.multikey, keys };
    }),
  }));
  collections.sort((a, b) => (a.ns < b.ns ? -1 : 1));
  return { collections, sessions: [...sessions].sort() };
}

/** Returns what the file of a folder holds, read by a connection of its own. */
export function stateOnDisk(directory: string): StoredState {
  const tables = openReader(join(directory, STORE_FILE), 1000);
  try {
    const sessions = tables.listMeta("r:").map(([key]) => key.slice(2));
    return stateOf(tables, loadCatalogue(tables), sessions);
  } finally {
    tables.db.close();
  }
}

/** Returns what an open store holds, in memory and on disk; they must say the same. */
export function stateOfBoth(
  store: Store,
  sessions: Iterable<string>,
  directory: string,
): StoredState {
  expect(store.batch, "no batch is open").to.equal(null);
  const inMemory = stateOf(store.tables, store.collections, sessions);
  expect(inMemory, "memory is as the disk is").to.deep.equal(stateOnDisk(directory));
  return inMemory;
}
