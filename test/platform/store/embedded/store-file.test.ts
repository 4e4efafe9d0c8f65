import { existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { MongoClient } from "mongodb";
import {
  backupEmbedded,
  compactEmbedded,
  restoreEmbedded,
  startEmbedded,
  verifyEmbedded,
} from "../../../../src/platform/store/embedded/index.ts";

/** How many numbers a store holds. */
async function counted(directory: string): Promise<number> {
  const store = await startEmbedded({ directory });
  const client = await MongoClient.connect(store.uri);
  const count = await client.db().collection("numbers").countDocuments();
  await client.close();
  await store.close();
  return count;
}

describe("the embedded store's file", () => {
  let folder: string;
  let live: string;
  let backup: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "cw-file-"));
    live = join(folder, "live");
    backup = join(folder, "backup.sqlite");
    const store = await startEmbedded({ directory: live });
    const client = await MongoClient.connect(store.uri);
    const numbers = client.db().collection("numbers");
    await numbers.createIndex({ n: 1 }, { unique: true });
    await numbers.insertMany(
      Array.from({ length: 3000 }, (_, n) => ({ n, text: "x".repeat(500) })),
    );
    backupEmbedded({ directory: live, file: backup });
    await numbers.insertOne({ n: 3000 });
    await numbers.deleteMany({ n: { $lt: 1000 } });
    await client.close();
    await store.close();
  });

  after(() => rmSync(folder, { recursive: true }));

  it("164.312(a)(2)(ii) is copied while it is in use, as it was at one moment", async () => {
    const directory = join(folder, "restored");
    const { problems } = restoreEmbedded({ file: backup, directory });
    expect(problems).to.deep.equal([]);
    expect(await counted(directory)).to.equal(3000);
    expect(await counted(live)).to.equal(2001);
  });

  it("is not put into a folder that holds anything, nor written over a file", () => {
    const restore = () => restoreEmbedded({ file: backup, directory: live });
    expect(restore).to.throw(/not empty/);
    expect(() => backupEmbedded({ directory: live, file: backup })).to.throw(/exists already/);
  });

  it("is refused when the backup is damaged or something else, and the folder is as before", () => {
    const damaged = join(folder, "damaged.sqlite");
    backupEmbedded({ directory: live, file: damaged });
    truncateSync(damaged, 100_000);
    const other = join(folder, "other.sqlite");
    writeFileSync(other, "ISA*00*");
    const directory = join(folder, "empty");
    expect(() => restoreEmbedded({ file: damaged, directory })).to.throw();
    expect(() => restoreEmbedded({ file: other, directory })).to.throw(/no backup/);
    expect(existsSync(directory)).to.equal(false);
  });

  it("gives the space of what was removed back, and holds what it held", async () => {
    compactEmbedded({ directory: live });
    expect(verifyEmbedded({ directory: live }).problems).to.deep.equal([]);
    expect(await counted(live)).to.equal(2001);
  });
});
