/** The three tables of the file: documents by row, index keys in order, and what is known about both. */
import { existsSync, renameSync, rmSync, statSync } from "node:fs";
import { keySum, valueSum } from "./checksum.ts";
import {
  blob,
  type Cell,
  DamagedFile,
  type Database,
  type Engine,
  openDatabase,
  openWith,
} from "./engine.ts";
import { checkLog } from "./log-check.ts";

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
export type Tables = ReturnType<typeof prepareTables>;

/** Kept in the file; a file of another format is refused. */
const FORMAT = 1;
/** `c` is the checksum of its row. */
const SCHEMA = `
  CREATE TABLE docs(k INTEGER PRIMARY KEY, c INTEGER NOT NULL, d BLOB NOT NULL);
  CREATE TABLE idx(k BLOB PRIMARY KEY, r INTEGER NOT NULL, c INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE meta(k TEXT PRIMARY KEY, c INTEGER NOT NULL, v BLOB NOT NULL) WITHOUT ROWID;
`;

/** Makes the file aside and gives it its name when it is whole: a file of that name that is empty was not always so. */
function createFile(file: string, engine: Engine): void {
  const part = `${file}.new`;
  for (const name of [part, `${part}-journal`]) rmSync(name, { force: true });
  const db = engine(part);
  try {
    db.exec(`PRAGMA page_size=8192; BEGIN; ${SCHEMA} PRAGMA user_version=${FORMAT}; COMMIT;`);
    db.close();
    renameSync(part, file);
  } finally {
    db.close();
    rmSync(part, { force: true });
  }
}

function checkFormat(db: Database, file: string): void {
  const found = db.prepare("PRAGMA user_version").get()?.[0];
  if (found !== FORMAT) throw new Error(`${file} was not written by this version of the program.`);
}

/** Opens the connection that writes: WAL, every commit synced to disk. A file that does not exist is made. */
export function openWriter(file: string, engine: Engine = openDatabase): Tables {
  if (existsSync(file)) {
    if (statSync(file).size === 0) throw new DamagedFile("it is empty");
    checkLog(file);
  } else {
    if (existsSync(`${file}-wal`)) throw new DamagedFile("only its log is there");
    createFile(file, engine);
  }
  return openWith(engine, file, (db) => {
    // On macOS only a full sync reaches the disk itself.
    db.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA fullfsync=1;");
    checkFormat(db, file);
    // A file that cannot be written is refused now, and not when something is to be kept.
    db.exec(`BEGIN IMMEDIATE; PRAGMA user_version=${FORMAT}; ROLLBACK;`);
    db.exec("PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;");
    db.exec("PRAGMA wal_autocheckpoint=4000; PRAGMA busy_timeout=5000;");
    return prepareTables(db, engine);
  });
}

/** Opens a connection that only reads, for snapshots and for long scans. */
export function openReader(
  file: string,
  cacheKilobytes: number,
  engine: Engine = openDatabase,
): Tables {
  return openWith(engine, file, (db) => {
    db.exec(`PRAGMA query_only=1; PRAGMA cache_size=-${cacheKilobytes}; PRAGMA busy_timeout=5000;`);
    db.exec("PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;");
    return prepareTables(db, engine);
  });
}

/** Returns the document of a row of `docs`, or throws where it is not what was stored there. */
function checkedDocument(k: number, sum: unknown, cell: unknown): Buffer {
  if (cell === null) throw new DamagedFile("an index leads to no document");
  const raw = blob(cell);
  if (valueSum(raw, k) !== sum) throw new DamagedFile("a document is not as it was stored");
  return raw;
}

/** Returns the target of a row of `idx`, or throws where it is not what was stored there. */
function checkedTarget(key: Buffer, target: unknown, sum: unknown): number {
  if (keySum(key, target as number) !== sum) {
    throw new DamagedFile("an index key is not as it was stored");
  }
  return target as number;
}

/** From where rows are read; it may become another place with the same rows while a walk rests. */
export interface Source {
  readonly tables: Tables;
}

