/** The socket: frames messages, gathers those of a tick into one commit, and answers after it. */
import { createServer, type Server as NetServer, type Socket } from "node:net";
import { runBatch } from "./batch.ts";
import { type Request, requestOf, type Server } from "./command.ts";
import { fault, MongoError } from "./errors.ts";
import type { ReaderPool } from "./reader-pool.ts";
import { errorBody, isWrite, runCommand } from "./run-command.ts";
import { isInTransaction, startTransaction } from "./session.ts";
import { Blocked } from "./store.ts";
import { type Message, messageLength, parseMessage, replyBytes, requestIdOf } from "./wire.ts";

/** A request and who asked. */
interface Pending {
  readonly request: Request;
  readonly socket: Socket;
  readonly waitUntil: number;
  reply: Buffer | null;
}

/** The running listener. */
export interface Listener {
  /** Stops listening, answers nobody any more, and drops every connection. */
  close(): Promise<void>;
}

const WAIT_MS = 15_000;
const AWAKE_MS = 0.3;

/** Thrown out of a batch when one of its requests met an error that is not MongoDB's. */
class Spoiled extends Error {
  readonly culprit: Pending;
  readonly reason: unknown;

  constructor(culprit: Pending, reason: unknown) {
    super("a request failed inside a batch");
    this.culprit = culprit;
    this.reason = reason;
  }
}

/** Starts listening on a socket path. */
export function listen(
  server: Server,
  readers: ReaderPool | null,
  path: string,
): Promise<Listener> {
  const hub = new Hub(server, readers);
  const sockets = new Set<Socket>();
  const net = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    frameMessages(socket, (bytes) => hub.receive(socket, bytes));
  });
  return new Promise((resolve, reject) => {
    net.once("error", reject);
    net.listen(path, () => resolve({ close: () => closeAll(hub, net, sockets) }));
  });
}

