import { expect } from "chai";
import { takeDeskBack } from "../../src/app/desk/desk-decisions.ts";
import { listExceptions, matchException } from "../../src/app/desk/exceptions.ts";
import { mirrorReversal } from "../../src/app/desk/mirror-reversal.ts";
import { type PartInput, splitException } from "../../src/app/desk/split-exception.ts";
import { unpostPayment } from "../../src/app/posting/unpost-payment.ts";
import { unpostRemittance } from "../../src/app/posting/unpost-remittance.ts";
import { claim, claimFile } from "./claim-file.ts";
import { centsOf } from "./edi-text.ts";
import { type Practice, practices } from "./practice.ts";
import { clp, remittanceFile, reversalOf } from "./remittance-file.ts";

const CLAIMS = claimFile([claim("A1", "99213 100.00", "85025 50.00"), claim("B1", "99214 200.00")]);
const LINES = ["99213#1 100.00 70.00 CO-45 30.00", "85025#2 50.00 30.00 CO-45 20.00"] as const;
/** A payment that names nobody of ours; A1 could take it. */
const MANGLED = remittanceFile([
  { trace: "T1", payments: [clp("a-1 1 150.00 100.00 ICN1", ...LINES)] },
]);
/** Both claims in one payment. */
const JOINED = remittanceFile([
  {
    trace: "T1",
    payments: [
      clp("JOINED 1 350.00 250.00 ICN1", ...LINES, "99214 200.00 150.00 CO-45 40.00 PR-1 10.00"),
    ],
  },
]);

const quiet = () => undefined;
const why = { reason: "wrong claim" };

/** `A1/1 100.00 70.00 CO-45 30.00` */
function part(text: string): PartInput {
  const [name = "", charge = "", paid = "", ...rest] = text.split(" ");
  const [patientControlNumber = "", lineControlNumber] = name.split("/");
  const adjustments = rest.flatMap((code, index) => {
    const [groupCode = "", reasonCode = ""] = code.split("-");
    const amountCents = centsOf(rest[index + 1] ?? "");
    return index % 2 === 0 ? [{ groupCode, reasonCode, amountCents }] : [];
  });
  const [chargeCents, paidCents] = [centsOf(charge), centsOf(paid)];
  return { patientControlNumber, lineControlNumber, chargeCents, paidCents, adjustments };
}

const PARTS = [
  "A1/1 100.00 70.00 CO-45 30.00",
  "A1/2 50.00 30.00 CO-45 20.00",
  "B1/1 200.00 150.00 CO-45 40.00 PR-1 10.00",
] as const;

async function only({ app, actor }: Practice): Promise<string> {
  const { items } = await listExceptions(app, actor, {});
  expect(items).to.have.length(1);
  return items[0]?.id ?? "";
}

async function refusal(act: Promise<unknown>): Promise<string> {
  return act.then(
    () => "done",
    (error: Error) => error.message,
  );
}

/** Debits are credits, claims are what their records say, and unapplied insurance is what has not posted. */
async function expectTied(practice: Practice): Promise<void> {
  const accounts = await practice.accounts();
  const total = Object.values(accounts).reduce((sum, cents) => sum + cents, 0);
  expect(total, "trial balance").to.equal(0);
  expect(await practice.differences(), "rebuild --check").to.equal(0);
  const open = await practice.store.parkedPayments.find({ status: "parked" });
  const unapplied = open.reduce((sum, { unappliedCents }) => sum + unappliedCents, 0);
  expect(accounts["unapplied-insurance"] ?? 0, "unapplied").to.equal(-unapplied || 0);
  for (const { posted, parked, status } of await practice.store.remittances.find({})) {
    if (status === "posted") expect(posted + parked, "claim payments").to.equal(1);
  }
}

