/** A client of a few lines that sends exactly what a test says, where a driver would know better. */
import { connect, type Socket } from "node:net";
import { BSON, type Document } from "bson";

/** An open connection to a store. */
export interface RawClient {
  readonly socket: Socket;
  send(command: Document): Promise<Document>;
  close(): void;
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

/** Connects to the store of a connection string. */
export async function rawClient(uri: string): Promise<RawClient> {
  const socket = connect(socketPathOf(uri));
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  const waiting = new Map<number, (reply: Document) => void>();
  let held: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    while (held.length >= 16 && held.length >= held.readInt32LE(0)) {
      const length = held.readInt32LE(0);
      waiting.get(held.readInt32LE(8))?.(BSON.deserialize(held.subarray(21, length)));
      held = held.subarray(length);
    }
  });
  let lastId = 0;
  return {
    socket,
    send: (command) =>
      new Promise((resolve) => {
        const id = ++lastId;
        waiting.set(id, resolve);
        socket.write(messageOf(command, id));
      }),
    close: () => socket.destroy(),
  };
}
