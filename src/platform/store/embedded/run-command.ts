/** Runs one command: alone, as a retryable write, or in its transaction. */
import { type Doc, encode } from "./bson-raw.ts";
import { ok, type Request, type Server } from "./command.ts";
import { COMMANDS } from "./commands/index.ts";
import { fault, MongoError } from "./errors.ts";
import { abortOf, earlierReply, isInTransaction, keepReply, transactionOf } from "./session.ts";
import { openBatch } from "./store.ts";
import { commitTransaction } from "./transaction.ts";

const RETRYABLE: ReadonlySet<string> = new Set([
  "insert",
  "update",
  "delete",
  "findAndModify",
  "findandmodify",
]);

const IN_TRANSACTION: ReadonlySet<string> = new Set([
  ...RETRYABLE,
  "find",
  "getMore",
  "killCursors",
  "aggregate",
  "distinct",
]);

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
  const session = transactionOf(sessions, request.body);
  if (session.state === "committed")
    return earlierReply(store, sessions, plain(request.body)) ?? ok();
  commitTransaction(store, session.transaction);
  openBatch(store).undo.push(() => abortOf(store, sessions, request.body));
  openBatch(store).committed.push(() => {
    session.state = "committed";
  });
  keepReply(store, sessions, plain(request.body), ok());
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
  const command = COMMANDS[name];
  if (!command) throw fault(59, `no such command: '${name}'`);
  try {
    if (!IN_TRANSACTION.has(name)) {
      throw fault(263, `Cannot run '${name}' in a multi-document transaction.`);
    }
    request.transaction = session.transaction;
    return command.run(server, request);
  } catch (error) {
    abortOf(server.store, server.sessions, body); // any error ends the transaction, as in MongoDB
    throw error;
  }
}

/** Runs a command and returns its answer, or throws. */
export function runCommand(server: Server, request: Request): Buffer {
  const { name, body } = request;
  if (isInTransaction(body)) return runInTransaction(server, request);
  const command = COMMANDS[name];
  if (!command) throw fault(59, `no such command: '${name}'`);
  if (!RETRYABLE.has(name)) return command.run(server, request);
  const earlier = earlierReply(server.store, server.sessions, body);
  if (earlier) return earlier;
  const reply = command.run(server, request);
  keepReply(server.store, server.sessions, body, reply);
  return reply;
}

/** Returns the answer that tells of an error; one that is not MongoDB's own stays without detail. */
export function errorBody(error: unknown): Buffer {
  const known =
    error instanceof MongoError ? error : fault(1, "internal error of the embedded store");
  const { code, codeName, message, details } = known;
  return encode({ ok: 0, errmsg: message, code, codeName, ...details });
}
