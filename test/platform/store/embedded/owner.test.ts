import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import {
  backupEmbedded,
  compactEmbedded,
  FolderInUse,
  startEmbedded,
  verifyEmbedded,
} from "../../../../src/platform/store/embedded/index.ts";
import { takeOwnership } from "../../../../src/platform/store/embedded/owner.ts";
import { temporaryFolder } from "./opened-store.ts";
import { rawClient } from "./raw-client.ts";
import { type StoreProcess, startProcess } from "./store-process.ts";

const AT_ONCE = 4;

async function refusalOf(work: () => unknown): Promise<FolderInUse> {
  try {
    await work();
  } catch (error) {
    expect(error).to.be.instanceOf(FolderInUse);
    return error as FolderInUse;
  }
  throw new Error("the folder was taken twice");
}

describe("embedded store: one owner of a folder", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let directory: string;

  beforeEach(() => {
    folder = temporaryFolder();
    directory = join(folder.path, "data");
  });
  afterEach(() => folder.remove());

  it("tells a second process which one holds the folder, whatever it wants there", async () => {
    const holder = await startProcess(directory);
    const { pid } = holder.process;
    const works = [startEmbedded, verifyEmbedded, compactEmbedded];
    for (const work of works) {
      const refusal = await refusalOf(() => work({ directory }));
      expect(refusal.pid).to.equal(pid);
      expect(refusal.directory).to.equal(directory);
      expect(refusal.message).to.equal(
        `The data folder ${directory} is in use by process ${pid}; ` +
          "end that process first, or use another folder.",
      );
    }
    backupEmbedded({ directory, file: join(folder.path, "backup.sqlite") });
    await holder.kill();
  });

  it("is free at once when its holder is killed, and then names the next", async () => {
    const killed = await startProcess(directory);
    await killed.kill();
    const next = await startProcess(directory);
    await next.kill();
    const owned = takeOwnership(directory);
    const refusal = await refusalOf(() => startEmbedded({ directory }));
    expect(refusal.pid).to.equal(process.pid);
    owned.release();
    expect(() => readFileSync(join(directory, "owner.json"))).to.throw(/ENOENT/);
    const store = await startEmbedded({ directory });
    await store.close();
  });

  it(`has one owner when ${AT_ONCE} processes start at the same moment`, async () => {
    const starting = Array.from({ length: AT_ONCE }, () => startProcess(directory));
    const started = await Promise.allSettled(starting);
    const owners = started.filter((one) => one.status === "fulfilled");
    expect(owners).to.have.length(1);
    const { value: owner } = owners[0] as PromiseFulfilledResult<StoreProcess>;
    for (const refused of started.filter((one) => one.status === "rejected")) {
      expect(String(refused.reason)).to.match(/is in use by process (\d+|unknown)/);
    }
    const raw = await rawClient(owner.uri);
    expect(await raw.send({ insert: "c", documents: [{ _id: 1 }], $db: "t" })).to.include({ n: 1 });
    raw.close();
    await owner.kill();
  });
});
