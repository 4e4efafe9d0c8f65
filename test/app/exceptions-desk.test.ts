import { expect } from "chai";
import { keepUnapplied, sendBack, takeDeskBack } from "../../src/app/desk/desk-decisions.ts";
import { listExceptions, matchException, showException } from "../../src/app/desk/exceptions.ts";
import { mirrorReversal } from "../../src/app/desk/mirror-reversal.ts";
import { unpostRemittance } from "../../src/app/posting/unpost-remittance.ts";
import { claim, claimFile } from "./claim-file.ts";
import { type Practice, practices } from "./practice.ts";
import { clp, remittanceFile, reversalOf } from "./remittance-file.ts";

const CLAIM = claimFile([claim("A1", "99213 100.00", "85025 50.00")]);
const PAID = "A1 1 150.00 100.00 ICN1";
const LINES = ["99213#1 100.00 70.00 CO-45 30.00", "85025#2 50.00 30.00 CO-45 20.00"] as const;
const PAYMENT = remittanceFile([{ trace: "T1", payments: [clp(PAID, ...LINES)] }]);
/** What was paid by line is taken back by claim, which is not compliant (RFI 1733). */
const BY_CLAIM = remittanceFile([
  { trace: "T2", payments: [reversalOf(`${PAID} CO-45 50.00`)], adjustments: ["FB:T2 -100.00"] },
]);
const CORRECTION = remittanceFile([
  {
    trace: "T3",
    payments: [clp("A1 1 150.00 110.00 ICN2", "99213#1 100.00 80.00 CO-45 20.00", LINES[1])],
  },
]);

/** The only payment on the desk. */
async function only({ app, actor }: Practice, status?: "unapplied" | "posted"): Promise<string> {
  const { items } = await listExceptions(app, actor, { status });
  expect(items).to.have.length(1);
  return items[0]?.id ?? "";
}

/** Debits are credits, claims are what their records say, and unapplied insurance is what has not posted. */
async function expectTied(practice: Practice): Promise<void> {
  const accounts = await practice.accounts();
  const total = Object.values(accounts).reduce((sum, cents) => sum + cents, 0);
  expect(total, "trial balance").to.equal(0);
  expect(await practice.differences(), "rebuild --check").to.equal(0);
  const open = await practice.store.parkedPayments.find({});
  const unapplied = open
    .filter(({ status }) => status === "parked" || status === "unapplied")
    .reduce((sum, { unappliedCents }) => sum + unappliedCents, 0);
  expect(accounts["unapplied-insurance"] ?? 0, "unapplied").to.equal(-unapplied || 0);
}

async function refusal(act: Promise<unknown>): Promise<string> {
  return act.then(
    () => "done",
    (error: Error) => error.message,
  );
}

async function possible({ app, actor }: Practice, id: string): Promise<readonly string[]> {
  const { actions } = await showException(app, actor, id);
  return actions.filter((one) => one.possible).map(({ action }) => action);
}

