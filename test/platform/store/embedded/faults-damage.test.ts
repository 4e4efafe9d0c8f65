import { cpSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Document } from "bson";
import { expect } from "chai";
import { DamagedFile } from "../../../../src/platform/store/embedded/engine.ts";
import { verifyEmbedded } from "../../../../src/platform/store/embedded/index.ts";
import { STORE_FILE } from "../../../../src/platform/store/embedded/owner.ts";
import { openWriter } from "../../../../src/platform/store/embedded/tables.ts";
import { type Dice, diceOf, freshSeed } from "./dice.ts";
import { temporaryFolder } from "./opened-store.ts";
import { type ServedStore, servedStore } from "./served-store.ts";

const ROUNDS = Number(process.env.DAMAGE_ROUNDS ?? 60);
const DOCUMENTS = 300;
const PAGE = 8192;

const documentOf = (n: number): Document => ({
  _id: `id-${n}`,
  u: `u-${(n * 7919) % 1000}`,
  n,
  tags: [n % 7, `t${n % 5}`],
  // A document may fill pages of its own.
  pad: String(n).repeat(n % 50 === 0 ? 8000 : 100),
});

const INDEXES = [
  { name: "u_1", key: { u: 1 }, unique: true },
  { name: "n_1", key: { n: 1 } },
  { name: "tags_1", key: { tags: 1 } },
];

/** What reading a damaged store came to. */
interface Read {
  /** Something was refused, or was not there. */
  complete: boolean;
}

/** What a failing disk does to a page, or to a few bytes at a place. */
const DAMAGES: Readonly<Record<string, (bytes: Buffer, at: number, dice: Dice) => void>> = {
  "one bit": (bytes, at, dice) => {
    bytes[at] = (bytes[at] as number) ^ (1 << dice.below(8));
  },
  "a few bytes": (bytes, at, dice) => garbage(1 + dice.below(64), dice).copy(bytes, at),
  "a page": (bytes, at, dice) => garbage(PAGE, dice).copy(bytes, at - (at % PAGE)),
  "a page that is another": (bytes, at, dice) => {
    const other = dice.below(bytes.length / PAGE) * PAGE;
    bytes.copy(bytes, at - (at % PAGE), other, other + PAGE);
  },
};

function garbage(length: number, dice: Dice): Buffer {
  return Buffer.from(Array.from({ length }, () => dice.below(256)));
}

/** Damages a file, and says how. */
function damage(file: string, dice: Dice): string {
  const bytes = readFileSync(file);
  if (dice.chance(0.2)) {
    const length = dice.below(bytes.length);
    truncateSync(file, length);
    return `cut to ${length} bytes`;
  }
  const at = dice.below(dice.chance(0.15) ? 100 : bytes.length);
  const [name, change] = dice.pick(Object.entries(DAMAGES));
  change(bytes, at, dice);
  writeFileSync(file, bytes);
  return `${name} at ${at}`;
}

