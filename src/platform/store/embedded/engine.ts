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
  close(): void;
}

/** Opens a connection; the file is created when it does not exist. */
export function openDatabase(file: string): Database {
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
    close: () => db.close(),
  };
}

/** Returns whether an error says that another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  return (error as { errcode?: number } | null)?.errcode === 5;
}

/** Returns a blob column as a Buffer over the same memory. */
export function blob(cell: unknown): Buffer {
  const bytes = cell as Uint8Array;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