describe("leaving money in unapplied insurance", () => {
  const newPractice = practices();

  it("takes the payment off the desk for a reason, ends its item, and keeps it from posting by itself", async () => {
    const practice = newPractice();
    const { app, actor } = practice;
    await practice.ingest(PAYMENT);
    const id = await only(practice);
    expect(await possible(practice, id)).to.deep.equal([
      "match",
      "split",
      "unapplied",
      "send-back",
    ]);
    expect(await refusal(keepUnapplied(app, actor, id, { reason: " " }))).to.contain("required");
    await keepUnapplied(app, actor, id, { reason: "of the former owner" });
    expect((await listExceptions(app, actor, {})).items).to.deep.equal([]);
    expect(await practice.items()).to.deep.equal(["posting-exception unmatched 10000 resolved"]);
    await practice.ingest(CLAIM);
    expect((await practice.claim("A1")).paidCents).to.equal(0);
    expect((await practice.accounts())["unapplied-insurance"]).to.equal(-10_000);
    await expectTied(practice);
    expect(await refusal(matchException(app, actor, id, "A1"))).to.contain("left the desk");
  });

  it("is taken back by another record: the payment and its item are there again, and it can be matched", async () => {
    const practice = newPractice();
    const { app, actor } = practice;
    await practice.ingest(PAYMENT);
    const id = await only(practice);
    await keepUnapplied(app, actor, id, { reason: "nobody knows it" });
    await practice.ingest(CLAIM);
    expect(await only(practice, "unapplied")).to.equal(id);
    await takeDeskBack(app, actor, id, { reason: "it is ours" });
    expect(await practice.items()).to.deep.equal(["posting-exception unmatched 10000 open"]);
    const { desk } = await showException(app, actor, id);
    expect(desk.map(({ action, takenBack }) => [action, takenBack?.reason])).to.deep.equal([
      ["unapplied", "it is ours"],
    ]);
    expect(await refusal(takeDeskBack(app, actor, id, { reason: "again" }))).to.contain("Nothing");
    await matchException(app, actor, id, "A1");
    expect((await practice.claim("A1")).paidCents).to.equal(10_000);
    await expectTied(practice);
    expect(await practice.audited()).to.include({
      "exception.unapplied": 1,
      "exception.take-back": 1,
      "exception.match": 1,
    });
  });

  it("goes out of the books with its remittance, when that is unposted", async () => {
    const practice = newPractice();
    const { app, actor } = practice;
    await practice.ingest(PAYMENT);
    const id = await only(practice);
    await keepUnapplied(app, actor, id, { reason: "nobody knows it" });
    const why = { reason: "wrong file" };
    await unpostRemittance(app, actor, "T1", why, () => undefined);
    expect(await practice.accounts()).to.deep.equal({});
    expect(await refusal(takeDeskBack(app, actor, id, why))).to.contain("was unposted");
    await expectTied(practice);
  });

  it("is refused while the whole remittance waits, and of another practice's payments", async () => {
    const practice = newPractice();
    const { app, actor } = practice;
    await practice.ingest(
      remittanceFile([{ trace: "T1", payments: [clp(PAID, ...LINES)], bpr: "99.00" }]),
    );
    const id = await only(practice);
    expect(await possible(practice, id)).to.deep.equal(["send-back"]);
    const kept = keepUnapplied(app, actor, id, { reason: "as it is" });
    expect(await refusal(kept)).to.contain("none of it is in the ledger");
    const stranger = { ...actor, practiceId: "another" };
    expect(await refusal(takeDeskBack(app, stranger, id, { reason: "why" }))).to.contain("no such");
    await expectTied(practice);
  });
});

describe("sending a payment back to its payer", () => {
  const newPractice = practices();
  const sent = { how: "portal", reference: "CASE-7", nextActionDate: "2026-04-01" } as const;

  it("records how, by whom and under which reference; the item waits for the date", async () => {
    const practice = newPractice();
    const { app, actor, store } = practice;
    await practice.ingest(PAYMENT);
    const id = await only(practice);
    for (const wrong of [{ nextActionDate: "2026-03-19" }, { nextActionDate: "2026-04-31" }]) {
      expect(await refusal(sendBack(app, actor, id, { ...sent, ...wrong }))).to.contain("to come");
    }
    expect(await refusal(sendBack(app, actor, id, { ...sent, reference: "" }))).to.contain(
      "required",
    );
    await sendBack(app, actor, id, { ...sent, note: "they look into it" });
    const [row] = (await listExceptions(app, actor, {})).items;
    expect(row?.sentBack).to.deep.equal(sent);
    const { desk } = await showException(app, actor, id);
    expect(desk[0]).to.deep.include({ action: "send-back", by: "cli", sent });
    const [item] = await store.workItems.find({});
    expect(item).to.include({ status: "waiting", waitingUntil: "2026-04-01" });
    expect(item?.notes.at(-1)?.text).to.equal(
      "Sent back to the payer by portal, CASE-7. they look into it",
    );
    await expectTied(practice);
  });

  it("is done again with another date, and taken back one by one", async () => {
    const practice = newPractice();
    const { app, actor, store } = practice;
    await practice.ingest(PAYMENT);
    const id = await only(practice);
    await sendBack(app, actor, id, sent);
    await sendBack(app, actor, id, { ...sent, nextActionDate: "2026-05-01" });
    await takeDeskBack(app, actor, id, { reason: "they called" });
    const item = async () => (await store.workItems.find({}))[0];
    expect(await item()).to.include({ status: "waiting", waitingUntil: "2026-04-01" });
    await takeDeskBack(app, actor, id, { reason: "wrong payer" });
    expect(await item()).to.include({ status: "open" });
    expect((await listExceptions(app, actor, {})).items[0]?.sentBack).to.equal(null);
  });

  it("leaves it on the desk, so that it posts by itself when its claim comes", async () => {
    const practice = newPractice();
    await practice.ingest(PAYMENT);
    await sendBack(practice.app, practice.actor, await only(practice), sent);
    await practice.ingest(CLAIM);
    expect((await practice.claim("A1")).paidCents).to.equal(10_000);
    expect(await practice.items()).to.deep.equal(["posting-exception unmatched 10000 resolved"]);
    await expectTied(practice);
  });
});

