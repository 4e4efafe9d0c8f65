import { readFileSync } from "node:fs";
import { expect } from "chai";
import { verifyAudit } from "../../src/app/audit/audit.ts";
import { checkDeposits } from "../../src/app/deposits/check-deposits.ts";
import { importDeposits } from "../../src/app/deposits/import-deposits.ts";
import { exportPractice, importPractice } from "../../src/app/move-practice.ts";
import { openStore, type Store } from "../../src/platform/store/index.ts";
import { testKeys } from "../keys.ts";
import { appOn, countingIds, fileOf, Practice, storePlace } from "./practice.ts";

const SAMPLES = [
  "01-claim.837",
  "03-batch.837",
  "06-accepted.999",
  "09-paid.835",
  "10-partial-denial.835",
  "14-reversal-and-correction.835",
  "19-unbalanced.835",
];

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

describe("moving a practice to another store", () => {
  const places = [storePlace(), storePlace()] as const;
  const stores: Store[] = [];
  let here: Practice;
  const lines: string[] = [];
  let left: Awaited<ReturnType<typeof exportPractice>>;

  before(async () => {
    for (const { location } of places) stores.push(await openStore(location, testKeys()));
    here = new Practice(appOn(stores[0] as Store, countingIds("a")), "practice-1");
    for (const name of SAMPLES) await here.ingest(readFileSync(`edi-samples/${name}`), name);
    const bank = fileOf(readFileSync("edi-samples/22-deposits.ach"), "22-deposits.ach");
    await importDeposits(here.app, here.actor, bank, () => undefined);
    const write = (line: string) => lines.push(line.trimEnd()) > 0;
    left = await exportPractice(here.app, here.actor, write, async () => undefined);
  });

  after(async () => {
    if (process.env.MONGODB_URI !== undefined) {
      for (const [index, place] of places.entries()) await place.clean(stores[index]);
    }
    for (const store of stores) await store.close();
    if (process.env.MONGODB_URI === undefined) for (const place of places) await place.clean();
  });

  it("arrives with the same counts, trial balance and audit head, and goes on from there", async () => {
    const there = new Practice(appOn(stores[1] as Store, countingIds("b")), "practice-1");
    const arrived = await importPractice(there.app, there.actor, each(lines));
    expect(arrived.trialBalance).to.deep.equal(left.trialBalance);
    expect(arrived.auditHead).to.deep.equal(left.auditHead);
    const some = Object.entries(left.documents).filter(([, count]) => count > 0);
    expect(arrived.documents).to.deep.equal(Object.fromEntries(some));
    expect(await there.state()).to.deep.equal(await here.state());
    expect((await verifyAudit(there.app, there.actor)).ok).to.equal(true);
    expect(await there.differences()).to.equal(0);
    expect(left.documents).to.include({ deposits: 3, depositMatches: 2 });
    const cash = await checkDeposits(there.app, there.actor, () => undefined);
    expect(cash).to.include({ deposits: 3, misplaced: 0, transitDifferenceCents: 0 });
    const { summary } = await there.ingest(readFileSync("edi-samples/09-paid.835"));
    expect(summary).to.include({ duplicates: 1, posted: 0 });
  });

  it("1.5.2 is refused where the practice has anything, where a line is foreign, and when it was cut off", async () => {
    const store = stores[1] as Store;
    const tries: readonly [string, readonly string[], RegExp][] = [
      ["practice-1", lines, /has data here already/],
      ["practice-2", lines, /not of this practice/],
      ["practice-3", [], /cut off/],
    ];
    for (const [practiceId, given, words] of tries) {
      const { app, actor } = new Practice(appOn(store, countingIds(practiceId)), practiceId);
      let message = "";
      await importPractice(app, actor, each(given)).catch((error: Error) => {
        message = error.message;
      });
      expect(message).to.match(words);
    }
  });
});
