/** Runs one command: alone, as a retryable write, or in its transaction. */
import { BSONError } from "bson";
import { type Doc, encode } from "./bson-raw.ts";
import { type CommandEntry, checkFields, ok, type Request, type Server } from "./command.ts";
import { COMMANDS } from "./commands/index.ts";
import { type Trouble, troubleOf } from "./engine.ts";
import { fault, MongoError } from "./errors.ts";
import { abortOf, isInTransaction, keep, keptOf, makeRoom, transactionOf } from "./session.ts";
import { Blocked, openBatch } from "./store.ts";
import { commitTransaction } from "./transaction.ts";
import { documentOf } from "./values.ts";

/** What every command may carry: sessions, and what one durable server grants by being what it is. */
export const CARRIED = [
  "$db",
  "$readPreference",
  "$clusterTime",
  "lsid",
  "txnNumber",
  "startTransaction",
  "autocommit",
  "readConcern",
  "writeConcern",
  "comment",
  "apiVersion",
  "apiStrict",
  "apiDeprecationErrors",
] as const;

const LEVELS: ReadonlySet<unknown> = new Set(["local", "available", "majority", "linearizable"]);
const knownFields = new Map<string, ReadonlySet<string>>();

/** Refuses what would change the answer in a way that this store does not know. */
function checkRequest(name: string, { fields }: CommandEntry, body: Doc): void {
  if (fields === null) return;
  const known = knownFields.get(name) ?? new Set([name, ...CARRIED, ...fields]);
  knownFields.set(name, known);
  checkFields(name, body, known);
  const { level } = documentOf(body.readConcern, "readConcern");
  const isKnown = LEVELS.has(level) || (level === "snapshot" && isInTransaction(body));
  if (level !== undefined && !isKnown) throw fault(72, "this read concern level is not supported");
  const { w } = documentOf(body.writeConcern, "writeConcern");
  if (w !== undefined && w !== 0 && w !== 1 && w !== "majority") {
    throw fault(100, "Not enough data-bearing nodes");
  }
}

/** Returns whether a command needs a batch around it. */
export function isWrite(name: string): boolean {
  return COMMANDS[name]?.writes === true;
}

function finish(server: Server, request: Request): Buffer {
  const { store, sessions } = server;
  if (request.name === "abortTransaction") {
    abortOf(store, sessions, request.body);
    return ok();
  }
  // Asked for first: after a restart the answer is all that is known of a transaction that was committed.
  const earlier = keptOf(store, sessions, plain(request.body))?.reply;
  if (earlier) return earlier;
  const session = transactionOf(sessions, request.body);
  if (session.state === "committed") return ok();
  try {
    makeRoom(store, sessions, request.body);
  } catch (error) {
    abortOf(store, sessions, request.body);
    throw error;
  }
  commitTransaction(store, session.transaction);
  openBatch(store).undo.push(() => abortOf(store, sessions, request.body));
  openBatch(store).committed.push(() => {
    session.state = "committed";
  });
  keep(store, sessions, plain(request.body), { reply: ok() });
  return ok();
}

/** The body as that of a retryable write, for the answer to a commit is kept like one. */
function plain(body: Doc): Doc {
  const { lsid, txnNumber } = body;
  return { lsid, txnNumber };
}

function runInTransaction(server: Server, request: Request): Buffer {
  const { name, body } = request;
  if (name === "commitTransaction" || name === "abortTransaction") return finish(server, request);
  const session = transactionOf(server.sessions, body);
  if (session.state !== "open") throw fault(256, "Transaction has been committed.");
  try {
    const command = commandOf(request);
    if (!command.inTransaction) {
      throw fault(263, `Cannot run '${name}' in a multi-document transaction.`);
    }
    request.transaction = session.transaction;
    return command.run(server, request);
  } catch (error) {
    abortOf(server.store, server.sessions, body); // any error ends the transaction, as in MongoDB
    throw error;
  }
}

function commandOf({ name, body }: Request): CommandEntry {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw fault(59, `no such command: '${name}'`);
  checkRequest(name, command, body);
  return command;
}

/** Runs a command and returns its answer, or throws. */
export function runCommand(server: Server, request: Request): Buffer {
  if (isInTransaction(request.body)) return runInTransaction(server, request);
  const command = commandOf(request);
  return command.retryable ? runRetryable(server, request, command) : command.run(server, request);
}

/** Does what of a retryable write was not done before, by a request that was cut off or still waits. */
function runRetryable(server: Server, request: Request, command: CommandEntry): Buffer {
  const { store, sessions } = server;
  const { body } = request;
  const kept = keptOf(store, sessions, body);
  if (kept?.reply) return kept.reply;
  request.progress = kept?.progress ?? request.progress;
  makeRoom(store, sessions, body);
  try {
    const reply = command.run(server, request);
    keep(store, sessions, body, { reply });
    return reply;
  } catch (error) {
    const { progress } = request;
    if (error instanceof Blocked && progress) keep(store, sessions, body, { progress });
    throw error;
  }
}

/** What is answered when the engine is in trouble; nothing of the request has been done. */
const TROUBLES: Readonly<Record<Trouble, () => MongoError>> = {
  busy: () => fault(24, "another process keeps the store's file locked"),
  "read-only": () => fault(96, "the store's file cannot be written"),
  disk: () => fault(96, "the disk refused to read or write"),
  damaged: () => fault(301, "the store's file is damaged; a check of the store says where"),
  full: () => fault(14031, "the disk is full"),
  closed: () =>
    fault(96, "a failed write could not be taken back: the store must be started again"),
};

/** Returns the answer that tells of an error; one that is not MongoDB's own stays without detail. */
export function errorBody(error: unknown): Buffer {
  const known = error instanceof MongoError ? error : ownFault(error);
  const { code, codeName, message, details } = known;
  return encode({ ok: 0, errmsg: message, code, codeName, ...details });
}

function ownFault(error: unknown): MongoError {
  if (BSONError.isBSONError(error)) return fault(22, "malformed BSON document");
  const trouble = troubleOf(error);
  return trouble ? TROUBLES[trouble]() : fault(1, "internal error of the embedded store");
}