describe("mirroring a reversal that says nothing of lines (POSTING R7)", () => {
  const newPractice = practices();

  it("shows the earlier posting line by line, posts its exact negation, and tells somebody of the take-back", async () => {
    const practice = newPractice();
    const { app, actor } = practice;
    await practice.ingest(CLAIM);
    const before = (await practice.claim("A1")).lines;
    await practice.ingest(PAYMENT);
    await practice.ingest(BY_CLAIM);
    const id = await only(practice);
    const { earlier, reason } = await showException(app, actor, id);
    expect(reason).to.equal("claim-level-reversal");
    expect(earlier).to.deep.include({
      traceNumber: "T1",
      clp: 1,
      chargeDifferenceCents: 0,
      paidDifferenceCents: 0,
    });
    expect(earlier?.lines.map((line) => [line.lineControlNumber, line.paidCents])).to.deep.equal([
      ["1", 7000],
      ["2", 3000],
    ]);
    expect(await mirrorReversal(app, actor, id)).to.deep.equal({ posted: 1, released: 0 });
    expect((await practice.claim("A1")).lines, "as before the payment").to.deep.equal(before);
    expect((await practice.items()).filter((item) => item.endsWith("open"))).to.deep.equal([
      "take-back take-back 10000 open",
    ]);
    expect(await practice.audited()).to.include({ "exception.mirror": 1 });
    expect(await refusal(mirrorReversal(app, actor, id))).to.contain("left the desk");
    await expectTied(practice);
  });

  it("lets the correction that waited for it follow", async () => {
    const practice = newPractice();
    const { app, actor } = practice;
    for (const file of [CLAIM, PAYMENT, BY_CLAIM, CORRECTION]) await practice.ingest(file);
    const { items } = await listExceptions(app, actor, {});
    expect(items.map(({ reason }) => reason)).to.deep.equal([
      "awaiting-reversal",
      "claim-level-reversal",
    ]);
    const result = await mirrorReversal(app, actor, items[1]?.id ?? "");
    expect(result).to.deep.equal({ posted: 1, released: 1 });
    expect((await practice.claim("A1")).paidCents).to.equal(11_000);
    expect((await practice.items()).filter((item) => item.endsWith("open"))).to.deep.equal([]);
    await expectTied(practice);
  });

  it("is refused where the money is not that of any posting, and of what is no reversal", async () => {
    const practice = newPractice();
    const { app, actor } = practice;
    await practice.ingest(CLAIM);
    await practice.ingest(PAYMENT);
    await practice.ingest(
      remittanceFile([
        {
          trace: "T2",
          payments: [reversalOf("A1 1 150.00 99.00 ICN1 CO-45 51.00")],
          adjustments: ["FB:T2 -99.00"],
        },
      ]),
    );
    const id = await only(practice);
    const { earlier } = await showException(app, actor, id);
    expect(earlier).to.include({ chargeDifferenceCents: 0, paidDifferenceCents: 100 });
    expect(await refusal(mirrorReversal(app, actor, id))).to.contain("No posting of this claim");
    await expectTied(practice);
    const other = newPractice();
    await other.ingest(PAYMENT);
    const unmatched = mirrorReversal(other.app, other.actor, await only(other));
    expect(await refusal(unmatched)).to.contain("no reversal");
  });
});

describe("the desk's list", () => {
  const newPractice = practices();

  it("says of each payment what explains it, where it may belong, and what can be done or why not", async () => {
    const practice = newPractice();
    const { app, actor } = practice;
    await practice.ingest(CLAIM);
    await practice.ingest(
      remittanceFile([
        {
          trace: "T4",
          payments: [
            clp("a-1 1 150.00 100.00 ICN1", ...LINES),
            clp("A1 1 150.00 100.00 ICN9", "99213#1 100.00 70.00 CO-45 20.00", LINES[1]),
          ],
        },
      ]),
    );
    const { items } = await listExceptions(app, actor, {});
    const [unbalanced, unmatched] = items;
    expect(unbalanced).to.include({ reason: "claim-unbalanced", residual: "off by $10.00" });
    expect(unbalanced?.explanation?.amounts).to.deep.equal([
      { place: "SVC[1] of CLP[2]", amountCents: 1000 },
    ]);
    const why = new Map(unbalanced?.actions.map((one) => [one.action, one.why]));
    expect(why.get("match")).to.contain("does not prove by itself");
    expect(why.get("mirror")).to.contain("no reversal");
    expect(why.get("send-back")).to.equal("");
    expect(unmatched).to.include({
      reason: "unmatched",
      residualCents: 0,
      residual: "nothing is off: no claim of ours was found",
      paidCents: 10_000,
    });
    expect(unmatched?.suggestions[0]).to.include({ patientControlNumber: "A1" });
    expect(unmatched?.suggestions[0]?.score).to.be.greaterThan(5);
  });
});
