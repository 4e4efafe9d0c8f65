/** An engine that fails when a test says so, as a disk would: at the n-th thing that is asked of it. */
import {
  type Database,
  type Engine,
  openDatabase,
  type Statement,
} from "../../../../src/platform/store/embedded/engine.ts";

/** How the engine fails. */
export interface Fault {
  readonly name: string;
  /** SQLite's result code: 10 is an I/O error, 13 a full disk. */
  readonly errcode: number;
  /** SQLite takes some errors for a reason to roll the transaction back by itself. */
  readonly rollsBack: boolean;
  /** Everything after it fails, too. */
  readonly lasts: boolean;
}

/** A write or read that the disk refuses, once. */
export const REFUSED: Fault = { name: "refused", errcode: 10, rollsBack: false, lasts: false };
/** A full disk, on which SQLite rolls back by itself. */
export const FULL: Fault = { name: "full", errcode: 13, rollsBack: true, lasts: false };
/** A disk that is gone from some moment on. */
export const GONE: Fault = { name: "gone", errcode: 10, rollsBack: false, lasts: true };

/** An engine over the true one. */
export interface FaultyEngine {
  readonly engine: Engine;
  /** Lets the n-th call from now on fail. */
  arm(n: number, fault: Fault): void;
  /** Lets nothing fail any more, and returns whether anything did. */
  disarm(): boolean;
}

/** Returns an engine that fails when it is armed, at the n-th open, statement or script; closing never fails. */
export function faultyEngine(): FaultyEngine {
  let left = Number.POSITIVE_INFINITY;
  let armed: Fault = REFUSED;
  let struck = false;
  const pass = (db: Database | null): void => {
    left--;
    if (left > 0 || (left < 0 && !armed.lasts)) return;
    struck = true;
    if (armed.rollsBack && db?.isInTransaction()) db.exec("ROLLBACK");
    const { errcode, name } = armed;
    throw Object.assign(new Error(name), { code: "ERR_SQLITE_ERROR", errcode });
  };
  const wrap = (db: Database): Database => ({
    exec: (sql) => {
      pass(db);
      db.exec(sql);
    },
    prepare: (sql) => wrapStatement(db.prepare(sql), () => pass(db)),
    isInTransaction: () => db.isInTransaction(),
    close: () => db.close(),
  });
  return {
    engine: (file) => {
      pass(null);
      return wrap(openDatabase(file));
    },
    arm: (n, fault) => {
      left = n;
      armed = fault;
      struck = false;
    },
    disarm: () => {
      left = Number.POSITIVE_INFINITY;
      return struck;
    },
  };
}

function wrapStatement(statement: Statement, pass: () => void): Statement {
  return {
    get: (...parameters) => {
      pass();
      return statement.get(...parameters);
    },
    all: (...parameters) => {
      pass();
      return statement.all(...parameters);
    },
    run: (...parameters) => {
      pass();
      statement.run(...parameters);
    },
  };
}
