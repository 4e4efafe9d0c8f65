/**
 * Stands between the driver and the store's socket and decides what becomes of each command that the application sends:
 * every store operation is a point at which something can fail, and none of the program's own code knows of it.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BSON, type Document } from "bson";
import { messageOf, socketPathOf } from "../../platform/store/embedded/raw-client.ts";

/**
 * What becomes of a command: it passes; the store refuses it, and with a commit its transaction; or it is done, and its
 * answer is lost with the connection.
 */
export type Fate = "passes" | "refused" | "answer-lost";

/** Asked once for every command, with its name and the place that it has among all, from 1. */
export type Judge = (command: string, place: number) => Fate;

/** A proxy that listens. */
export interface CommandProxy {
  /** The connection string of the proxy; otherwise that of the store. */
  readonly uri: string;
  /** Commands so far. */
  count(): number;
  close(): Promise<void>;
}

/** What the driver sends for itself: no work of the application hangs on it. */
const OWN_OF_DRIVER: ReadonlySet<string> = new Set(["hello", "ismaster", "ping", "endSessions"]);

const HEADER_BYTES = 16;
const BODY_AT = 21;
const OP_MSG = 2013;
/** An error that says nothing about trying again. */
const REFUSAL = { ok: 0, code: 96, codeName: "OperationFailed", errmsg: "refused at a fail point" };

/** Listens in a private folder and passes everything on to the store of a connection string. */
export async function commandProxy(uri: string, judge: Judge): Promise<CommandProxy> {
  const upstreamPath = socketPathOf(uri);
  const folder = mkdtempSync(join(tmpdir(), "cw-proxy-"));
  const path = join(folder, "p.sock");
  const sockets = new Set<Socket>();
  let commands = 0;
  const fateOf = (name: string): Fate => {
    if (OWN_OF_DRIVER.has(name)) return "passes";
    commands += 1;
    return judge(name, commands);
  };
  const server = createServer((client) => {
    const upstream = connect(upstreamPath);
    for (const socket of [client, upstream]) sockets.add(socket);
    passMessages(client, upstream, fateOf);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    uri: uri.replace(encodeURIComponent(upstreamPath), encodeURIComponent(path)),
    count: () => commands,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Passes messages both ways, one by one, and does with each command what its fate is. */
function passMessages(client: Socket, upstream: Socket, fateOf: (name: string) => Fate): void {
  /** Requests whose answer the client is not to see: what it sees in its place, undefined for the end. */
  const replaced = new Map<number, Buffer | undefined>();
  const end = () => {
    client.destroy();
    upstream.destroy();
  };
  for (const socket of [client, upstream]) socket.on("error", end).on("close", end);
  eachMessage(client, (message) => {
    const body = bodyOf(message);
    const fate = body === undefined ? "passes" : fateOf(Object.keys(body)[0] ?? "");
    const requestId = message.readInt32LE(4);
    if (fate === "answer-lost") replaced.set(requestId, undefined);
    if (fate !== "refused" || body === undefined) {
      upstream.write(message);
      return;
    }
    const refusal = answerTo(requestId, REFUSAL);
    if (!("commitTransaction" in body)) {
      client.write(refusal);
      return;
    }
    // A commit that fails has ended its transaction.
    replaced.set(requestId, refusal);
    upstream.write(messageOf(abortOf(body), requestId));
  });
  eachMessage(upstream, (message) => {
    const requestId = message.readInt32LE(8);
    if (!replaced.has(requestId)) client.write(message);
    else {
      const other = replaced.get(requestId);
      replaced.delete(requestId);
      if (other === undefined) end();
      else client.write(other);
    }
  });
}

/** Calls `take` with every whole message that a socket receives. */
function eachMessage(socket: Socket, take: (message: Buffer) => void): void {
  let held: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    while (held.length >= HEADER_BYTES && held.length >= held.readInt32LE(0)) {
      const length = held.readInt32LE(0);
      const message = held.subarray(0, length);
      held = held.subarray(length);
      take(message);
    }
  });
}

/** The command of a message, its numbers as they were sent; undefined for the old handshake. */
function bodyOf(message: Buffer): Document | undefined {
  if (message.readInt32LE(12) !== OP_MSG) return undefined;
  const length = message.readInt32LE(BODY_AT);
  return BSON.deserialize(message.subarray(BODY_AT, BODY_AT + length), { promoteValues: false });
}

function abortOf({ commitTransaction: _commit, ...rest }: Document): Document {
  return { abortTransaction: 1, ...rest };
}

function answerTo(requestId: number, body: Document): Buffer {
  const message = messageOf(body, 0);
  message.writeInt32LE(requestId, 8);
  return message;
}
