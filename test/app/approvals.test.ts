import { expect } from "chai";
import { approve, listApprovals, refuse } from "../../src/app/approvals/approvals.ts";
import { addRefund, changeSettings, writeOffClaim } from "../../src/app/approvals/ask.ts";
import { takeWriteOffBack } from "../../src/app/claims/write-off.ts";
import type { Actor, App } from "../../src/app/context.ts";
import { resolveWorkItem } from "../../src/app/denials/work-items.ts";
import { showSettings } from "../../src/app/practice-rules.ts";
import { claim, claimFile } from "./claim-file.ts";
import { type Practice, practices } from "./practice.ts";
import { clp, remittanceFile } from "./remittance-file.ts";

const DAY_MS = 86_400_000;
const WHY = "Timely filing was missed";

/** A person of the practice. */
function person({ actor }: Practice, id: string): Actor {
  return { ...actor, id, kind: "person", roles: ["team-lead"] };
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  const thrown: unknown = await work.catch((error: unknown) => error);
  return (thrown as { code?: unknown }).code ?? "done";
}

/** A practice with claim A1: 900.00 denied, 100.00 paid. */
async function withDenial(practice: Practice): Promise<Practice> {
  await practice.ingest(claimFile([claim("A1", "99213 900.00", "85025 100.00")]));
  await practice.ingest(
    remittanceFile([
      {
        trace: "T1",
        payments: [
          clp("A1 1 1000.00 100.00 ICN1", "99213 900.00 0.00 CO-29 900.00", "85025 100.00 100.00"),
        ],
      },
    ]),
  );
  return practice;
}

const writeOff = (amountCents: number, line?: string) => ({
  patientControlNumber: "A1",
  amountCents,
  reason: WHY,
  line,
});

describe("a write-off", () => {
  const newPractice = practices();

  it("moves what is open from ar-insurance to write-off, line by line, and leaves charge = paid + … + open", async () => {
    const practice = await withDenial(newPractice());
    const { app } = practice;
    const { done } = await writeOffClaim(app, person(practice, "u1"), writeOff(40_000));
    expect(done).to.include({ amountCents: 40_000, openInsuranceCents: 50_000 });
    expect(await practice.accounts()).to.include({ "ar-insurance": 50_000, "write-off": 40_000 });
    const view = await practice.claim("A1");
    expect(view).to.include({ otherAdjustmentCents: 40_000, openInsuranceCents: 50_000 });
    expect(view.status).to.include({ adjudication: "partly-paid", insurance: "open" });
    expect(view.chargeCents).to.equal(
      view.paidCents +
        view.contractualCents +
        view.otherAdjustmentCents +
        view.patientResponsibilityCents +
        view.openInsuranceCents -
        view.creditCents,
    );
    expect(await practice.differences()).to.equal(0);
    expect(view.timeline.at(-1)).to.include({ event: "written-off", detail: `$400.00: ${WHY}` });
  });

  it("ends the claim's work items when nothing is open, and opens them again when it is taken back", async () => {
    const practice = await withDenial(newPractice());
    const { app } = practice;
    const actor = person(practice, "u1");
    const before = await practice.state();
    const first = await writeOffClaim(app, actor, writeOff(45_000));
    expect(await practice.items()).to.deep.equal(["partial-denial timely-filing 90000 open"]);
    const second = await writeOffClaim(app, actor, writeOff(45_000));
    expect((await practice.items())[0]).to.match(/ resolved$/);
    expect((await practice.claim("A1")).status.insurance).to.equal("closed");
    for (const { done } of [second, first]) {
      await takeWriteOffBack(app, actor, done?.id ?? "", { reason: "The payer reconsidered" });
    }
    expect(await practice.state()).to.deep.equal(before);
    expect(await practice.differences()).to.equal(0);
    expect(
      await codeOf(takeWriteOffBack(app, actor, first.done?.id ?? "", { reason: "x" })),
    ).to.equal("state");
  });

  it("stands beside what payers decide later: a payment of it makes a credit, a reversal of that none", async () => {
    const practice = await withDenial(newPractice());
    const { app } = practice;
    await writeOffClaim(app, person(practice, "u1"), writeOff(50_000, "1"));
    const paid = "99213 900.00 900.00";
    await practice.ingest(
      remittanceFile([
        {
          trace: "T2",
          payments: [
            clp(
              "A1 22 -1000.00 -100.00 ICN1",
              "99213 -900.00 0.00 CO-29 -900.00",
              "85025 -100.00 -100.00",
            ),
            clp("A1 1 1000.00 1000.00 ICN1", paid, "85025 100.00 100.00"),
          ],
        },
      ]),
    );
    expect(await practice.claim("A1")).to.include({ creditCents: 50_000, paidCents: 100_000 });
    expect(await practice.accounts()).to.include({ "ar-insurance": -50_000, "write-off": 50_000 });
    expect(await practice.differences()).to.equal(0);
  });

  it("keeps a claim that a later one replaces in balance: only what is left open is carried over", async () => {
    const practice = await withDenial(newPractice());
    const { app } = practice;
    await writeOffClaim(app, person(practice, "u1"), writeOff(30_000));
    const replacement = { ...claim("A2", "99213 900.00"), frequency: "7", original: "ICN1" };
    await practice.ingest(claimFile([replacement]));
    expect(await practice.claim("A1")).to.include({ openInsuranceCents: 0 });
    expect(await practice.accounts()).to.include({ "write-off": 30_000 });
    expect(await practice.differences()).to.equal(0);
  });

  it("is refused beyond what is open, for a line that has less, for nothing, and without a reason", async () => {
    const practice = await withDenial(newPractice());
    const ask = (input: object) =>
      codeOf(
        writeOffClaim(practice.app, person(practice, "u1"), { ...writeOff(1), ...input } as never),
      );
    expect(await ask({ amountCents: 90_001 })).to.equal("state");
    expect(await ask({ line: "2" })).to.equal("state");
    expect(await ask({ line: "9" })).to.equal("state");
    for (const amountCents of [0, -1, 0.5]) expect(await ask({ amountCents })).to.equal("invalid");
    expect(await ask({ reason: " " })).to.equal("invalid");
    expect(await ask({ patientControlNumber: "NOBODY" })).to.equal("not-found");
    expect(await practice.accounts()).to.not.have.property("write-off");
  });

  it("is what a work item's outcome `written-off` does, up to what is open of it", async () => {
    const practice = await withDenial(newPractice());
    const { app } = practice;
    const actor = person(practice, "u1");
    const id = (await practice.store.workItems.findOne({}))?._id ?? "";
    expect(await codeOf(resolveWorkItem(app, actor, id, { outcome: "written-off" }))).to.equal(
      "invalid",
    );
    const asked = await resolveWorkItem(app, actor, id, { outcome: "written-off", note: WHY });
    expect(asked).to.include({ status: "open" });
    const approval = asked.approval?.id ?? "";
    await approve(app, person(practice, "u2"), approval);
    expect((await practice.items())[0]).to.match(/ resolved$/);
    expect(await practice.accounts()).to.include({ "write-off": 90_000 });
    expect(await codeOf(resolveWorkItem(app, actor, id, { outcome: "written-off" }))).to.equal(
      "state",
    );
  });
});

