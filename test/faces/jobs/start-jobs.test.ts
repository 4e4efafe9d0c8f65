import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { startJobs } from "../../../src/faces/jobs/index.ts";
import { openStore, type Store } from "../../../src/platform/store/index.ts";
import { appOn, countingIds, storePlace } from "../../app/practice.ts";
import { testKeys } from "../../keys.ts";

/** How long the test waits for a job that must come. */
const PATIENCE_MS = 20_000;

async function until(isTrue: () => boolean): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error("the job did not come");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/**
 * Lets long timers end with the process: agenda keeps one of half a lock's time, five minutes, after every job.
 * Returns what undoes it.
 */
function letLongTimersGo(): () => void {
  const { setTimeout: original } = globalThis;
  const patched = (run: () => void, ms?: number) => {
    const timer = original(run, ms);
    return (ms ?? 0) > PATIENCE_MS ? timer.unref() : timer;
  };
  globalThis.setTimeout = Object.assign(patched, original) as typeof setTimeout;
  return () => {
    globalThis.setTimeout = original;
  };
}

describe("the jobs of the service", () => {
  let restoreTimers: () => void;
  const place = storePlace();
  const inbox = mkdtempSync(join(tmpdir(), "cw-inbox-"));
  let store: Store;

  before(async () => {
    restoreTimers = letLongTimersGo();
    store = await openStore(place.location, testKeys());
  });
  after(async () => {
    restoreTimers();
    if ("uri" in place.location) await place.clean(store);
    await store.close();
    if ("directory" in place.location) await place.clean();
    rmSync(inbox, { recursive: true });
  });

  it("take a file from the inbox, and are planned once however often the service starts", async () => {
    const app = appOn(store, countingIds());
    writeFileSync(join(inbox, "a.837"), readFileSync("edi-samples/01-claim.837"));
    writeFileSync(join(inbox, "b.837.part"), "ISA");
    const start = () => startJobs(app, { practiceId: "practice-1", inbox, everyMs: 50 });
    const first = await start();
    await until(() => existsSync(join(inbox, "done", "a.837")));
    await first.stop();
    await (await start()).stop();
    expect(await store.practice("practice-1").claims.count({})).to.equal(1);
    expect(existsSync(join(inbox, "b.837.part"))).to.equal(true);
    const jobs = await store.connection.collection("jobs").find().sort({ name: 1 }).toArray();
    expect(jobs.map(({ name, repeatInterval }) => [name, repeatInterval])).to.deep.equal([
      ["late-cash", "0 6 * * *"],
      ["late-crossovers", "15 6 * * *"],
      ["rank-queue", "10 0 * * *"],
      ["review-audit", "10 * * * *"],
      ["sign-audit", "55 23 * * *"],
      ["take-inbox", "10 seconds"],
      ["verify-audit", "0 3 * * *"],
    ]);
  });
});
