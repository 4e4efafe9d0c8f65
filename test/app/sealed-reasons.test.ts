import { expect } from "chai";
import { listDeposits } from "../../src/app/deposits/deposits.ts";
import { addDeposit, returnDeposit, unmatchDeposit } from "../../src/app/deposits/record-cash.ts";
import { keepUnapplied, takeDeskBack } from "../../src/app/desk/desk-decisions.ts";
import { listExceptions, showException } from "../../src/app/desk/exceptions.ts";
import { matchByHand } from "../../src/app/desk/match-by-hand.ts";
import { unpostPayment } from "../../src/app/posting/unpost-payment.ts";
import { unpostRemittance } from "../../src/app/posting/unpost-remittance.ts";
import { COLLECTIONS } from "../../src/platform/store/collections.ts";
import { claim, claimFile } from "./claim-file.ts";
import { type Practice, practices } from "./practice.ts";
import { clp, remittanceFile } from "./remittance-file.ts";

const quiet = () => undefined;
const NAME = "QUILLFEATHER";
const why = (what: string) => ({ reason: `${what}: ${NAME} called` });
const paid = (number: string) =>
  clp(`${number} 1 100.00 80.00 ICN${number}`, "99213 100.00 80.00 CO-45 20.00");

describe("what a person writes as a reason", () => {
  const newPractice = practices();

  /** Everything that the store holds of a practice, as it holds it. */
  async function raw({ app, actor }: Practice): Promise<string> {
    const all: unknown[] = [];
    for (const name of Object.keys(COLLECTIONS)) {
      const { practiceId } = actor;
      all.push(...(await app.store.connection.collection(name).find({ practiceId }).toArray()));
    }
    return JSON.stringify(all);
  }

  it("is sealed wherever it stands, and given back to who asks", async () => {
    const practice = newPractice();
    const { app, actor, store } = practice;
    await practice.ingest(claimFile([claim("A1", "99213 100.00"), claim("A2", "99213 100.00")]));
    await practice.ingest(remittanceFile([{ trace: "T1", payments: [paid("A1")] }]));
    await practice.ingest(remittanceFile([{ trace: "T2", payments: [paid("A2")] }]));
    await practice.ingest(remittanceFile([{ trace: "T3", payments: [paid("X9")] }]));
    await unpostPayment(app, actor, { remittance: "T1", clp: 1 }, why("unposted"), quiet);
    await unpostRemittance(app, actor, "T2", why("unposted"), quiet);
    const page = await listExceptions(app, actor, {});
    const stranger = page.items.find(({ patientControlNumber }) => patientControlNumber === "X9");
    const parkedId = stranger?.id ?? "";
    await keepUnapplied(app, actor, parkedId, why("kept"));
    await takeDeskBack(app, actor, parkedId, why("taken back"));
    const cash = { amountCents: 7_990, date: "2026-03-16" };
    const { id } = await addDeposit(app, actor, cash, quiet);
    const fee = { kind: "fee" as const, amountCents: 10, ...why("fee") };
    const match = { depositIds: [id], remittances: ["T3"], differences: [fee] };
    await matchByHand(app, actor, match, quiet);
    await unmatchDeposit(app, actor, id, why("unmatched"));
    await returnDeposit(app, actor, id, why("returned"));

    expect(await raw(practice)).not.to.contain(NAME);
    const { desk } = await showException(app, actor, parkedId);
    expect(desk.map(({ reason }) => reason)).to.deep.equal([why("kept").reason]);
    expect(desk[0]?.takenBack?.reason).to.equal(why("taken back").reason);
    const undone = (await store.journal.find({})).filter(({ negates }) => negates !== undefined);
    expect(undone.map(({ reason }) => reason)).to.include(why("unposted").reason);
    const remittance = await store.remittances.findOne({ traceNumber: "T2" });
    expect(remittance?.unposted).to.deep.include({ by: "cli", ...why("unposted") });
    const [matched] = await store.depositMatches.find({});
    expect(matched?.takenBack).to.deep.include(why("unmatched"));
    expect(matched?.differences?.map(({ reason }) => reason)).to.deep.equal([why("fee").reason]);
    const deposits = await listDeposits(app, actor, {});
    expect(deposits.items).to.have.length(1);
    const [deposit] = await store.deposits.find({});
    expect(deposit?.returned?.reason).to.equal(why("returned").reason);
    expect(await practice.differences()).to.equal(0);
  });
});
