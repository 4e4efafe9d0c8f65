import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Document, Long, UUID } from "bson";
import { expect } from "chai";
import { openServer, type Server } from "../../../../src/platform/store/embedded/command.ts";
import { COMMANDS } from "../../../../src/platform/store/embedded/commands/index.ts";
import { type Listener, listen } from "../../../../src/platform/store/embedded/listener.ts";
import { openStore } from "../../../../src/platform/store/embedded/store.ts";
import { openWriter } from "../../../../src/platform/store/embedded/tables.ts";
import { closeTransactions } from "../../../../src/platform/store/embedded/transaction.ts";
import { temporaryFolder } from "./opened-store.ts";
import { type RawClient, rawClient } from "./raw-client.ts";

describe("embedded store: group commit", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let server: Server;
  let listener: Listener;
  let raw: RawClient;
  let commits: number;

  before(async () => {
    folder = temporaryFolder();
    mkdirSync(join(folder.path, "socket"));
    const path = join(folder.path, "socket", "s.sock");
    const file = join(folder.path, "store.sqlite");
    server = openServer(openStore(file, openWriter(file)), path, false);
    listener = await listen(server, null, path);
    raw = await rawClient(`mongodb://${encodeURIComponent(path)}/t`);
    const boom = { run: () => fail(), writes: true };
    Object.assign(COMMANDS, { boom });
  });
  beforeEach(() => {
    commits = server.store.sequence;
  });
  after(async () => {
    Reflect.deleteProperty(COMMANDS, "boom");
    raw.close();
    await listener.close();
    closeTransactions(server.store);
    server.store.tables.db.close();
    folder.remove();
  });

  function fail(): never {
    throw new TypeError("a programmer's error with a patient's name in it");
  }

  /** Sends commands so that they arrive in one turn. */
  function together(commands: readonly Document[]): Promise<Document[]> {
    raw.socket.cork();
    const replies = commands.map((command) => raw.send({ ...command, $db: "t" }));
    raw.socket.uncork();
    return Promise.all(replies);
  }

  const insert = (_id: unknown, into = "c") => ({ insert: into, documents: [{ _id }] });
  const found = async () => {
    const reply = await raw.send({ find: "c", filter: {}, $db: "t" });
    return reply.cursor.firstBatch.map((d: Document) => d._id);
  };

  it("commits the requests of a turn once", async () => {
    const replies = await together(Array.from({ length: 20 }, (_, i) => insert(i)));
    expect(replies.every((reply) => reply.n === 1)).to.equal(true);
    expect(server.store.sequence - commits).to.equal(1);
  });

  it("answers one request's own error to that one alone", async () => {
    const replies = await together([insert(100), insert(100), insert(101)]);
    expect(replies.map((reply) => reply.n)).to.deep.equal([1, 0, 1]);
  });

  it("runs the others again when one meets an error that is not MongoDB's, and tells nothing of it", async () => {
    const increment = {
      update: "n",
      updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } }, upsert: true }],
    };
    const replies = await together([insert(200), increment, { boom: 1 }, insert(201), increment]);
    expect(replies.map((reply) => reply.ok)).to.deep.equal([1, 1, 0, 1, 1]);
    expect(replies[2]).to.include({ code: 1 });
    expect(JSON.stringify(replies[2])).to.not.include("patient");
    expect(await found()).to.include.members([200, 201]);
    const counted = await raw.send({ find: "n", filter: {}, $db: "t" });
    expect(counted.cursor.firstBatch).to.deep.equal([{ _id: 1, n: 2 }]);
  });

  it("ends a transaction whose write was undone with the batch, so that it is tried again", async () => {
    const transaction = {
      lsid: { id: new UUID() },
      txnNumber: Long.fromNumber(1),
      autocommit: false,
    };
    const first = { ...insert(300), ...transaction, startTransaction: true };
    const replies = await together([first, { boom: 1 }]);
    expect(replies[0]).to.include({ ok: 0, code: 251 });
    expect(replies[0]?.errorLabels).to.deep.equal(["TransientTransactionError"]);
    expect(server.store.transactions.size).to.equal(0);
  });

  it("fails every request of a commit that fails, and goes on after it", async () => {
    const { db } = server.store.tables;
    const { exec } = db;
    db.exec = (sql) => {
      if (sql === "COMMIT") throw new Error("disk full");
      exec(sql);
    };
    const replies = await together([insert(400), insert(401)]);
    db.exec = exec;
    expect(replies.map((reply) => reply.ok)).to.deep.equal([0, 0]);
    expect(await found()).to.not.include.members([400, 401]);
    expect((await together([insert(402)]))[0]).to.include({ n: 1 });
  });
});