/** Reads in pages, so that no statement stays open between two rows and a cursor may rest anywhere. */
export function* scanDocuments(source: Source, collection: number): Generator<Row> {
  const base = collection * ROWS;
  let low = base;
  for (let page = FIRST_PAGE; ; page = Math.min(page * 4, LARGEST_PAGE)) {
    const rows = source.tables.documentPage(low, base + ROWS, page);
    for (const [cell, sum, document] of rows) {
      const k = cell as number;
      if (k < low) throw outOfOrder();
      low = k + 1;
      yield { rowId: k - base, raw: checkedDocument(k, sum, document), key: null };
    }
    if (rows.length < page) return;
  }
}

/** Where pages have changed places, a walk through them meets rows again. */
function outOfOrder(): DamagedFile {
  return new DamagedFile("rows are out of order");
}

function indexRow([k, r, keySum, documentSum, cell]: readonly unknown[]): Row & { key: Buffer } {
  const key = blob(k);
  const target = checkedTarget(key, r, keySum);
  return { rowId: target % ROWS, raw: checkedDocument(target, documentSum, cell), key };
}

/** Returns the rows of a range of index keys, read in pages as documents are. */
export function* scanIndex(
  source: Source,
  from: Buffer,
  to: Buffer,
  reverse: boolean,
  firstPage = FIRST_PAGE * 2,
): Generator<Row> {
  let low = from;
  let high = to;
  for (let page = firstPage; ; page = Math.max(page, Math.min(page * 4, LARGEST_PAGE))) {
    const rows = source.tables.indexPage(low, high, reverse, page);
    let last = reverse ? high : low;
    let isFirst = !reverse; // the low end is in the range, the high end is not
    for (const row of rows) {
      const found = indexRow(row);
      const order = found.key.compare(last);
      if (reverse ? order >= 0 : order < 0 || (order === 0 && !isFirst)) throw outOfOrder();
      last = found.key;
      isFirst = false;
      yield found;
    }
    if (rows.length < page) return;
    if (reverse) high = last;
    else low = Buffer.concat([last, ZERO]);
  }
}

function checkedMeta(key: string, sum: unknown, cell: unknown): Buffer {
  const value = blob(cell);
  if (valueSum(value, keySum(Buffer.from(key), 0)) !== sum) {
    throw new DamagedFile("what is known of a collection is not as it was stored");
  }
  return value;
}

/** Prepares a statement that writes. */
type PrepareWrite = (sql: string) => (...cells: Cell[]) => void;

function prepareMeta(db: Database, prepareWrite: PrepareWrite) {
  const get = db.prepare("SELECT c,v FROM meta WHERE k=?");
  const put = prepareWrite(
    "INSERT INTO meta(k,c,v) VALUES(?,?,?) ON CONFLICT(k) DO UPDATE SET c=excluded.c,v=excluded.v",
  );
  const remove = prepareWrite("DELETE FROM meta WHERE k=?");
  const list = db.prepare("SELECT k,c,v FROM meta WHERE k>=? AND k<? ORDER BY k");
  return {
    getMeta: (key: string) => {
      const row = get.get(key);
      return row && checkedMeta(key, row[0], row[1]);
    },
    putMeta: (key: string, value: Buffer) =>
      put(key, valueSum(value, keySum(Buffer.from(key), 0)), value),
    deleteMeta: (key: string) => remove(key),
    listMeta: (prefix: string) =>
      list.all(prefix, `${prefix}\uffff`).map(([k, sum, cell]): [string, Buffer] => {
        const key = k as string;
        return [key, checkedMeta(key, sum, cell)];
      }),
  };
}

