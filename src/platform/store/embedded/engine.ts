/** The port to SQLite: the only file that knows which binding is used. */
import { DatabaseSync } from "@photostructure/sqlite";

/** A value that SQLite stores. */
export type Cell = number | string | Buffer | null;

/** A prepared statement; rows come back as arrays, in the order of the columns. */
export interface Statement {
  get(...parameters: Cell[]): readonly unknown[] | undefined;
  all(...parameters: Cell[]): readonly (readonly unknown[])[];
  run(...parameters: Cell[]): void;
}

/** One connection to a database file. */
export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  /** Whether a BEGIN is still without its COMMIT or ROLLBACK; after some errors SQLite rolls back by itself. */
  isInTransaction(): boolean;
  /**
   * Ends the connection, its open transaction rolled back; again does nothing. The binding lets go of the files with
   * the last statement that is collected: before that, a file of the same name must not take their place.
   */
  close(): void;
}

/** Opens a connection; the file is created when it does not exist. */
export type Engine = (file: string) => Database;

/** The engine of the product. */
export const openDatabase: Engine = (file) => {
  const db = new DatabaseSync(file);
  return {
    exec: (sql) => db.exec(sql),
    prepare: (sql) => {
      const statement = db.prepare(sql);
      statement.setReturnArrays(true);
      return {
        get: (...parameters) => statement.get(...parameters) as readonly unknown[] | undefined,
        all: (...parameters) => statement.all(...parameters) as readonly (readonly unknown[])[],
        run: (...parameters) => {
          statement.run(...parameters);
        },
      };
    },
    isInTransaction: () => db.isTransaction,
    close: () => {
      if (!db.isOpen) return;
      try {
        if (db.isTransaction) db.exec("ROLLBACK");
      } finally {
        db.close();
      }
    },
  };
};

/** Opens a connection and makes it ready; one that cannot be made ready is closed. */
export function openWith<T>(engine: Engine, file: string, ready: (db: Database) => T): T {
  const db = engine(file);
  try {
    return ready(db);
  } catch (error) {
    db.close();
    throw error;
  }
}

/** What an error of the engine says about lock, disk, file or connection. */
export type Trouble = "busy" | "read-only" | "disk" | "damaged" | "full" | "closed";

/** By SQLite's primary result code. */
const TROUBLES: Readonly<Record<number, Trouble>> = {
  5: "busy",
  8: "read-only",
  10: "disk",
  11: "damaged",
  13: "full",
  14: "disk",
  26: "damaged",
};

/** Thrown where stored bytes are not those that were written. */
export class DamagedFile extends Error {
  constructor(what: string) {
    super(`The store's file is damaged: ${what}.`);
    this.name = "DamagedFile";
  }
}

/** Returns what an error says about lock, disk, file or connection; undefined when it is about something else. */
export function troubleOf(error: unknown): Trouble | undefined {
  if (error instanceof DamagedFile) return "damaged";
  const { code, errcode } = error as { code?: string; errcode?: number };
  if (code === "ERR_INVALID_STATE") return "closed";
  return errcode === undefined ? undefined : TROUBLES[errcode & 0xff];
}

/** Returns a blob column as a Buffer over the same memory. */
export function blob(cell: unknown): Buffer {
  if (!(cell instanceof Uint8Array)) throw new DamagedFile("a value is not of its kind");
  return Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength);
}
