import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { type Collection, type Document, MongoClient } from "mongodb";
import { startEmbedded, verifyEmbedded } from "../../../../src/platform/store/embedded/index.ts";
import { isForeign, temporaryFolder } from "./opened-store.ts";

const ROUNDS = 4;
const ACCOUNTS = 10;
const CHILD = fileURLToPath(new URL("./killed-store.ts", import.meta.url));

/** What the store has acknowledged, and what it was asked when it died. */
interface Ledger {
  readonly inserted: Set<string>;
  readonly deleted: Set<string>;
  readonly deleting: Set<string>;
  readonly counts: number[];
  readonly counting: number[];
  readonly transfers: Set<string>;
}

async function startChild(directory: string): Promise<[child: ChildProcess, uri: string]> {
  const child = spawn(process.execPath, ["--import", "tsx", CHILD, directory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = child.stdout ? await once(child.stdout, "data") : [];
  return [child, String(line).trim()];
}

let sequence = 0;
const nextName = (): string => `n${++sequence}`;

async function insert(c: Collection<Document>, ledger: Ledger): Promise<void> {
  const names = Array.from({ length: Math.random() < 0.2 ? 20 : 1 }, nextName);
  const docs = names.map((name, i) => ({
    name,
    g: i % 5,
    tags: [`a${i % 3}`, `b${i % 5}`],
    pad: "x".repeat(400),
  }));
  await c.insertMany(docs);
  for (const name of names) ledger.inserted.add(name);
}

async function remove(c: Collection<Document>, ledger: Ledger): Promise<void> {
  const name = [...ledger.inserted].find((n) => !ledger.deleting.has(n));
  if (name === undefined) return;
  ledger.deleting.add(name);
  await c.deleteOne({ name });
  ledger.deleted.add(name);
  ledger.inserted.delete(name);
}

async function count(accounts: Collection<Document>, ledger: Ledger): Promise<void> {
  const i = Math.floor(Math.random() * ACCOUNTS);
  ledger.counting[i] = (ledger.counting[i] ?? 0) + 1;
  await accounts.updateOne({ _id: i as never }, { $inc: { count: 1 } });
  ledger.counting[i] -= 1;
  ledger.counts[i] = (ledger.counts[i] ?? 0) + 1;
}

async function transfer(client: MongoClient, ledger: Ledger): Promise<void> {
  const db = client.db();
  const mark = nextName();
  const from = Math.floor(Math.random() * ACCOUNTS);
  const to = (from + 1) % ACCOUNTS;
  await client.withSession((session) =>
    session.withTransaction(
      async () => {
        const accounts = db.collection("accounts");
        await accounts.updateOne({ _id: from as never }, { $inc: { balance: -5 } }, { session });
        await db.collection("c").insertOne({ name: mark }, { session });
        await accounts.updateOne({ _id: to as never }, { $inc: { balance: 5 } }, { session });
      },
      { timeoutMS: 3000 },
    ),
  );
  ledger.transfers.add(mark);
}

async function workUntilKilled(client: MongoClient, ledger: Ledger, child: ChildProcess) {
  const db = client.db();
  let isKilled = false;
  const work = async (): Promise<void> => {
    while (!isKilled) {
      const dice = Math.random();
      try {
        if (dice < 0.5) await insert(db.collection("c"), ledger);
        else if (dice < 0.7) await count(db.collection("accounts"), ledger);
        else if (dice < 0.85) await transfer(client, ledger);
        else await remove(db.collection("c"), ledger);
      } catch (error) {
        if (!isKilled) throw error;
      }
    }
  };
  const workers = Array.from({ length: 6 }, work);
  await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 500));
  isKilled = true;
  child.kill("SIGKILL");
  await once(child, "exit");
  // The driver may wait for a server that is gone; nothing that it still reports counts as acknowledged.
  const ended = Promise.allSettled([...workers, client.close(true)]);
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 1500))]);
}

async function compare(uri: string, ledger: Ledger): Promise<void> {
  const client = new MongoClient(uri);
  const db = client.db();
  const names = new Set((await db.collection("c").find().toArray()).map((d) => d.name as string));
  const lost = [...ledger.inserted].filter((n) => !names.has(n) && !ledger.deleting.has(n));
  expect(lost, "acknowledged inserts that are gone").to.deep.equal([]);
  const back = [...ledger.deleted].filter((n) => names.has(n));
  expect(back, "acknowledged deletes that came back").to.deep.equal([]);
  const torn = [...ledger.transfers].filter((n) => !names.has(n));
  expect(torn, "acknowledged transfers that are gone").to.deep.equal([]);
  const accounts = await db.collection("accounts").find().sort({ _id: 1 }).toArray();
  expect(accounts.reduce((sum, d) => sum + d.balance, 0)).to.equal(ACCOUNTS * 1000);
  accounts.forEach((account, i) => {
    const least = ledger.counts[i] ?? 0;
    expect(account.count).to.be.within(least, least + (ledger.counting[i] ?? 0));
    ledger.counts[i] = account.count;
    ledger.counting[i] = 0;
  });
  for (const name of ledger.deleting) if (!names.has(name)) ledger.inserted.delete(name);
  ledger.deleting.clear();
  await client.close();
}

describe("embedded store: durability", () => {
  const folder = temporaryFolder();

  before(function () {
    if (isForeign) this.skip();
  });
  after(() => folder.remove());

  it(`loses nothing acknowledged in ${ROUNDS} rounds of kill -9, and its indexes stay true`, async () => {
    const setup = await startEmbedded({ directory: folder.path });
    const client = new MongoClient(setup.uri);
    await client
      .db()
      .collection("c")
      .createIndexes([
        { key: { name: 1 }, unique: true },
        { key: { g: 1, name: -1 } },
        { key: { tags: 1 } },
      ]);
    const accounts = Array.from({ length: ACCOUNTS }, (_, _id) => ({
      _id,
      balance: 1000,
      count: 0,
    }));
    await client
      .db()
      .collection("accounts")
      .insertMany(accounts as never[]);
    await client.close();
    await setup.close();
    const ledger: Ledger = {
      inserted: new Set(),
      deleted: new Set(),
      deleting: new Set(),
      counts: [],
      counting: [],
      transfers: new Set(),
    };
    for (let round = 0; round < ROUNDS; round++) {
      const [child, uri] = await startChild(folder.path);
      await workUntilKilled(
        new MongoClient(uri, { maxPoolSize: 16, serverSelectionTimeoutMS: 500 }),
        ledger,
        child,
      );
      expect(verifyEmbedded({ directory: folder.path }).problems).to.deep.equal([]);
      const survivor = await startEmbedded({ directory: folder.path });
      await compare(survivor.uri, ledger);
      await survivor.close();
    }
    expect(ledger.inserted.size).to.be.greaterThan(50);
    expect(ledger.transfers.size).to.be.greaterThan(0);
  });

  it("finds what a damaged index lacks", async () => {
    const { openWriter } = await import("../../../../src/platform/store/embedded/tables.ts");
    const { join } = await import("node:path");
    const tables = openWriter(join(folder.path, "store.sqlite"));
    tables.db.exec("DELETE FROM idx WHERE k IN (SELECT k FROM idx LIMIT 1)");
    tables.db.close();
    expect(verifyEmbedded({ directory: folder.path }).problems).to.not.deep.equal([]);
  });
});