describe("embedded store: a file that the disk has damaged", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let template: string;
  let copies = 0;
  const seed = freshSeed();

  before(async () => {
    folder = temporaryFolder();
    template = join(folder.path, "template");
    const store = await servedStore(template);
    await store.ask({ createIndexes: "c", indexes: INDEXES });
    const documents = Array.from({ length: DOCUMENTS }, (_, n) => documentOf(n));
    await store.ask({ insert: "c", documents });
    store.server.store.tables.db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    await store.close();
  });
  after(() => folder.remove());

  /** Returns a new folder with a copy of a store at rest. */
  function copied(directory: string): string {
    const copy = join(folder.path, `copy-${++copies}`);
    mkdirSync(copy);
    cpSync(join(directory, STORE_FILE), join(copy, STORE_FILE));
    return copy;
  }

  /** Asks for documents; every one that is served must be as it was stored, and be what was asked for. */
  async function read(
    store: ServedStore,
    result: Read,
    command: Document,
    expected: readonly number[],
  ): Promise<void> {
    const reply = await store.ask(command);
    if (reply.ok !== 1) {
      expect(reply.code, JSON.stringify(reply)).to.be.oneOf([301, 96, 1]);
      result.complete = false;
      return;
    }
    const wanted = new Map(expected.map((n) => [`id-${n}`, documentOf(n)]));
    for (const document of reply.cursor.firstBatch) {
      expect(document, "served as it was stored").to.deep.equal(wanted.get(document._id));
      wanted.delete(document._id);
    }
    if (wanted.size > 0) result.complete = false;
  }

  async function readEverything(directory: string, dice: Dice): Promise<boolean> {
    const result: Read = { complete: true };
    let store: ServedStore;
    try {
      store = await servedStore(directory);
    } catch {
      return false;
    }
    try {
      const every = Array.from({ length: DOCUMENTS }, (_, n) => n);
      const find = { find: "c", batchSize: 10_000, filter: {} };
      await read(store, result, find, every);
      for (const { key } of INDEXES) {
        await read(store, result, { ...find, sort: key }, every);
      }
      for (let i = 0; i < 20; i++) {
        const n = dice.below(DOCUMENTS);
        await read(store, result, { ...find, filter: { _id: `id-${n}` } }, [n]);
        await read(store, result, { ...find, filter: { u: `u-${(n * 7919) % 1000}` } }, [n]);
        await read(store, result, { ...find, filter: { n } }, [n]);
      }
    } finally {
      await store.close();
    }
    return result.complete;
  }

  it(`serves nothing that was not stored, and a check finds what is missing (${ROUNDS} damages, seed ${seed})`, async () => {
    const dice = diceOf(seed);
    let found = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const damaged = copied(template);
      const what = `round ${round}, ${damage(join(damaged, STORE_FILE), dice)}`;
      const same = copied(damaged);
      try {
        const complete = await readEverything(damaged, dice);
        const { problems } = verifyEmbedded({ directory: same });
        if (!complete) expect(problems).to.not.deep.equal([]);
        if (problems.length > 0) found++;
      } catch (error) {
        throw new Error(`${what}: ${(error as Error).message}`, { cause: error });
      }
    }
    expect(found).to.be.greaterThan(ROUNDS / 2);
  });

  describe("and its log", () => {
    const COMMITS = 40;
    let left: string;
    let lengths: number[];

    const logOf = (at: string) => join(at, `${STORE_FILE}-wal`);

    before(async () => {
      left = join(folder.path, "left");
      mkdirSync(left);
      const directory = join(folder.path, "killed");
      const store = await servedStore(directory);
      lengths = [];
      for (let n = 0; n < COMMITS; n++) {
        await store.ask({ insert: "c", documents: [documentOf(n)] });
        lengths.push(statSync(logOf(directory)).size);
      }
      for (const name of [STORE_FILE, `${STORE_FILE}-wal`]) {
        cpSync(join(directory, name), join(left, name));
      }
      await store.close();
    });

    /** Returns a copy of what a process left behind when it died, its log changed. */
    function leftWith(change: (log: Buffer) => Buffer): string {
      const directory = copied(left);
      writeFileSync(logOf(directory), change(readFileSync(logOf(left))));
      return directory;
    }

    async function counted(directory: string): Promise<number> {
      const store = await servedStore(directory);
      const reply = await store.ask({ find: "c", filter: {}, batchSize: 1000 });
      await store.close();
      expect(verifyEmbedded({ directory }).problems).to.deep.equal([]);
      return reply.cursor.firstBatch.length;
    }

    it("gives every commit back, also where garbage follows it", async () => {
      expect(await counted(leftWith((log) => log))).to.equal(COMMITS);
      const garbage = Buffer.alloc(50_000, 0x5a);
      expect(await counted(leftWith((log) => Buffer.concat([log, garbage])))).to.equal(COMMITS);
    });

    it("takes a last commit that was cut short for one that was never made", async () => {
      const directory = leftWith((log) => log.subarray(0, log.length - 5000));
      expect(await counted(directory)).to.equal(COMMITS - 1);
    });

    it("is not opened when commits are behind a damaged place, and nothing of it is dropped", async () => {
      const dice = diceOf(seed);
      for (let round = 0; round < 40; round++) {
        const at = dice.below(lengths[COMMITS - 3] as number);
        const directory = leftWith((log) => {
          log[at] = (log[at] as number) ^ (1 << dice.below(8));
          return log;
        });
        const before = readFileSync(logOf(directory));
        const { problems } = verifyEmbedded({ directory });
        expect(problems, `byte ${at}`).to.have.length(1);
        expect(problems[0]).to.match(/ log/);
        expect(readFileSync(logOf(directory)).equals(before)).to.equal(true);
      }
    });
  });

  it("is not taken for a new store when it is empty, or gone beside its log", () => {
    for (const name of [STORE_FILE, `${STORE_FILE}-wal`]) {
      const directory = join(folder.path, `copy-${++copies}`);
      mkdirSync(directory);
      writeFileSync(join(directory, name), name === STORE_FILE ? "" : "a log");
      expect(() => openWriter(join(directory, STORE_FILE))).to.throw(DamagedFile);
    }
  });
});
