/** Several workers that post at once, each with a connection of its own, as processes have. */
import { expect } from "chai";
import { verifyAudit } from "../../src/app/audit/audit.ts";
import { newIds } from "../../src/app/open-app.ts";
import { type EmbeddedStore, startEmbedded } from "../../src/platform/store/embedded/index.ts";
import { openStore, type Store } from "../../src/platform/store/index.ts";
import { appOn, Practice, storePlace } from "../app/practice.ts";
import { testKeys } from "../keys.ts";
import { diceOf } from "../platform/store/embedded/dice.ts";
import { Clerk } from "./clerk.ts";
import { CALM, life } from "./life.ts";
import { standingOf } from "./prove-in-store.ts";
import { depends, expectSame } from "./prove-life.ts";
import type { Life, SetTold } from "./told.ts";
import { claimsFile, remittancesFile } from "./write-life.ts";

/** One store, and a connection to it for each worker. */
export class Workers {
  readonly #place = storePlace();
  readonly #stores: Store[] = [];
  #server: EmbeddedStore | undefined;

  /** Opens so many connections. */
  async open(count: number): Promise<void> {
    let { location } = this.#place;
    if ("directory" in location) {
      this.#server = await startEmbedded(location);
      location = { uri: this.#server.uri };
    }
    for (let worker = 0; worker < count; worker += 1)
      this.#stores.push(await openStore(location, testKeys()));
  }

  /** Closes all of it, and leaves nothing behind. */
  async close(): Promise<void> {
    if (this.#server === undefined) await this.#place.clean(this.#stores[0]);
    for (const store of this.#stores) await store.close();
    await this.#server?.close();
    if (this.#server !== undefined) await this.#place.clean();
  }

  /** A practice as each worker sees it; each makes ids of its own, as processes do. */
  of(practiceId: string): Practice[] {
    return this.#stores.map((store) => {
      const newId = newIds(() => Date.now());
      return new Practice(appOn(store, newId), practiceId);
    });
  }
}

/** Posts so many files on shared claims by all workers, and by one: the end must be the same. */
export async function proveWorkers(workers: Workers, count: number, seed: number): Promise<void> {
  const lived = manyFiles(seed, count);
  const files = lived.files.flat().slice(0, count);
  const many = workers.of(`many-${seed}`);
  const [first] = many;
  const [one] = workers.of(`one-${seed}`);
  if (first === undefined || one === undefined) throw new Error("there are workers");
  await one.ingest(claimsFile(lived.claims));
  for (const [index, set] of files.entries()) await one.ingest(remittancesFile([set], index + 1));
  await first.ingest(claimsFile(lived.claims));
  await takeAll(many, files);
  const clerk = new Clerk(lived.claims);
  for (const set of files) clerk.receive(set);
  expectSame(await standingOf(one), clerk);
  expectSame(await standingOf(first), clerk);
  expect(await endOf(first)).to.deep.equal(await endOf(one));
  expect(await first.differences(), "projections").to.equal(0);
  expect((await verifyAudit(first.app, first.actor)).ok, "audit").to.equal(true);
  expect(await first.store.remittances.count({ status: "posted" })).to.equal(count);
}

/**
 * Claims, accounts, what waits, and the work that posting makes of that. What is at stake in a denial is counted
 * when it comes, and so depends on which of two payers refused first.
 */
async function endOf(practice: Practice): Promise<unknown> {
  const state = (await practice.state()) as { readonly open: readonly string[] };
  const ofPosting = /^(posting-exception|take-back) /;
  return { ...state, open: state.open.filter((item) => ofPosting.test(item)) };
}

/** A life of so many sets or more on few claims; the seed decides which. */
function manyFiles(seed: number, count: number): Life {
  const temper = { ...CALM, claims: Math.ceil(count / 2.5), days: count };
  for (let stream = 1; ; stream += 1) {
    const lived = life(diceOf(seed, stream), temper);
    if (lived.files.flat().length >= count) return lived;
  }
}

/** Each worker takes the next file that waits for no other one of its payer, until none is left. */
async function takeAll(workers: readonly Practice[], files: readonly SetTold[]): Promise<void> {
  const waiting = files.map((set, index) => ({ set, index }));
  const inHand = new Map<SetTold, Promise<unknown>>();
  const next = () => {
    const at = waiting.findIndex(
      ({ set }, place) =>
        ![...inHand.keys()].some((other) => depends(set, other)) &&
        !waiting.slice(0, place).some((other) => depends(set, other.set)),
    );
    return at < 0 ? undefined : waiting.splice(at, 1)[0];
  };
  const work = async (worker: Practice) => {
    while (waiting.length > 0) {
      const taken = next();
      if (taken === undefined) await Promise.race(inHand.values());
      else {
        const { set, index } = taken;
        const done = worker.ingest(remittancesFile([set], index + 1));
        inHand.set(set, done);
        await done;
        inHand.delete(set);
      }
    }
  };
  await Promise.all(workers.map(work));
}
