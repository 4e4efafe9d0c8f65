import { expect } from "chai";
import { listExceptions, matchException, showException } from "../../src/app/desk/exceptions.ts";
import { trialBalance } from "../../src/app/posting/ledger.ts";
import { claim, claimFile } from "./claim-file.ts";
import { type Practice, practices } from "./practice.ts";
import { clp, remittanceFile } from "./remittance-file.ts";

const CLAIMS = claimFile([
  claim("PCN00123", "99213 100.00", "85025 50.00"),
  claim("PCN00999", "99214 200.00"),
]);
/** The payer returns the claim number without its zeros, and in small letters. */
const MANGLED = remittanceFile([
  {
    trace: "T1",
    payments: [
      clp(
        "pcn-00123 1 150.00 100.00 ICN1",
        "99213 100.00 70.00 CO-45 30.00",
        "85025 50.00 30.00 CO-45 20.00",
      ),
    ],
  },
]);

async function only(practice: Practice): Promise<string> {
  const { items } = await listExceptions(practice.app, practice.actor, {});
  expect(items).to.have.length(1);
  return items[0]?.id ?? "";
}

async function refusal(act: Promise<unknown>): Promise<string | undefined> {
  return act.then(
    () => "done",
    (error: { code?: string }) => error.code,
  );
}

describe("the exceptions desk", () => {
  const newPractice = practices();

  it("suggests the claim that a mangled number stands for, with its reasons, and posts nothing", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(MANGLED);
    const { app, actor } = practice;
    const shown = await showException(app, actor, await only(practice));
    const [first] = shown.suggestions;
    expect(first?.patientControlNumber).to.equal("PCN00123");
    expect(first?.reasons).to.include.members(["the same charge", "the same procedures"]);
    expect((await practice.claim("PCN00123")).paidCents).to.equal(0);
    expect((await trialBalance(app, actor)).accounts["unapplied-insurance"]).to.equal(-10_000);
  });

  it("posts a payment to the claim that a person names: the money leaves unapplied insurance", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(MANGLED);
    const { app, actor } = practice;
    const id = await only(practice);
    expect(await matchException(app, actor, id, "PCN00123")).to.deep.equal({
      posted: 1,
      released: 0,
    });
    const { accounts, totalCents } = await trialBalance(app, actor);
    expect(accounts).to.include({ "unapplied-insurance": 0, "cash-in-transit": 10_000 });
    expect(totalCents).to.equal(0);
    expect((await practice.claim("PCN00123")).paidCents).to.equal(10_000);
    expect((await listExceptions(app, actor, {})).items).to.deep.equal([]);
    expect(await refusal(matchException(app, actor, id, "PCN00123"))).to.equal("state");
    const open = await practice.store.workItems.find({ status: { $ne: "resolved" } });
    expect(open.map(({ kind }) => kind)).not.to.include("posting-exception");
    const actions = (await practice.store.auditEvents.find({})).map(({ action }) => action);
    expect(actions).to.include("exception.match");
  });

  it("refuses a claim that the payment does not prove against, and moves nothing", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(MANGLED);
    const { app, actor } = practice;
    const id = await only(practice);
    expect(await refusal(matchException(app, actor, id, "PCN00999"))).to.equal("state");
    expect(await refusal(matchException(app, actor, id, "NOBODY"))).to.equal("not-found");
    const stranger = { ...actor, practiceId: "another" };
    expect(await refusal(matchException(app, stranger, id, "PCN00123"))).to.equal("not-found");
    expect((await trialBalance(app, actor)).accounts["unapplied-insurance"]).to.equal(-10_000);
    expect((await practice.claim("PCN00999")).paidCents).to.equal(0);
  });

  it("names the line that does not prove", async () => {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(
      remittanceFile([
        {
          trace: "T2",
          payments: [clp("PCN00999 1 200.00 150.00 ICN2", "99214 200.00 150.00 CO-45 40.00")],
        },
      ]),
    );
    const { explanation, residualCents } = await showException(
      practice.app,
      practice.actor,
      await only(practice),
    );
    expect(residualCents).to.equal(1000);
    expect(explanation?.amounts).to.deep.equal([{ place: "SVC[1] of CLP[1]", amountCents: 1000 }]);
  });
});
