/** Checks a folder at rest: the file itself, and that indexes and documents say the same. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkDocument } from "./bson-raw.ts";
import { type Collection, type Index, keysIn, loadCatalogue } from "./catalogue.ts";
import { type Engine, openDatabase, troubleOf } from "./engine.ts";
import { indexPrefix, withRowId } from "./index-keys.ts";
import { successor } from "./key-string.ts";
import { STORE_FILE, takeOwnership } from "./owner.ts";
import { openWriter, scanDocuments, type Tables } from "./tables.ts";

/** What a check found; a store is sound when `problems` is empty. */
export interface Verification {
  readonly documents: number;
  readonly keys: number;
  readonly problems: readonly string[];
}

const MAX_PROBLEMS = 100;

/** What a check has found so far. */
interface Findings {
  documents: number;
  keys: number;
  readonly problems: string[];
}

function report({ problems }: Findings, text: string): void {
  if (problems.length < MAX_PROBLEMS) problems.push(text);
}

/** Runs a part of the check. What a damaged file makes of it is a finding; a disk that refuses is not. */
function examine(findings: Findings, what: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble !== undefined && trouble !== "damaged") throw error;
    report(findings, `${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function missingKeys(tables: Tables, index: Index, rowId: number, raw: Buffer): number {
  const { keys } = keysIn(index, raw);
  return keys.filter((key) => tables.getKey(index.unique ? key : withRowId(key, rowId)) !== rowId)
    .length;
}

function checkCollection(tables: Tables, collection: Collection, findings: Findings): void {
  const { ns, id, indexes, count } = collection;
  const expected = new Map(indexes.map((index) => [index, 0]));
  let documents = 0;
  for (const { rowId, raw } of scanDocuments({ tables }, id)) {
    documents++;
    checkDocument(raw, 0, raw.length);
    for (const index of indexes) {
      expected.set(index, (expected.get(index) ?? 0) + keysIn(index, raw).keys.length);
      const missing = missingKeys(tables, index, rowId, raw);
      if (missing > 0) {
        report(findings, `${ns} ${index.name}: row ${rowId} lacks ${missing} keys`);
      }
    }
  }
  for (const [index, wanted] of expected) {
    const low = indexPrefix(index.id);
    const found = tables.countAllKeys(low, successor(low));
    if (found !== wanted) report(findings, `${ns} ${index.name}: ${found} keys, not ${wanted}`);
    findings.keys += found;
  }
  if (documents !== count) report(findings, `${ns}: ${documents} documents, not ${count}`);
  findings.documents += documents;
}

function rowsOf(tables: Tables, table: "docs" | "idx"): number {
  return tables.db.prepare(`SELECT count(*) FROM ${table}`).get()?.[0] as number;
}

function checkFile(tables: Tables, findings: Findings): void {
  examine(findings, "the file", () => {
    const lines = tables.db.prepare(`PRAGMA integrity_check(${MAX_PROBLEMS})`).all();
    for (const [line] of lines) {
      if (line !== "ok") report(findings, `the file: ${String(line).replaceAll("\n", "; ")}`);
    }
  });
  examine(findings, "the catalogue", () => {
    for (const collection of loadCatalogue(tables).values()) {
      examine(findings, collection.ns, () => checkCollection(tables, collection, findings));
    }
  });
  if (findings.problems.length > 0) return;
  const strayDocuments = rowsOf(tables, "docs") - findings.documents;
  if (strayDocuments > 0) report(findings, `${strayDocuments} documents are of no collection`);
  const strayKeys = rowsOf(tables, "idx") - findings.keys;
  if (strayKeys > 0) report(findings, `${strayKeys} keys are of no index`);
}

/** Returns what is wrong with the store of a folder that nobody has open; throws FolderInUse when somebody has. */
export function verifyEmbedded(
  options: { directory: string },
  engine: Engine = openDatabase,
): Verification {
  const file = join(options.directory, STORE_FILE);
  if (!existsSync(file)) throw new Error(`There is no store in ${options.directory}.`);
  const ownership = takeOwnership(options.directory, engine);
  const findings: Findings = { documents: 0, keys: 0, problems: [] };
  try {
    examine(findings, "the file", () => {
      const tables = openWriter(file, engine);
      try {
        checkFile(tables, findings);
      } finally {
        tables.db.close();
      }
    });
  } finally {
    ownership.release();
  }
  return findings;
}
