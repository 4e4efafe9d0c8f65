import { expect } from "chai";
import { verifyAudit } from "../../src/app/audit/audit.ts";
import { freshSeed } from "../platform/store/embedded/dice.ts";
import type { SetTold } from "./told.ts";
import { proveWorkers, Workers } from "./workers.ts";
import { remittancesFile } from "./write-life.ts";

const WORKERS = 8;
const FILES = 6;
const TRACES = 2;

describe("workers that post at once, each with a connection of its own", () => {
  const seed = freshSeed();
  const workers = new Workers();

  before(() => workers.open(WORKERS));
  after(() => workers.close());

  it(`${WORKERS} end where one ends, with files on the same claims (FUZZ_SEED=${seed})`, async () => {
    await proveWorkers(workers, FILES, seed);
  });

  it("two contents of one trace are one posting and one conflict", async () => {
    const practices = workers.of("traces");
    const [first] = practices;
    if (first === undefined) throw new Error("there are workers");
    for (let trace = 1; trace <= TRACES; trace += 1) {
      await Promise.all(
        practices.map((practice, index) => {
          const set = unmatched(`T${trace}`, 1000 + (index % 2));
          return practice.ingest(remittancesFile([set], index + 1));
        }),
      );
    }
    const remittances = await first.store.remittances.find({});
    const statuses = remittances.map(({ traceNumber, status }) => `${traceNumber} ${status}`);
    const expected = Array.from({ length: TRACES }, (_, index) => {
      return [`T${index + 1} parked`, `T${index + 1} posted`];
    });
    expect(statuses.sort()).to.deep.equal(expected.flat());
    expect((await verifyAudit(first.app, first.actor)).ok).to.equal(true);
  });
});

/** A payment for a claim of another practice. */
function unmatched(trace: string, cents: number): SetTold {
  const stranger = {
    number: "X1",
    status: "1",
    charge: cents,
    paid: cents,
    share: 0,
    icn: "ICN",
    adjustments: [],
    services: [],
  };
  return {
    payer: "P",
    trace,
    handling: "I",
    payment: cents,
    method: "ACH",
    date: "20260310",
    street: "9 GRANITE WAY",
    claims: [stranger],
    plbs: [],
    counted: true,
  };
}
