import { once } from "node:events";
import { existsSync, readdirSync, statSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { Long, UUID } from "bson";
import { expect } from "chai";
import {
  type EmbeddedStore,
  startEmbedded,
} from "../../../../src/platform/store/embedded/index.ts";
import { temporaryFolder } from "./opened-store.ts";
import { messageOf, type RawClient, rawClient, socketPathOf } from "./raw-client.ts";

describe("embedded store: socket and folder", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let store: EmbeddedStore;
  let raw: RawClient;

  before(async () => {
    folder = temporaryFolder();
    store = await startEmbedded({ directory: folder.path });
    raw = await rawClient(store.uri);
  });
  after(async () => {
    raw.close();
    await store.close();
    expect(readdirSync(folder.path).filter((name) => !name.startsWith("owner.lock"))).to.deep.equal(
      ["store.sqlite"],
    );
    folder.remove();
  });

  it("puts its socket where only the owner can reach it", () => {
    const path = socketPathOf(store.uri);
    expect(statSync(join(path, "..")).mode & 0o777).to.equal(0o700);
  });

  it("drops a connection that sends garbage and serves the others", async () => {
    const garbage = [
      Buffer.from("GET / HTTP/1.1\r\n\r\n"),
      Buffer.alloc(64, 0xff),
      Buffer.alloc(64),
      lengthOf(messageOf({ ping: 1 }, 1), 48_000_001),
      lengthOf(messageOf({ ping: 1 }, 1), 3),
    ];
    for (const bytes of garbage) {
      const socket = connect(socketPathOf(store.uri));
      socket.on("error", () => socket.destroy());
      socket.write(bytes);
      await once(socket, "close");
      expect(await raw.send({ ping: 1, $db: "admin" })).to.include({ ok: 1 });
    }
  });

  it("answers malformed BSON with an error, whatever byte is wrong", async () => {
    const message = messageOf(
      { insert: "c", $db: "t", documents: [{ a: "x", b: [1, { c: 2 }] }] },
      7,
    );
    for (let at = 21; at < message.length; at++) {
      for (const byte of [0, 0x7f, 0xff]) {
        const broken = Buffer.from(message);
        broken[at] = byte;
        const socket = connect(socketPathOf(store.uri));
        socket.on("error", () => socket.destroy());
        socket.write(broken);
        await Promise.race([once(socket, "data"), once(socket, "close")]);
        socket.destroy();
      }
    }
    expect(await raw.send({ ping: 1, $db: "admin" })).to.include({ ok: 1 });
  });

  it("takes a message in single bytes and several messages in one piece", async () => {
    const client = await rawClient(store.uri);
    const bytes = messageOf({ ping: 1, $db: "admin" }, 1_000_000);
    const answered = new Promise<void>((resolve) => client.socket.once("data", () => resolve()));
    for (const byte of bytes) client.socket.write(Buffer.from([byte]));
    await answered;
    const many = await Promise.all(
      Array.from({ length: 20 }, () => client.send({ ping: 1, $db: "admin" })),
    );
    expect(many.every((reply) => reply.ok === 1)).to.equal(true);
    client.close();
  });

  it("does a retryable write once, also after a restart", async () => {
    const command = {
      update: "retries",
      updates: [{ q: { k: 1 }, u: { $inc: { n: 1 } }, upsert: true }],
      lsid: { id: new UUID() },
      txnNumber: Long.fromNumber(7),
      $db: "t",
    };
    const first = await raw.send(command);
    expect(await raw.send(command)).to.deep.equal(first);
    raw.close();
    await store.close();
    store = await startEmbedded({ directory: folder.path });
    raw = await rawClient(store.uri);
    expect(await raw.send(command)).to.deep.equal(first);
    const found = await raw.send({ find: "retries", filter: {}, $db: "t" });
    expect(found.cursor.firstBatch).to.have.length(1);
    expect(found.cursor.firstBatch[0]).to.include({ k: 1, n: 1 });
    const older = await raw.send({ ...command, txnNumber: Long.fromNumber(6) });
    expect(older).to.include({ ok: 0, code: 225 });
  });

  it("answers a repeated commit, and not one of an unknown transaction", async () => {
    const transaction = {
      lsid: { id: new UUID() },
      txnNumber: Long.fromNumber(1),
      autocommit: false,
      $db: "t",
    };
    const insert = { insert: "tx", documents: [{ a: 1 }], ...transaction, startTransaction: true };
    expect(await raw.send(insert)).to.include({ ok: 1, n: 1 });
    const commit = { commitTransaction: 1, ...transaction };
    expect(await raw.send(commit)).to.include({ ok: 1 });
    expect(await raw.send(commit)).to.include({ ok: 1 });
    const other = { ...commit, lsid: { id: new UUID() } };
    expect(await raw.send(other)).to.include({ ok: 0, code: 251 });
  });

  it("bounds the cursors that may be open", async () => {
    const documents = Array.from({ length: 5 }, (_, i) => ({ i }));
    await raw.send({ insert: "many", documents, $db: "t" });
    const find = { find: "many", filter: {}, batchSize: 1, $db: "t" };
    const opened: Long[] = [];
    let refused: number | undefined;
    while (refused === undefined && opened.length < 5000) {
      const reply = await raw.send(find);
      if (reply.ok === 1) opened.push(Long.fromValue(reply.cursor.id));
      else refused = reply.code;
    }
    expect(refused).to.equal(146);
    const killed = await raw.send({ killCursors: "many", cursors: opened, $db: "t" });
    expect(killed.cursorsKilled).to.have.length(opened.length);
    expect(await raw.send(find)).to.include({ ok: 1 });
  });

  it("uses a short path where the folder's own is too long", async () => {
    const deep = join(folder.path, "d".repeat(120));
    const other = await startEmbedded({ directory: deep });
    const path = socketPathOf(other.uri);
    expect(Buffer.byteLength(path)).to.be.at.most(100);
    expect(statSync(deep).mode & 0o777).to.equal(0o700);
    const client = await rawClient(other.uri);
    expect(await client.send({ ping: 1, $db: "admin" })).to.include({ ok: 1 });
    client.close();
    await other.close();
    expect(existsSync(path)).to.equal(false);
    const { rmSync } = await import("node:fs");
    rmSync(deep, { recursive: true });
  });
});

function lengthOf(message: Buffer, length: number): Buffer {
  message.writeInt32LE(length, 0);
  return message;
}
