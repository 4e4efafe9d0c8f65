/** What every command is given, and the small things that all of them need. */
import { type Doc, encode } from "./bson-raw.ts";
import { type Cursors, openCursors } from "./cursors.ts";
import { fault } from "./errors.ts";
import type { Plan } from "./planner.ts";
import { openSessions, type Sessions } from "./session.ts";
import type { Store, Transaction } from "./store.ts";
import type { Message } from "./wire.ts";

/** A server over a store; the reader worker has one of its own. */
export interface Server {
  readonly store: Store;
  readonly cursors: Cursors;
  readonly sessions: Sessions;
  /** On the clock that only grows. */
  readonly startedAt: number;
  /** What `hello` names as this server's address. */
  readonly address: string;
}

/** A command on its way through the server. */
export interface Request extends Message {
  readonly db: string;
  transaction: Transaction | null;
  /** How far a bulk write had come when it had to wait. */
  progress: unknown;
  /** The plan of a find, where it was already made to decide who runs it. */
  plan: Plan | null;
}

/** Runs one command and returns its answer as raw BSON. */
export type Command = (server: Server, request: Request) => Buffer;

/** A command with what may be said in it and where it may be said. */
export interface CommandEntry {
  readonly run: Command;
  /** Its own fields, beside those that every command may carry; null where any may come. */
  readonly fields: readonly string[] | null;
  /** It needs a batch. */
  readonly writes: boolean;
  readonly inTransaction: boolean;
  /** Its answer is kept for a session that asks again. */
  readonly retryable: boolean;
}

/** Commands by name. */
export type CommandTable = Readonly<Record<string, CommandEntry>>;

/** Returns the entry of a command. */
export function entry(
  run: Command,
  fields: readonly string[] | null,
  flags: Partial<CommandEntry> = {},
): CommandEntry {
  return { writes: false, inTransaction: false, retryable: false, ...flags, run, fields };
}

/** Refuses a field that is not among those known: silence about it would be a guess. */
export function checkFields(where: string, given: Doc, known: ReadonlySet<string>): void {
  for (const field in given) {
    if (!known.has(field)) {
      throw fault(40415, `BSON field '${where}.${field}' is an unknown field.`);
    }
  }
}

/** Returns a server over an open store. */
export function openServer(store: Store, address: string, isReader: boolean): Server {
  return {
    store,
    cursors: openCursors(store.epoch, isReader, store.clock),
    sessions: openSessions(store),
    startedAt: store.clock.elapsed(),
    address,
  };
}

const OK = encode({ ok: 1 });

/** Returns `{ ...fields, ok: 1 }`. */
export function ok(fields?: Doc): Buffer {
  return fields ? encode({ ...fields, ok: 1 }) : OK;
}

/** Returns the request of a message. */
export function requestOf(message: Message): Request {
  const { $db } = message.body;
  const db = typeof $db === "string" ? $db : "admin";
  const { requestId, name, body, raw, statements, legacy, silent } = message;
  const fresh = { transaction: null, progress: null, plan: null };
  return { requestId, name, body, raw, statements, legacy, silent, db, ...fresh };
}

/** Returns the full name of the collection that a command names. */
export function namespaceOf(request: Request): string {
  const name = request.body[request.name];
  if (typeof name !== "string" || name === "") throw fault(73, "Invalid collection name specified");
  return `${request.db}.${name}`;
}
