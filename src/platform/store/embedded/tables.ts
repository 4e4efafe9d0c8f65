/** The three tables of the file: documents by row, index keys in order, and what is known about both. */
import { blob, type Database, openDatabase, type Statement } from "./engine.ts";

/** Row ids of one collection; document keys are `collection * ROWS + row`. */
export const ROWS = 2 ** 36;
const FIRST_PAGE = 16;
const LARGEST_PAGE = 512;
const ZERO = Buffer.from([0]);

/** A document with its place: row id, raw BSON, and the index key that led to it, if any. */
export interface Row {
  readonly rowId: number;
  readonly raw: Buffer;
  readonly key: Buffer | null;
}

/** One connection with its statements prepared. */
export interface Tables {
  readonly db: Database;
  getDocument(collection: number, rowId: number): Buffer | undefined;
  putDocument(collection: number, rowId: number, raw: Buffer): void;
  deleteDocument(collection: number, rowId: number): void;
  getKey(key: Buffer): number | undefined;
  getByKey(key: Buffer): Row | undefined;
  putKey(key: Buffer, collection: number, rowId: number): void;
  deleteKey(key: Buffer): void;
  countKeys(low: Buffer, high: Buffer, atMost: number): number;
  /** As countKeys without a bound, in half the time. */
  countAllKeys(low: Buffer, high: Buffer): number;
  deleteKeys(low: Buffer, high: Buffer): void;
  deleteDocuments(collection: number): void;
  lastRowId(collection: number): number;
  scanDocuments(collection: number, reverse: boolean): IterableIterator<Row>;
  scanIndex(low: Buffer, high: Buffer, reverse: boolean, page?: number): IterableIterator<Row>;
  getMeta(key: string): Buffer | undefined;
  putMeta(key: string, value: Buffer): void;
  deleteMeta(key: string): void;
  listMeta(prefix: string): [key: string, value: Buffer][];
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS docs(k INTEGER PRIMARY KEY, d BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS idx(k BLOB PRIMARY KEY, r INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS meta(k TEXT PRIMARY KEY, v BLOB NOT NULL) WITHOUT ROWID;
`;

/** Opens the connection that writes: WAL, every commit synced to disk. */
export function openWriter(file: string): Tables {
  const db = openDatabase(file);
  db.exec("PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
  db.exec("PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;");
  db.exec("PRAGMA wal_autocheckpoint=4000; PRAGMA busy_timeout=5000;");
  db.exec(SCHEMA);
  return prepareTables(db);
}

/** Opens a connection that only reads, for snapshots and for long scans. */
export function openReader(file: string, cacheKilobytes: number): Tables {
  const db = openDatabase(file);
  db.exec(`PRAGMA query_only=1; PRAGMA cache_size=-${cacheKilobytes}; PRAGMA busy_timeout=5000;`);
  db.exec("PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;");
  return prepareTables(db);
}

interface Scans {
  readonly documents: (reverse: boolean) => Statement;
  readonly index: (reverse: boolean) => Statement;
}

function prepareScans(db: Database): Scans {
  const documents = (way: string) =>
    db.prepare(`SELECT k,d FROM docs WHERE k>=? AND k<? ORDER BY k ${way} LIMIT ?`);
  const index = (way: string) =>
    db.prepare(
      `SELECT i.k,i.r,d.d FROM idx i CROSS JOIN docs d ON d.k=i.r
       WHERE i.k>=? AND i.k<? ORDER BY i.k ${way} LIMIT ?`,
    );
  const prepared = {
    documents: [documents("ASC"), documents("DESC")] as const,
    index: [index("ASC"), index("DESC")] as const,
  };
  return {
    documents: (reverse) => prepared.documents[reverse ? 1 : 0],
    index: (reverse) => prepared.index[reverse ? 1 : 0],
  };
}

/** Reads in pages, so that no statement stays open between two rows and a cursor may rest anywhere. */
function* scanDocuments(scans: Scans, collection: number, reverse: boolean): Generator<Row> {
  const base = collection * ROWS;
  const statement = scans.documents(reverse);
  let low = base;
  let high = base + ROWS;
  for (let page = FIRST_PAGE; ; page = Math.min(page * 4, LARGEST_PAGE)) {
    const rows = statement.all(low, high, page);
    for (const row of rows) {
      yield { rowId: (row[0] as number) - base, raw: blob(row[1]), key: null };
    }
    if (rows.length < page) return;
    const last = rows[rows.length - 1]?.[0] as number;
    if (reverse) high = last;
    else low = last + 1;
  }
}

function* scanIndex(
  scans: Scans,
  from: Buffer,
  to: Buffer,
  reverse: boolean,
  firstPage: number,
): Generator<Row> {
  const statement = scans.index(reverse);
  let low = from;
  let high = to;
  for (let page = firstPage; ; page = Math.max(page, Math.min(page * 4, LARGEST_PAGE))) {
    const rows = statement.all(low, high, page);
    for (const row of rows) {
      yield { rowId: (row[1] as number) % ROWS, raw: blob(row[2]), key: blob(row[0]) };
    }
    if (rows.length < page) return;
    const last = blob(rows[rows.length - 1]?.[0]);
    if (reverse) high = last;
    else low = Buffer.concat([last, ZERO]);
  }
}

function prepareMeta(db: Database) {
  const get = db.prepare("SELECT v FROM meta WHERE k=?");
  const put = db.prepare(
    "INSERT INTO meta(k,v) VALUES(?,?) ON CONFLICT(k) DO UPDATE SET v=excluded.v",
  );
  const remove = db.prepare("DELETE FROM meta WHERE k=?");
  const list = db.prepare("SELECT k,v FROM meta WHERE k>=? AND k<? ORDER BY k");
  return {
    getMeta: (key: string) => {
      const row = get.get(key);
      return row && blob(row[0]);
    },
    putMeta: (key: string, value: Buffer) => put.run(key, value),
    deleteMeta: (key: string) => remove.run(key),
    listMeta: (prefix: string) =>
      list
        .all(prefix, `${prefix}\uffff`)
        .map((row): [string, Buffer] => [row[0] as string, blob(row[1])]),
  };
}

function prepareTables(db: Database): Tables {
  const getDocument = db.prepare("SELECT d FROM docs WHERE k=?");
  const putDocument = db.prepare(
    "INSERT INTO docs(k,d) VALUES(?,?) ON CONFLICT(k) DO UPDATE SET d=excluded.d",
  );
  const deleteDocument = db.prepare("DELETE FROM docs WHERE k=?");
  const getKey = db.prepare("SELECT r FROM idx WHERE k=?");
  const getByKey = db.prepare("SELECT i.r,d.d FROM idx i CROSS JOIN docs d ON d.k=i.r WHERE i.k=?");
  const putKey = db.prepare(
    "INSERT INTO idx(k,r) VALUES(?,?) ON CONFLICT(k) DO UPDATE SET r=excluded.r",
  );
  const deleteKey = db.prepare("DELETE FROM idx WHERE k=?");
  const countKeys = db.prepare(
    "SELECT count(*) FROM (SELECT 1 FROM idx WHERE k>=? AND k<? LIMIT ?)",
  );
  const countAllKeys = db.prepare("SELECT count(*) FROM idx WHERE k>=? AND k<?");
  const deleteKeys = db.prepare("DELETE FROM idx WHERE k>=? AND k<?");
  const deleteDocuments = db.prepare("DELETE FROM docs WHERE k>=? AND k<?");
  const lastRowId = db.prepare("SELECT max(k) FROM docs WHERE k>=? AND k<?");
  const scans = prepareScans(db);
  return {
    db,
    ...prepareMeta(db),
    getDocument: (collection, rowId) => {
      const row = getDocument.get(collection * ROWS + rowId);
      return row && blob(row[0]);
    },
    putDocument: (collection, rowId, raw) => putDocument.run(collection * ROWS + rowId, raw),
    deleteDocument: (collection, rowId) => deleteDocument.run(collection * ROWS + rowId),
    getKey: (key) => {
      const row = getKey.get(key);
      return row && (row[0] as number) % ROWS;
    },
    getByKey: (key) => {
      const row = getByKey.get(key);
      return row && { rowId: (row[0] as number) % ROWS, raw: blob(row[1]), key };
    },
    putKey: (key, collection, rowId) => putKey.run(key, collection * ROWS + rowId),
    deleteKey: (key) => deleteKey.run(key),
    countKeys: (low, high, atMost) => countKeys.get(low, high, atMost)?.[0] as number,
    countAllKeys: (low, high) => countAllKeys.get(low, high)?.[0] as number,
    deleteKeys: (low, high) => deleteKeys.run(low, high),
    deleteDocuments: (collection) =>
      deleteDocuments.run(collection * ROWS, (collection + 1) * ROWS),
    lastRowId: (collection) => {
      const last = lastRowId.get(collection * ROWS, (collection + 1) * ROWS)?.[0] as number | null;
      return last === null ? 0 : last - collection * ROWS;
    },
    scanDocuments: (collection, reverse) => scanDocuments(scans, collection, reverse),
    scanIndex: (low, high, reverse, page = FIRST_PAGE * 2) =>
      scanIndex(scans, low, high, reverse, page),
  };
}