function closeAll(hub: Hub, net: NetServer, sockets: ReadonlySet<Socket>): Promise<void> {
  hub.close();
  return new Promise((resolve) => {
    net.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}

/** Messages of one connection that are taken in a turn; a driver sends one and waits for its answer. */
const MOST_AT_ONCE = 32;
/** Nothing more is taken from a client that has not read its answers. */
const MOST_UNREAD_BYTES = 64 * 1024 * 1024;

/** Cuts a stream into messages; a large one is gathered in chunks and joined once. */
function frameMessages(socket: Socket, receive: (bytes: Buffer) => void): void {
  let chunks: Buffer[] = [];
  let held = 0;
  let wanted = 0;
  const cut = (): void => {
    let rest = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, held);
    for (let left = MOST_AT_ONCE; ; left--) {
      const length = messageLength(rest);
      wanted = length ?? 0;
      if (length === undefined || rest.length < length) break;
      if (left === 0) {
        waitForReader(socket, take);
        break;
      }
      receive(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
    chunks = rest.length > 0 ? [rest] : [];
    held = rest.length;
  };
  const take = (): void => {
    if (held === 0 || held < wanted || socket.destroyed) return;
    try {
      if (socket.writableLength > MOST_UNREAD_BYTES) waitForReader(socket, take);
      else cut();
    } catch {
      socket.destroy(); // whatever this was, it did not speak the protocol
    }
  };
  socket.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    held += chunk.length;
    take();
  });
}

/** Goes on when the answers of this turn are on their way, or, where too many are, when they have been read. */
function waitForReader(socket: Socket, go: () => void): void {
  socket.pause();
  const goOn = (): void => {
    socket.resume();
    go();
  };
  if (socket.writableLength > MOST_UNREAD_BYTES) socket.once("drain", goOn);
  else setImmediate(goOn);
}

function isMongoError(error: unknown): boolean {
  return error instanceof MongoError;
}

/** Gathers the requests of a tick and runs them together. */
class Hub {
  readonly #server: Server;
  readonly #readers: ReaderPool | null;
  #queue: Pending[] = [];
  #scheduled = false;
  #closed = false;
  #awakeUntil = 0;

  constructor(server: Server, readers: ReaderPool | null) {
    this.#server = server;
    this.#readers = readers;
  }

  /** Takes a message; one whose frame is right but whose contents are not is answered with an error. */
  receive(socket: Socket, bytes: Buffer): void {
    let message: Message;
    try {
      message = parseMessage(bytes);
    } catch (error) {
      if (!isMongoError(error)) throw error;
      send(socket, replyBytes({ requestId: requestIdOf(bytes), legacy: false }, errorBody(error)));
      return;
    }
    const waitUntil = this.#server.store.clock.elapsed() + WAIT_MS;
    this.#enqueue({ request: requestOf(message), socket, waitUntil, reply: null });
  }

  /** Takes nothing more; what waits is never answered. */
  close(): void {
    this.#closed = true;
    this.#queue = [];
  }

  #enqueue(pending: Pending): void {
    if (this.#closed) return;
    this.#queue.push(pending);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#drain());
  }

  #drain(): void {
    this.#scheduled = false;
    const taken = this.#queue.filter((pending) => !this.#offload(pending));
    this.#queue = [];
    const batch = taken.filter((pending) => this.#openTransaction(pending));
    const writes = batch.filter(({ request }) => isWrite(request.name));
    if (writes.length > 0) this.#runTogether(writes);
    // Reads come after the commit: they see nothing that may yet be undone, and a cursor never has to go back.
    for (const pending of batch) if (!isWrite(pending.request.name)) this.#run(pending, false);
    answer(taken);
    if (this.#server.store.transactions.size > 0) this.#stayAwake();
  }

  /** The next command of an open transaction comes soon: to sleep and be woken would cost about as much as it does. */
  #stayAwake(): void {
    const isAwake = this.#awakeUntil > 0;
    this.#awakeUntil = performance.now() + AWAKE_MS;
    if (isAwake) return;
    const look = (): void => {
      if (performance.now() < this.#awakeUntil && !this.#closed) setImmediate(look);
      else this.#awakeUntil = 0;
    };
    setImmediate(look);
  }

  #offload(pending: Pending): boolean {
    const { request, socket } = pending;
    if (!this.#readers?.wants(this.#server, request)) return false;
    this.#readers.ask(request, (body) => send(socket, replyBytes(request, body)));
    return true;
  }

  /** Snapshots are taken here, before the batch: one taken inside it would miss what the batch has written. */
  #openTransaction(pending: Pending): boolean {
    const { body } = pending.request;
    if (!isInTransaction(body) || body.startTransaction !== true) return true;
    try {
      startTransaction(this.#server.store, this.#server.sessions, body);
      return true;
    } catch (error) {
      pending.reply = errorBody(error);
      return false;
    }
  }

  #runTogether(batch: readonly Pending[]): void {
    const before = batch.map(({ request }) => request.progress);
    try {
      runBatch(this.#server.store, () => {
        for (const pending of batch) this.#run(pending, true);
      });
    } catch (error) {
      this.#recover(batch, before, error);
    }
  }

  /** Nothing of the batch was kept. Requests other than the culprit run again, each in its own commit. */
  #recover(batch: readonly Pending[], before: readonly unknown[], error: unknown): void {
    const alone = batch.length === 1;
    batch.forEach((pending, i) => {
      const { request } = pending;
      const isCulprit = error instanceof Spoiled && error.culprit === pending;
      pending.reply = null;
      request.progress = before[i];
      if (isInTransaction(request.body)) this.#abandon(pending, error);
      else if (isCulprit || alone || !(error instanceof Spoiled)) {
        pending.reply = errorBody(error instanceof Spoiled ? error.reason : error);
      } else this.#runTogether([pending]);
    });
  }

  /** A transaction whose request was undone with the batch cannot go on; it may be tried again unless the disk failed. */
  #abandon(pending: Pending, error: unknown): void {
    const { body } = pending.request;
    const abort = { ...pending.request, name: "abortTransaction", body };
    runCommand(this.#server, abort);
    if (error instanceof Spoiled && error.culprit !== pending) {
      const labels = { errorLabels: ["TransientTransactionError"] };
      pending.reply = errorBody(fault(251, "the transaction was aborted by an error", labels));
    } else pending.reply = errorBody(error instanceof Spoiled ? error.reason : error);
  }

  #run(pending: Pending, inBatch: boolean): void {
    try {
      pending.reply = runCommand(this.#server, pending.request);
    } catch (error) {
      if (error instanceof Blocked) this.#park(pending, error);
      else if (inBatch && !isMongoError(error)) throw new Spoiled(pending, error);
      else pending.reply = errorBody(error);
    }
  }

  /** Lets a plain write wait for the transaction that holds its document, within a bound. */
  #park(pending: Pending, { transaction }: Blocked): void {
    const left = pending.waitUntil - this.#server.store.clock.elapsed();
    if (left <= 0) {
      pending.reply = errorBody(fault(24, "Unable to acquire lock within the maximum time"));
      return;
    }
    let woken = false;
    const wake = (): void => {
      if (woken) return;
      woken = true;
      clearTimeout(timer);
      this.#enqueue(pending);
    };
    const timer = setTimeout(wake, left);
    timer.unref();
    transaction.waiters.push(wake);
  }
}

function answer(batch: readonly Pending[]): void {
  for (const { request, socket, reply } of batch) {
    if (reply && !request.silent) send(socket, replyBytes(request, reply));
  }
}

const SMALL_BODY_BYTES = 16_384;

function send(socket: Socket, parts: readonly [header: Buffer, body: Buffer]): void {
  if (socket.destroyed) return;
  const [, body] = parts;
  if (body.length < SMALL_BODY_BYTES) {
    socket.write(Buffer.concat(parts)); // copied sooner than the system could gather them
    return;
  }
  socket.cork();
  for (const part of parts) socket.write(part);
  socket.uncork();
}