function prepareTables(db: Database, engine: Engine) {
  /** What is done before each write; a batch wants to know of its first. */
  const hooks: { beforeWrite: (() => void) | null } = { beforeWrite: null };
  const prepareWrite: PrepareWrite = (sql) => {
    const statement = db.prepare(sql);
    return (...cells) => {
      hooks.beforeWrite?.();
      statement.run(...cells);
    };
  };
  const getDocument = db.prepare("SELECT c,d FROM docs WHERE k=?");
  const putDocument = prepareWrite(
    "INSERT INTO docs(k,c,d) VALUES(?,?,?) ON CONFLICT(k) DO UPDATE SET c=excluded.c,d=excluded.d",
  );
  const deleteDocument = prepareWrite("DELETE FROM docs WHERE k=?");
  const getKey = db.prepare("SELECT r,c FROM idx WHERE k=?");
  const getByKey = db.prepare(
    "SELECT i.k,i.r,i.c,d.c,d.d FROM idx i LEFT JOIN docs d ON d.k=i.r WHERE i.k=?",
  );
  const putKey = prepareWrite(
    "INSERT INTO idx(k,r,c) VALUES(?,?,?) ON CONFLICT(k) DO UPDATE SET r=excluded.r,c=excluded.c",
  );
  const deleteKey = prepareWrite("DELETE FROM idx WHERE k=?");
  const countKeys = db.prepare(
    "SELECT count(*) FROM (SELECT 1 FROM idx WHERE k>=? AND k<? LIMIT ?)",
  );
  const countAllKeys = db.prepare("SELECT count(*) FROM idx WHERE k>=? AND k<?");
  const deleteKeys = prepareWrite("DELETE FROM idx WHERE k>=? AND k<?");
  const deleteDocuments = prepareWrite("DELETE FROM docs WHERE k>=? AND k<?");
  const lastRowId = db.prepare("SELECT max(k) FROM docs WHERE k>=? AND k<?");
  const scan = db.prepare("SELECT k,c,d FROM docs WHERE k>=? AND k<? ORDER BY k LIMIT ?");
  const inOrder = (way: string) =>
    db.prepare(
      `SELECT i.k,i.r,i.c,d.c,d.d FROM idx i LEFT JOIN docs d ON d.k=i.r
       WHERE i.k>=? AND i.k<? ORDER BY i.k ${way} LIMIT ?`,
    );
  const [ascending, descending] = [inOrder("ASC"), inOrder("DESC")];
  return {
    db,
    /** What opened the connection, and opens those beside it. */
    engine,
    hooks,
    ...prepareMeta(db, prepareWrite),
    getDocument: (collection: number, rowId: number) => {
      const k = collection * ROWS + rowId;
      const row = getDocument.get(k);
      return row && checkedDocument(k, row[0], row[1]);
    },
    putDocument: (collection: number, rowId: number, raw: Buffer) => {
      const k = collection * ROWS + rowId;
      putDocument(k, valueSum(raw, k), raw);
    },
    deleteDocument: (collection: number, rowId: number) =>
      deleteDocument(collection * ROWS + rowId),
    getKey: (key: Buffer) => {
      const row = getKey.get(key);
      return row && checkedTarget(key, row[0], row[1]) % ROWS;
    },
    getByKey: (key: Buffer) => {
      const row = getByKey.get(key);
      return row && indexRow(row);
    },
    putKey: (key: Buffer, collection: number, rowId: number) => {
      const target = collection * ROWS + rowId;
      putKey(key, target, keySum(key, target));
    },
    deleteKey: (key: Buffer) => deleteKey(key),
    countKeys: (low: Buffer, high: Buffer, atMost: number) =>
      countKeys.get(low, high, atMost)?.[0] as number,
    /** As countKeys without a bound, in half the time. */
    countAllKeys: (low: Buffer, high: Buffer) => countAllKeys.get(low, high)?.[0] as number,
    deleteKeys: (low: Buffer, high: Buffer) => deleteKeys(low, high),
    deleteDocuments: (collection: number) =>
      deleteDocuments(collection * ROWS, (collection + 1) * ROWS),
    lastRowId: (collection: number) => {
      const last = lastRowId.get(collection * ROWS, (collection + 1) * ROWS)?.[0] as number | null;
      return last === null ? 0 : last - collection * ROWS;
    },
    documentPage: (low: number, high: number, most: number) => scan.all(low, high, most),
    indexPage: (low: Buffer, high: Buffer, reverse: boolean, most: number) =>
      (reverse ? descending : ascending).all(low, high, most),
  };
}
