/** A client of a few lines that sends exactly what a test says, where a driver would know better. */
import { connect, type Socket } from "node:net";
import { BSON, type Document } from "bson";

/** An open connection to a store. */
export interface RawClient {
  readonly socket: Socket;
  /** Returns the answer to a command; rejects with Disconnected when none will come. */
  send(command: Document): Promise<Document>;
  close(): void;
}

/** What a client is told that waits for an answer when its connection ends. */
export class Disconnected extends Error {
  constructor() {
    super("the connection has ended");
    this.name = "Disconnected";
  }
}

/** Returns the socket's path in a connection string. */
export function socketPathOf(uri: string): string {
  return decodeURIComponent(uri.replace("mongodb://", "").split("/")[0] ?? "");
}

/** Returns one OP_MSG message. */
export function messageOf(command: Document, requestId: number): Buffer {
  const body = Buffer.from(BSON.serialize(command));
  const header = Buffer.alloc(21);
  header.writeInt32LE(21 + body.length, 0);
  header.writeInt32LE(requestId, 4);
  header.writeInt32LE(2013, 12);
  return Buffer.concat([header, body]);
}

interface Waiting {
  readonly resolve: (reply: Document) => void;
  readonly reject: (error: Error) => void;
}

/** Connects to the store of a connection string. */
export async function rawClient(uri: string): Promise<RawClient> {
  const socket = connect(socketPathOf(uri));
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  const waiting = new Map<number, Waiting>();
  let held: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    held = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    while (held.length >= 16 && held.length >= held.readInt32LE(0)) {
      const length = held.readInt32LE(0);
      const id = held.readInt32LE(8);
      waiting.get(id)?.resolve(BSON.deserialize(held.subarray(21, length)));
      waiting.delete(id);
      held = held.subarray(length);
    }
  });
  socket.on("error", () => socket.destroy());
  socket.on("close", () => {
    for (const { reject } of waiting.values()) reject(new Disconnected());
    waiting.clear();
  });
  let lastId = 0;
  return {
    socket,
    send: (command) =>
      new Promise((resolve, reject) => {
        if (socket.destroyed) {
          reject(new Disconnected());
          return;
        }
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        socket.write(messageOf(command, id));
      }),
    close: () => socket.destroy(),
  };
}
