import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Document } from "bson";
import { expect } from "chai";
import { startEmbedded, verifyEmbedded } from "../../../../src/platform/store/embedded/index.ts";
import { STORE_FILE, takeOwnership } from "../../../../src/platform/store/embedded/owner.ts";
import { temporaryFolder } from "./opened-store.ts";
import { rawClient } from "./raw-client.ts";
import { servedStore } from "./served-store.ts";
import { callLimited, startProcess } from "./store-process.ts";

const NOBODY = 65_534;
const PAD = "x".repeat(2000);

/** Does something as a user whom permissions stop: they do not stop root. */
async function unprivileged(work: () => Promise<void>): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

async function reasonOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("it did not fail");
}

/** Sends inserts of one document until one is refused; returns what was acknowledged and the refusal. */
async function insertUntilRefused(
  ask: (command: Document) => Promise<Document>,
  from: number,
): Promise<[acknowledged: number, refusal: Document]> {
  for (let n = from; n < from + 10_000; n++) {
    const reply = await ask({ insert: "c", documents: [{ _id: n, pad: PAD }], $db: "t" });
    if (reply.ok !== 1) return [n - from, reply];
  }
  throw new Error("the disk was never full");
}

describe("embedded store: a disk that takes no more", () => {
  let folder: ReturnType<typeof temporaryFolder>;

  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder?.remove());

  it("answers that it is full, serves what it has, and goes on when there is room", async () => {
    const store = await servedStore(folder.path);
    store.server.store.tables.db.exec("PRAGMA max_page_count=60");
    const [acknowledged, refusal] = await insertUntilRefused(store.ask, 0);
    expect(refusal).to.include({ ok: 0, code: 14031, codeName: "OutOfDiskSpace" });
    expect(acknowledged).to.be.greaterThan(10);
    expect((await store.ask({ count: "c", query: {} })).n).to.equal(acknowledged);
    const deletes = [{ q: { _id: { $lt: 10 } }, limit: 0 }];
    expect(await store.ask({ delete: "c", deletes })).to.include({ ok: 1, n: 10 });
    const [more] = await insertUntilRefused(store.ask, 100_000);
    expect(more).to.be.greaterThan(0);
    const found = await store.ask({ find: "c", filter: {}, batchSize: 10_000 });
    expect(found.cursor.firstBatch).to.have.length(acknowledged - 10 + more);
    await store.close();
    expect(verifyEmbedded({ directory: folder.path }).problems).to.deep.equal([]);
  });

  it("keeps what it has acknowledged when the system refuses to let its files grow", async () => {
    const directory = join(folder.path, "data");
    const limited = await startProcess(directory, 4000);
    const raw = await rawClient(limited.uri);
    const [acknowledged, refusal] = await insertUntilRefused(raw.send, 0);
    expect(refusal).to.include({ ok: 0, code: 96, codeName: "OperationFailed" });
    expect(acknowledged).to.be.greaterThan(10);
    const counted = await raw.send({ count: "c", query: {}, $db: "t" });
    expect(counted.n).to.equal(acknowledged);
    await limited.kill();
    raw.close();
    expect(verifyEmbedded({ directory }).problems).to.deep.equal([]);
    const store = await servedStore(directory);
    expect((await store.ask({ count: "c", query: {} })).n).to.equal(acknowledged);
    const retried = { insert: "c", documents: [{ _id: acknowledged, pad: PAD }] };
    expect(await store.ask(retried)).to.include({ ok: 1, n: 1 });
    await store.close();
  });

  it("leaves nothing of a backup or a restore for which there is no room", async () => {
    const live = join(folder.path, "live");
    const store = await servedStore(live);
    await store.ask({ insert: "c", documents: [{ _id: 1, pad: PAD.repeat(200) }] });
    await store.close();
    const [file, directory] = [join(folder.path, "backup.sqlite"), join(folder.path, "data")];
    const backup = `backupEmbedded(${JSON.stringify({ directory: live, file })})`;
    expect(callLimited(backup, 200)).to.be.a("string");
    expect(readdirSync(folder.path)).to.deep.equal(["live"]);
    expect(callLimited(backup, 4000)).to.equal(undefined);
    const restore = `restoreEmbedded(${JSON.stringify({ directory, file })})`;
    expect(callLimited(restore, 200)).to.be.a("string");
    expect(readdirSync(folder.path)).to.have.members(["live", "backup.sqlite"]);
    expect(callLimited(restore, 4000)).to.equal(undefined);
    expect(verifyEmbedded({ directory }).documents).to.equal(1);
  });

  it("does not start in a folder, or on a file, that cannot be written, and says so", async () => {
    const directory = join(folder.path, "data");
    await (await servedStore(directory)).close();
    const permit = (folderMode: number, fileMode: number): void => {
      chmodSync(folder.path, 0o755);
      for (const name of readdirSync(directory)) chmodSync(join(directory, name), fileMode);
      chmodSync(directory, folderMode);
    };
    permit(0o555, 0o666);
    await unprivileged(async () => {
      expect(await reasonOf(() => takeOwnership(directory))).to.include(directory);
    });
    permit(0o777, 0o444);
    await unprivileged(async () => {
      expect(await reasonOf(() => servedStore(directory))).to.match(/readonly/);
    });
    permit(0o777, 0o666);
    await unprivileged(async () => {
      const store = await servedStore(directory);
      expect(await store.ask({ insert: "c", documents: [{ _id: 1 }] })).to.include({ n: 1 });
      await store.close();
    });
  });

  it("frees the folder when it cannot start, so that it can once the cause is gone", async () => {
    const directory = join(folder.path, "data");
    mkdirSync(directory);
    const file = join(directory, STORE_FILE);
    writeFileSync(file, "not a database ".repeat(1000));
    expect(await reasonOf(() => startEmbedded({ directory }))).to.include("not a database");
    writeFileSync(file, "");
    expect(await reasonOf(() => startEmbedded({ directory }))).to.include("it is empty");
    rmSync(file);
    const store = await startEmbedded({ directory });
    await store.close();
    expect(statSync(file).size).to.be.greaterThan(0);
  });
});