describe("taking back what was posted from the desk", () => {
  const newPractice = practices();

  it("puts a matched payment on the desk again, its claim as if it had never come, and matches it anew", async () => {
    const practice = newPractice();
    const { app, actor } = practice;
    await practice.ingest(CLAIMS);
    await practice.ingest(MANGLED);
    const before = await practice.state();
    const id = await only(practice);
    await matchException(app, actor, id, "A1");
    expect((await practice.claim("A1")).payerClaimControlNumbers).to.deep.equal(["ICN1"]);
    await takeDeskBack(app, actor, id, why);
    expect(await practice.state()).to.deep.equal(before);
    expect((await practice.claim("A1")).payerClaimControlNumbers).to.deep.equal([]);
    await expectTied(practice);
    await matchException(app, actor, id, "A1");
    await takeDeskBack(app, actor, id, why);
    await matchException(app, actor, id, "A1");
    expect((await practice.claim("A1")).paidCents).to.equal(10_000);
    expect(await practice.audited()).to.include({
      "exception.match": 3,
      "exception.take-back": 2,
      "claim.unpost": 2,
    });
    await expectTied(practice);
  });

  it("is refused once the payer has reversed it, or somebody has unposted it", async () => {
    const practice = newPractice();
    const { app, actor } = practice;
    await practice.ingest(CLAIMS);
    await practice.ingest(MANGLED);
    const id = await only(practice);
    await matchException(app, actor, id, "A1");
    await unpostPayment(app, actor, { remittance: "T1", clp: 1 }, why, quiet);
    expect(await refusal(takeDeskBack(app, actor, id, why))).to.contain("unposted already");
    const other = newPractice();
    await other.ingest(CLAIMS);
    await other.ingest(MANGLED);
    const matched = await only(other);
    await matchException(other.app, other.actor, matched, "A1");
    const reversal = reversalOf("A1 1 150.00 100.00 ICN1", ...LINES);
    await other.ingest(
      remittanceFile([{ trace: "T2", payments: [reversal], adjustments: ["FB:T2 -100.00"] }]),
    );
    const back = takeDeskBack(other.app, other.actor, matched, why);
    expect(await refusal(back)).to.contain("A reversal stands on it");
    await expectTied(other);
  });

  it("brings a mirrored reversal back: the earlier posting stands again", async () => {
    const practice = newPractice();
    const { app, actor } = practice;
    await practice.ingest(CLAIMS);
    await practice.ingest(
      remittanceFile([{ trace: "T1", payments: [clp("A1 1 150.00 100.00 ICN1", ...LINES)] }]),
    );
    await practice.ingest(
      remittanceFile([
        {
          trace: "T2",
          payments: [reversalOf("A1 1 150.00 100.00 ICN1 CO-45 50.00")],
          adjustments: ["FB:T2 -100.00"],
        },
      ]),
    );
    const before = await practice.state();
    const id = await only(practice);
    await mirrorReversal(app, actor, id);
    expect((await practice.claim("A1")).paidCents).to.equal(0);
    await takeDeskBack(app, actor, id, why);
    expect(await practice.state()).to.deep.equal(before);
    await mirrorReversal(app, actor, id);
    await expectTied(practice);
  });
});

describe("splitting a payment among claims", () => {
  const newPractice = practices();

  async function joined(): Promise<{ practice: Practice; id: string }> {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(JOINED);
    return { practice, id: await only(practice) };
  }

  it("posts each claim's share from unapplied insurance, in one remittance", async () => {
    const { practice, id } = await joined();
    const { app, actor } = practice;
    const parts = PARTS.map(part);
    expect(await splitException(app, actor, id, { parts })).to.deep.equal({
      posted: 2,
      released: 0,
    });
    expect(await practice.claim("A1")).to.include({ paidCents: 10_000, openInsuranceCents: 0 });
    expect(await practice.claim("B1")).to.include({
      paidCents: 15_000,
      patientResponsibilityCents: 1_000,
    });
    expect(await practice.remittance("T1")).to.include({ postedCents: 25_000, unappliedCents: 0 });
    expect(await practice.audited()).to.include({ "exception.split": 2 });
    expect((await practice.items()).filter((item) => item.endsWith(" open"))).to.deep.equal([]);
    await expectTied(practice);
  });

  it("refuses a cent that is over, missing or elsewhere, and what a claim cannot take, and moves nothing", async () => {
    const { practice, id } = await joined();
    const { app, actor } = practice;
    const before = await practice.state();
    const [one, two] = PARTS;
    const tries: readonly [readonly string[], RegExp][] = [
      [[one], /two parts at least/],
      [
        [one, two, "B1/1 200.00 150.01 CO-45 40.00 PR-1 10.00"],
        /Part 3 does not balance.*-\$0\.01/,
      ],
      [
        [one, two, "B1/1 200.01 150.01 CO-45 40.00 PR-1 10.00"],
        /\$0\.01 more of the charge is given/,
      ],
      [[one, two, "B1/1 200.00 150.00 CO-45 50.00"], /\$10\.00 more of CO-45 is given/],
      [[one, two, "B1/1 200.00 160.00 CO-45 40.00"], /\$10\.00 more of the payment/],
      [[one, two], /\$200\.00 of the charge/],
      [[one, two, "B1/9 200.00 150.00 CO-45 40.00 PR-1 10.00"], /not ours/],
      [[one, two, "Z9/1 200.00 150.00 CO-45 40.00 PR-1 10.00"], /no claim of ours/],
      [[one, "B1/1 250.00 180.00 CO-45 60.00 PR-1 10.00"], /larger charge than was billed/],
    ];
    for (const [texts, words] of tries) {
      const parts = texts.map(part);
      expect(await refusal(splitException(app, actor, id, { parts }))).to.match(words);
    }
    expect(
      await refusal(
        splitException(app, actor, id, { parts: [{ ...part(one), paidCents: 0.5 }, part(two)] }),
      ),
    ).to.contain("whole number");
    expect(await practice.state()).to.deep.equal(before);
    await expectTied(practice);
  });

  it("is taken back whole, and done again; one claim's share alone is not unposted", async () => {
    const { practice, id } = await joined();
    const { app, actor } = practice;
    const before = await practice.state();
    const parts = PARTS.map(part);
    await splitException(app, actor, id, { parts });
    const alone = unpostPayment(app, actor, { remittance: "T1", clp: 1 }, why, quiet);
    expect(await refusal(alone)).to.contain("split at the desk");
    await takeDeskBack(app, actor, id, why);
    expect(await practice.state()).to.deep.equal(before);
    await expectTied(practice);
    await splitException(app, actor, id, { parts });
    await expectTied(practice);
    await unpostRemittance(app, actor, "T1", why, quiet);
    expect(await practice.accounts()).to.deep.equal({ "ar-insurance": 35_000, revenue: -35_000 });
    await expectTied(practice);
  });
});