describe("what takes two people", () => {
  const newPractice = practices();

  async function asked(practice: Practice): Promise<string> {
    const answer = await writeOffClaim(practice.app, person(practice, "u1"), writeOff(50_001));
    expect(answer.done).to.equal(undefined);
    return answer.approval?.id ?? "";
  }

  it("is asked for with what it will do to the cent, and does nothing until another approves it", async () => {
    const practice = await withDenial(newPractice());
    const before = await practice.accounts();
    const id = await asked(practice);
    expect(await practice.accounts()).to.deep.equal(before);
    const { items } = await listApprovals(practice.app, practice.actor, {});
    expect(items).to.have.length(1);
    expect(items[0]).to.deep.include({
      id,
      act: "write-off",
      amountCents: 50_001,
      accounts: { "ar-insurance": -50_001, "write-off": 50_001 },
      requestedBy: "u1",
      status: "pending",
      reason: WHY,
    });
    const { approval } = await approve(practice.app, person(practice, "u2"), id);
    expect(approval).to.include({ status: "approved", decidedBy: "u2" });
    expect(await practice.accounts()).to.include({ "write-off": 50_001 });
    expect((await practice.store.claims.findOne({}))?.writeOffs?.[0]).to.include({
      by: "u1",
      approvalId: id,
    });
    expect(await practice.audited()).to.include({
      "approval.request": 1,
      "claim.write-off": 1,
      "approval.approve": 1,
    });
    expect(await practice.differences()).to.equal(0);
  });

  it("takes one person at the limit and two a cent above it", async () => {
    const practice = await withDenial(newPractice());
    const actor = person(practice, "u1");
    const at = await writeOffClaim(practice.app, actor, writeOff(40_000));
    expect(at.approval).to.equal(undefined);
    const refund = { amountCents: 50_000, date: "2026-03-16" };
    expect((await addRefund(practice.app, actor, refund)).approval).to.equal(undefined);
    const above = { ...refund, amountCents: 50_001 };
    expect(await codeOf(addRefund(practice.app, actor, above))).to.equal("invalid");
    const { approval } = await addRefund(practice.app, actor, { ...above, reason: "Paid twice" });
    expect(approval?.accounts).to.deep.equal({ cash: -50_001, "refund-in-transit": 50_001 });
    expect(await practice.accounts()).to.include({ "refund-in-transit": 50_000 });
    await approve(practice.app, person(practice, "u2"), approval?.id ?? "");
    expect(await practice.accounts()).to.include({ "refund-in-transit": 100_001 });
  });

  it("is approved by nobody who asked for it, nor by the program, and once only", async () => {
    const practice = await withDenial(newPractice());
    const id = await asked(practice);
    const { app } = practice;
    expect(await codeOf(approve(app, person(practice, "u1"), id))).to.equal("forbidden");
    expect(await codeOf(refuse(app, person(practice, "u1"), id, { reason: "x" }))).to.equal(
      "forbidden",
    );
    expect(await codeOf(approve(app, practice.actor, id))).to.equal("forbidden");
    const lent = [{ role: "team-lead", by: "u1" }] as const;
    const borrower = { ...person(practice, "u2"), lent };
    expect(await codeOf(approve(app, borrower, id)), "by a loan of who asked").to.equal(
      "forbidden",
    );
    const both = await Promise.all(
      ["u2", "u3"].map((name) => codeOf(approve(app, person(practice, name), id))),
    );
    expect(both.sort()).to.deep.equal(["done", "state"]);
    expect(await practice.accounts()).to.include({ "write-off": 50_001 });
  });

  it("is refused with a reason, and then does nothing for ever", async () => {
    const practice = await withDenial(newPractice());
    const id = await asked(practice);
    const { app } = practice;
    const other = person(practice, "u2");
    expect(await codeOf(refuse(app, other, id, { reason: " " }))).to.equal("invalid");
    const refused = await refuse(app, other, id, { reason: "Appeal it first" });
    expect(refused).to.include({ status: "refused", answer: "Appeal it first" });
    expect(await codeOf(approve(app, other, id))).to.equal("state");
    expect(await practice.accounts()).to.not.have.property("write-off");
  });

  it("is stale when the ground has moved, though the same amount could still be written off", async () => {
    const practice = await withDenial(newPractice());
    const id = await asked(practice);
    await writeOffClaim(practice.app, person(practice, "u1"), writeOff(1));
    expect(await codeOf(approve(practice.app, person(practice, "u2"), id))).to.equal("stale");
    expect(await practice.accounts()).to.include({ "write-off": 1 });
  });

  it("expires after fourteen days", async () => {
    const practice = await withDenial(newPractice());
    const id = await asked(practice);
    const at = (days: number, ms = 0): App => ({
      ...practice.app,
      now: () => new Date(practice.app.now().getTime() + days * DAY_MS + ms),
    });
    const other = person(practice, "u2");
    expect(await codeOf(approve(at(14), other, id))).to.equal("state");
    expect((await listApprovals(at(14), other, {})).items).to.deep.equal([]);
    const { items } = await listApprovals(at(14), other, { status: "expired" });
    expect(items.map(({ status }) => status)).to.deep.equal(["expired"]);
    expect(await codeOf(approve(at(14, -1), other, id))).to.equal("done");
  });

  it("is every change of the limit itself, which then holds for the next act", async () => {
    const practice = await withDenial(newPractice());
    const { app } = practice;
    const actor = person(practice, "u1");
    const higher = { approvalLimitCents: 60_000, reason: "We grew" };
    const { approval } = await changeSettings(app, actor, higher);
    expect(await showSettings(app, actor)).to.include({ approvalLimitCents: 50_000 });
    await approve(app, person(practice, "u2"), approval?.id ?? "");
    expect(await showSettings(app, actor)).to.include({ approvalLimitCents: 60_000 });
    expect((await writeOffClaim(app, actor, writeOff(50_001))).approval).to.equal(undefined);
    const lower = { approvalLimitCents: 0, reason: "Trust, but" };
    const again = await changeSettings(app, actor, lower);
    await approve(app, person(practice, "u2"), again.approval?.id ?? "");
    expect((await writeOffClaim(app, actor, writeOff(1))).done).to.equal(undefined);
  });

  it("8.4.1 stays in its practice: another one's request is not found", async () => {
    const practice = await withDenial(newPractice());
    const id = await asked(practice);
    const other = newPractice();
    expect(await codeOf(approve(other.app, person(other, "u2"), id))).to.equal("not-found");
    expect((await listApprovals(other.app, other.actor, {})).items).to.deep.equal([]);
  });

  it("164.312(a)(2)(iv) keeps reasons and claim numbers sealed", async () => {
    const practice = await withDenial(newPractice());
    await asked(practice);
    const stored = await practice.app.store.connection.collection("approvals").find({}).toArray();
    const text = JSON.stringify(stored.map(({ packed: _, ...open }) => open));
    expect(text).to.not.include("Timely").and.not.include('A1"');
  });
});
