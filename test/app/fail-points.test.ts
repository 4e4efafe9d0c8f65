import { expect } from "chai";
import type { ClientSession } from "mongoose";
import { ingestFile } from "../../src/app/ingest-file.ts";
import type { PracticeStore, Store } from "../../src/platform/store/index.ts";
import { claim, claimFile } from "./claim-file.ts";
import { fileOf, type Practice, practices } from "./practice.ts";
import { clp, remittanceFile, reversalOf } from "./remittance-file.ts";

const CLAIMS = claimFile([
  claim("A1", "99213 100.00"),
  claim("A2", "99214 200.00"),
  claim("A3", "99215 300.00"),
]);
const FIRST = remittanceFile([
  { trace: "T0", payments: [clp("A3 1 300.00 240.00 ICN3", "99215 300.00 240.00 CO-45 60.00")] },
]);

/** Everything at once: paid, denied, reversed, not ours, and a provider adjustment in suspense. */
const REMITTANCE = remittanceFile([
  {
    trace: "T1",
    payments: [
      clp("A1 1 100.00 70.00 ICN1", "99213 100.00 70.00 CO-45 20.00 PR-1 10.00"),
      clp("A2 1 200.00 0.00 ICN2", "99214 200.00 0.00 CO-197 200.00"),
      reversalOf("A3 1 300.00 240.00 ICN3", "99215 300.00 240.00 CO-45 60.00"),
      clp("X1 1 400.00 300.00 ICN9 CO-45 100.00"),
    ],
    adjustments: ["ZZ:WHO 5.00"],
  },
]);

const WRITES: ReadonlySet<string> = new Set([
  "insert",
  "update",
  "updateAll",
  "replace",
  "increment",
]);

class Broken extends Error {}

/** The practice with a store that fails at its n-th write, and at no other; tells how many writes it saw. */
function failingAt(practice: Practice, failAt: number) {
  const seen = { writes: 0 };
  const broken = <T extends object>(collection: T): T =>
    new Proxy(collection, {
      get(target, name) {
        const found: unknown = Reflect.get(target, name, target);
        if (typeof found !== "function") return found;
        const method = found.bind(target) as (...input: unknown[]) => unknown;
        if (!WRITES.has(String(name))) return method;
        return async (...input: unknown[]) => {
          if (Array.isArray(input[0]) && input[0].length === 0) return method(...input);
          seen.writes += 1;
          if (seen.writes === failAt) throw new Broken(`at write ${failAt}`);
          return method(...input);
        };
      },
    });
  const { store } = practice.app;
  const scoped = (practiceId: string): PracticeStore => {
    const real = store.practice(practiceId);
    const entries = Object.entries(real).map(([name, value]) => [
      name,
      typeof value === "object" ? broken(value) : value,
    ]);
    return Object.fromEntries(entries) as PracticeStore;
  };
  const failing: Store = {
    ...store,
    practice: scoped,
    transaction: <T>(work: (session: ClientSession) => Promise<T>) =>
      store.transaction(async (session) => {
        const result = await work(session);
        seen.writes += 1;
        if (seen.writes === failAt) throw new Broken(`before commit ${failAt}`);
        return result;
      }),
  };
  return { app: { ...practice.app, store: failing }, seen };
}

describe("a store that fails in the middle of a posting", () => {
  const newPractice = practices();

  async function prepared(): Promise<Practice> {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(FIRST);
    return practice;
  }

  it("at any write leaves the ledger as it was, and taking the file in again completes it", async () => {
    const untouched = await prepared();
    const accountsBefore = await untouched.accounts();
    await untouched.ingest(REMITTANCE);
    const complete = await untouched.state();
    const auditComplete = await untouched.audited();
    const stages = new Set<string>();
    let writes = 0;
    for (let failAt = 1; ; failAt++) {
      const practice = await prepared();
      const { app, seen } = failingAt(practice, failAt);
      const failed = await ingestFile(
        app,
        practice.actor,
        fileOf(REMITTANCE),
        () => undefined,
      ).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (seen.writes < failAt) {
        writes = seen.writes;
        expect(failed).to.equal(undefined);
        break;
      }
      expect(failed, `write ${failAt}`).to.be.instanceOf(Broken);
      const accounts = JSON.stringify(await practice.accounts());
      const stage = accounts === JSON.stringify(accountsBefore) ? "before" : "after";
      stages.add(stage);
      const expected = stage === "before" ? accountsBefore : await untouched.accounts();
      expect(JSON.parse(accounts), `write ${failAt}`).to.deep.equal(expected);
      expect(await practice.differences(), `write ${failAt}`).to.equal(0);
      await practice.ingest(REMITTANCE);
      expect(await practice.state(), `write ${failAt}`).to.deep.equal(complete);
      expect(await practice.audited(), `write ${failAt}`).to.deep.equal(auditComplete);
    }
    expect(writes).to.be.greaterThan(10);
    expect([...stages].sort()).to.deep.equal(["after", "before"]);
  });

  it("at any write of a registration leaves all claims or none, and again completes it", async () => {
    const untouched = newPractice();
    await untouched.ingest(FIRST);
    await untouched.ingest(CLAIMS);
    const complete = await untouched.state();
    for (let failAt = 1; ; failAt++) {
      const practice = newPractice();
      await practice.ingest(FIRST);
      const { app, seen } = failingAt(practice, failAt);
      await ingestFile(app, practice.actor, fileOf(CLAIMS), () => undefined).catch(
        (error: unknown) => expect(error).to.be.instanceOf(Broken),
      );
      expect(await practice.store.claims.count({}), `write ${failAt}`).to.be.oneOf([0, 3]);
      expect(await practice.differences(), `write ${failAt}`).to.equal(0);
      if (seen.writes < failAt) break;
      await practice.ingest(CLAIMS);
      expect(await practice.state(), `write ${failAt}`).to.deep.equal(complete);
    }
  });
});
