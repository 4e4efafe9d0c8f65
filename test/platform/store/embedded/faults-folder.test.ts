import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Engine } from "../../../../src/platform/store/embedded/engine.ts";
import {
  backupEmbedded,
  compactEmbedded,
  restoreEmbedded,
  verifyEmbedded,
} from "../../../../src/platform/store/embedded/index.ts";
import { STORE_FILE, takeOwnership } from "../../../../src/platform/store/embedded/owner.ts";
import { openSessions } from "../../../../src/platform/store/embedded/session.ts";
import { openStore } from "../../../../src/platform/store/embedded/store.ts";
import { openWriter } from "../../../../src/platform/store/embedded/tables.ts";
import { type Fault, FULL, faultyEngine, GONE, REFUSED } from "./faulty-engine.ts";
import { temporaryFolder } from "./opened-store.ts";
import { servedStore } from "./served-store.ts";
import { type StoredState, stateOnDisk } from "./stored-state.ts";

const MOST_STEPS = 500;
/** What a store's own files are called; whatever else a failed attempt left would be litter. */
const OWN = new Set([STORE_FILE, `${STORE_FILE}-wal`, `${STORE_FILE}-shm`, "owner.lock"]);

/** What is done to folders: `live` holds a store, `target` is not there yet, `copy` is a file that is not there yet. */
interface Places {
  readonly live: string;
  readonly target: string;
  readonly copy: string;
  readonly backup: string;
}

type Work = (places: Places, engine: Engine) => void;

/** Opens a folder as the worker does, and closes it. */
function openAndClose(directory: string, engine: Engine): void {
  const ownership = takeOwnership(directory, engine);
  try {
    const file = join(directory, STORE_FILE);
    const tables = openWriter(file, engine);
    try {
      openSessions(openStore(file, tables));
    } finally {
      tables.db.close();
    }
  } finally {
    ownership.release();
  }
}

function openNew(directory: string, engine: Engine): void {
  mkdirSync(directory, { recursive: true });
  openAndClose(directory, engine);
}

const WORKS: Readonly<Record<string, Work>> = {
  "the opening of a store": ({ live }, engine) => openAndClose(live, engine),
  "the opening of a new store": ({ target }, engine) => openNew(target, engine),
  "a check": ({ live }, engine) => {
    expect(verifyEmbedded({ directory: live }, engine).problems).to.deep.equal([]);
  },
  "a compaction": ({ live }, engine) => compactEmbedded({ directory: live }, engine),
  "a backup": ({ live, copy }, engine) => backupEmbedded({ directory: live, file: copy }, engine),
  "a restore": ({ target, backup }, engine) => {
    restoreEmbedded({ directory: target, file: backup }, engine);
  },
};

describe("embedded store: faults while a folder is opened, checked, copied", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let places: Places;
  let held: StoredState;

  before(async () => {
    folder = temporaryFolder();
    const at = (name: string) => join(folder.path, name);
    const [live, backup] = [at("live"), at("backup.sqlite")];
    places = { live, backup, target: at("target"), copy: at("copy.sqlite") };
    const store = await servedStore(live);
    await store.ask({ createIndexes: "c", indexes: [{ name: "n_1", key: { n: 1 } }] });
    const documents = Array.from({ length: 20 }, (_, n) => ({ _id: n, n, pad: "x".repeat(2000) }));
    await store.ask({ insert: "c", documents });
    await store.ask({ delete: "c", deletes: [{ q: { n: { $lt: 10 } }, limit: 0 }] });
    await store.close();
    rmSync(join(live, "s.sock"), { force: true });
    backupEmbedded({ directory: live, file: backup });
    held = stateOnDisk(live);
  });
  after(() => folder.remove());

  let targets = 0;

  function expectUntouched({ live, target, copy }: Places, where: string): void {
    expect(stateOnDisk(live), where).to.deep.equal(held);
    const litter = readdirSync(live).filter((name) => !OWN.has(name));
    expect(litter, where).to.deep.equal([]);
    expect(existsSync(copy), `${where}: half a backup`).to.equal(false);
    expect(readdirSync(folder.path).filter((name) => name.includes("part"))).to.deep.equal([]);
    if (existsSync(target)) {
      const files = readdirSync(target).filter((name) => name !== "owner.lock");
      expect(
        files.filter((name) => !OWN.has(name)),
        where,
      ).to.deep.equal([]);
    }
  }

  /** Lets the work meet the fault later and later; each time it says so, frees the folder, and nothing has changed. */
  function failAtEveryStep(work: Work, fault: Fault): number {
    const { live, copy } = places;
    const faulty = faultyEngine();
    for (let step = 1; step < MOST_STEPS; step++) {
      const target = join(folder.path, `target-${++targets}`);
      const now = { ...places, target };
      faulty.arm(step, fault);
      let reason: Error | undefined;
      try {
        work(now, faulty.engine);
      } catch (error) {
        reason = error instanceof Error ? error : new Error(String(error));
      }
      const struck = faulty.disarm();
      takeOwnership(live).release();
      if (!struck) {
        if (reason) throw reason;
        rmSync(copy, { force: true });
        rmSync(target, { recursive: true, force: true });
        return step;
      }
      expect(String(reason), `step ${step}`).to.include(fault.name);
      expectUntouched(now, `step ${step}`);
      if (existsSync(target)) {
        takeOwnership(target).release();
        rmSync(target, { recursive: true });
      }
    }
    throw new Error("the fault never came too late");
  }

  for (const [name, work] of Object.entries(WORKS)) {
    it(`reports ${name} that fails at any step, leaves no trace of it, and frees the folder`, () => {
      for (const fault of [REFUSED, FULL, GONE]) {
        expect(failAtEveryStep(work, fault)).to.be.greaterThan(1);
      }
      expect(verifyEmbedded({ directory: places.live }).problems).to.deep.equal([]);
    });
  }
});
