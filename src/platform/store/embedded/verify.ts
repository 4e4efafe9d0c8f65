/** Checks a folder at rest: the file itself, and that indexes and documents say the same. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkDocument } from "./bson-raw.ts";
import { type Collection, type Index, keysIn, loadCatalogue } from "./catalogue.ts";
import { indexPrefix, withRowId } from "./index-keys.ts";
import { successor } from "./key-string.ts";
import { STORE_FILE, takeOwnership } from "./owner.ts";
import { openWriter, type Tables } from "./tables.ts";

/** What a check found; a store is sound when `problems` is empty. */
export interface Verification {
  readonly documents: number;
  readonly keys: number;
  readonly problems: readonly string[];
}

const MAX_PROBLEMS = 100;

function missingKeys(tables: Tables, index: Index, rowId: number, raw: Buffer): number {
  const { keys } = keysIn(index, raw);
  return keys.filter((key) => tables.getKey(index.unique ? key : withRowId(key, rowId)) !== rowId)
    .length;
}

function checkCollection(tables: Tables, collection: Collection, report: (text: string) => void) {
  const expected = new Map(collection.indexes.map((index) => [index, 0]));
  let documents = 0;
  for (const { rowId, raw } of tables.scanDocuments(collection.id, false)) {
    documents++;
    checkDocument(raw, 0, raw.length);
    for (const index of collection.indexes) {
      expected.set(index, (expected.get(index) ?? 0) + keysIn(index, raw).keys.length);
      const missing = missingKeys(tables, index, rowId, raw);
      if (missing > 0) report(`${collection.ns} ${index.name}: row ${rowId} lacks ${missing} keys`);
    }
  }
  let keys = 0;
  for (const [index, wanted] of expected) {
    const low = indexPrefix(index.id);
    const found = tables.countAllKeys(low, successor(low));
    if (found !== wanted) report(`${collection.ns} ${index.name}: ${found} keys, not ${wanted}`);
    keys += found;
  }
  if (documents !== collection.count) {
    report(`${collection.ns}: ${documents} documents, not ${collection.count}`);
  }
  return { documents, keys };
}

/** Returns what is wrong with the store of a folder that nobody has open; throws when somebody has. */
export function verifyEmbedded(options: { directory: string }): Verification {
  const file = join(options.directory, STORE_FILE);
  if (!existsSync(file)) throw new Error(`There is no store in ${options.directory}.`);
  const ownership = takeOwnership(options.directory);
  const tables = openWriter(file);
  const problems: string[] = [];
  const report = (text: string): void => {
    if (problems.length < MAX_PROBLEMS) problems.push(text);
  };
  try {
    const [integrity] = tables.db.prepare("PRAGMA integrity_check").get() ?? [];
    if (integrity !== "ok") report(`the file: ${String(integrity)}`);
    let documents = 0;
    let keys = 0;
    for (const collection of loadCatalogue(tables).values()) {
      const found = checkCollection(tables, collection, report);
      documents += found.documents;
      keys += found.keys;
    }
    return { documents, keys, problems };
  } finally {
    tables.db.close();
    ownership.release();
  }
}
