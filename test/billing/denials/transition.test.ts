import { expect } from "chai";
import {
  assign,
  draftTakeBack,
  handOver,
  logCall,
  note,
  OUTCOMES,
  openWorkItem,
  planNext,
  release,
  reopen,
  resolve,
  resume,
  TRANSITIONS,
  type Transition,
  type WorkItem,
  type WorkItemAction,
  type WorkItemStatus,
  wait,
} from "../../../src/billing/denials/index.ts";
import { cents } from "../../../src/billing/money/index.ts";

const AT = "2026-11-21T10:00:00.000Z";
const STATUSES: readonly WorkItemStatus[] = ["open", "in-progress", "waiting", "resolved"];

type Run = (item: WorkItem, version?: number) => Transition;

const ACTIONS: Readonly<Record<WorkItemAction, Run>> = {
  assign: (item, version) => assign(item, { ...act(item, version), assignee: "ana" }),
  release: (item, version) => release(item, act(item, version)),
  note: (item, version) => note(item, { ...act(item, version), text: "called" }),
  plan: (item, version) =>
    planNext(item, { ...act(item, version), date: "2026-12-21", text: "ask again" }),
  call: (item, version) =>
    logCall(item, { ...act(item, version), call: { who: "provider line", text: "on hold" } }),
  wait: (item, version) => wait(item, { ...act(item, version), until: "2026-12-21" }),
  resume: (item, version) => resume(item, act(item, version)),
  resolve: (item, version) => resolve(item, { ...act(item, version), outcome: "overturned" }),
  reopen: (item, version) => reopen(item, { ...act(item, version), text: "paid wrongly" }),
};

describe("work item", () => {
  it("is born open, unassigned and at version 1", () => {
    expect(born()).to.include({ status: "open", version: 1, createdAt: AT, practiceId: "p1" });
    expect(born().notes).to.deep.equal([]);
    expect(born().assignee).to.equal(undefined);
  });

  for (const [action, run] of Object.entries(ACTIONS) as [WorkItemAction, Run][]) {
    for (const status of STATUSES) {
      const next = TRANSITIONS[action][status];
      it(`${next === undefined ? "refuses" : "allows"} ${action} when ${status}`, () => {
        const before = { ...born(), status };
        const after = run(before);
        if (next === undefined) expect(after).to.deep.equal({ refusal: "wrong-status" });
        else expect(done(after)).to.include({ status: next, version: 2 });
      });
    }
    it(`refuses ${action} on a version that someone else has changed`, () => {
      for (const status of STATUSES) {
        const item = { ...born(), status, version: 7 };
        expect(run(item, 6)).to.deep.equal({ refusal: "stale-version" });
        expect(run(item, 8)).to.deep.equal({ refusal: "stale-version" });
      }
    });
  }

  it("2.3.1 allows exactly these moves", () => {
    const moves = Object.entries(TRANSITIONS).flatMap(([action, row]) =>
      Object.entries(row).map(([from, to]) => `${action}: ${from} → ${to}`),
    );
    expect(moves).to.deep.equal([
      "assign: open → in-progress",
      "assign: in-progress → in-progress",
      "assign: waiting → waiting",
      "release: in-progress → open",
      "release: waiting → open",
      "note: open → open",
      "note: in-progress → in-progress",
      "note: waiting → waiting",
      "note: resolved → resolved",
      "plan: open → open",
      "plan: in-progress → in-progress",
      "plan: waiting → waiting",
      "call: open → open",
      "call: in-progress → in-progress",
      "call: waiting → waiting",
      "call: resolved → resolved",
      "wait: open → waiting",
      "wait: in-progress → waiting",
      "wait: waiting → waiting",
      "resume: waiting → in-progress",
      "resolve: open → resolved",
      "resolve: in-progress → resolved",
      "resolve: waiting → resolved",
      "reopen: resolved → open",
    ]);
  });

  it("never changes the item it was given", () => {
    const item = Object.freeze({ ...born(), notes: Object.freeze([]) });
    expect(done(note(item, { ...act(item), text: "called" })).notes).to.have.length(1);
    expect(item.version).to.equal(1);
  });
});

describe("assign and release", () => {
  it("gives the item to a person and takes it back", () => {
    const held = done(assign(born(), { ...act(born()), assignee: "ana" }));
    expect(held.assignee).to.equal("ana");
    expect(done(release(held, act(held))).assignee).to.equal(undefined);
  });

  it("refuses to give it to nobody", () => {
    expect(assign(born(), { ...act(born()), assignee: " " })).to.deep.equal({
      refusal: "text-missing",
    });
  });
});

describe("note", () => {
  it("keeps who said what and when, in order", () => {
    const once = done(note(born(), { ...act(born()), text: "called" }));
    const twice = done(note(once, { ...act(once), text: "faxed" }));
    expect(twice.notes).to.deep.equal([
      { at: AT, by: "ben", text: "called" },
      { at: AT, by: "ben", text: "faxed" },
    ]);
  });

  it("refuses blank and boundless text", () => {
    const item = born();
    expect(note(item, { ...act(item), text: "  " })).to.deep.equal({ refusal: "text-missing" });
    const text = "x".repeat(4001);
    expect(note(item, { ...act(item), text })).to.deep.equal({ refusal: "text-too-long" });
  });
});

describe("wait and resume", () => {
  it("sets the item aside until a day that exists", () => {
    const item = born();
    const aside = done(wait(item, { ...act(item), until: "2026-12-21", text: "appeal sent" }));
    expect(aside.waitingUntil).to.equal("2026-12-21");
    expect(aside.notes).to.have.length(1);
    expect(wait(item, { ...act(item), until: "2026-02-30" })).to.deep.equal({
      refusal: "bad-date",
    });
  });

  it("gives an item that nobody holds to whoever resumes it", () => {
    const aside = { ...born(), status: "waiting" as const, waitingUntil: "2026-12-21" };
    expect(done(resume(aside, act(aside)))).to.include({ assignee: "ben" });
    expect(done(resume(aside, act(aside))).waitingUntil).to.equal(undefined);
    const held = { ...aside, assignee: "ana" };
    expect(done(resume(held, act(held))).assignee).to.equal("ana");
  });
});

describe("resolve and reopen", () => {
  for (const outcome of OUTCOMES) {
    it(`ends with ${outcome}`, () => {
      const item = born();
      const ended = done(resolve(item, { ...act(item), outcome }));
      expect(ended).to.include({ status: "resolved", outcome, resolvedAt: AT });
    });
  }

  it("refuses an outcome that does not exist", () => {
    const outcome = "forgotten" as unknown as "upheld";
    expect(resolve(born(), { ...act(born()), outcome })).to.deep.equal({
      refusal: "unknown-outcome",
    });
  });

  it("does not let a contractual obligation end with the patient", () => {
    const item: WorkItem = { ...born(), category: "bundled", groupCode: "CO" };
    const outcome = "transferred-to-patient" as const;
    expect(resolve(item, { ...act(item), outcome })).to.deep.equal({ refusal: "not-the-patients" });
    const patients: WorkItem = { ...item, groupCode: "PR" };
    expect(done(resolve(patients, { ...act(item), outcome })).outcome).to.equal(outcome);
  });

  it("lets it, where the payer says that the patient is not its member", () => {
    const item: WorkItem = { ...born(), category: "no-active-coverage", groupCode: "CO" };
    const outcome = "transferred-to-patient" as const;
    expect(done(resolve(item, { ...act(item), outcome })).status).to.equal("resolved");
  });

  it("opens again with a reason, without outcome and assignee, history kept", () => {
    const ended = done(
      resolve({ ...born(), assignee: "ana" }, { ...act(born()), outcome: "upheld" }),
    );
    const again = done(reopen(ended, { ...act(ended), text: "new evidence" }));
    expect(again.outcome).to.equal(undefined);
    expect(again.resolvedAt).to.equal(undefined);
    expect(again.assignee).to.equal(undefined);
    expect(again.notes.map((each) => each.text)).to.deep.equal(["new evidence"]);
    expect(reopen(ended, { ...act(ended), text: "" })).to.deep.equal({ refusal: "text-missing" });
  });
});

describe("a call, a next step and a hand-over", () => {
  it("keep what was said of a call, with who called and when", () => {
    const call = { who: "J. of the provider line", reference: "C-77", text: "pends till Friday" };
    const item = done(logCall(born(), { ...act(born()), call }));
    expect(item.calls).to.deep.equal([{ ...call, at: AT, by: "ben" }]);
    const earlier = { ...call, at: "2026-11-20T09:00:00.000Z" };
    const both = done(logCall(item, { ...act(item), call: earlier }));
    expect(both.calls?.map(({ at }) => at)).to.deep.equal([AT, earlier.at]);
    const silent = { who: " ", text: "x" };
    expect(logCall(item, { ...act(item), call: silent })).to.deep.equal({
      refusal: "text-missing",
    });
  });

  it("give the item to the other with the word in its notes", () => {
    const item = done(handOver(born(), { ...act(born()), assignee: "cy", text: "has the chart" }));
    expect(item).to.include({ assignee: "cy", status: "in-progress" });
    expect(item.notes.map(({ text }) => text)).to.deep.equal(["has the chart"]);
    const mute = { ...act(item), assignee: "cy", text: "" };
    expect(handOver(item, mute)).to.deep.equal({ refusal: "text-missing" });
  });

  it("refuse a next step on no day of the calendar", () => {
    const plan = { ...act(born()), date: "2026-02-30", text: "ask again" };
    expect(planNext(born(), plan)).to.deep.equal({ refusal: "bad-date" });
    expect(done(planNext(born(), { ...plan, date: "2026-03-01" }))).to.include({
      nextActionDate: "2026-03-01",
      nextActionText: "ask again",
    });
  });
});

function born(): WorkItem {
  const draft = draftTakeBack({
    claim: {
      payer: { id: "PAYER1", name: "Granite Health" },
      filingIndicatorCode: "CI",
      patientControlNumber: "PCN1",
      serviceDateFrom: "2026-09-15",
    },
    today: "2026-11-21",
    remittance: { traceNumber: "TRN1", paymentDate: "2026-11-02" },
    amountCents: cents(8000),
  });
  return openWorkItem(draft, { id: "w1", practiceId: "p1", at: AT });
}

function act(item: WorkItem, version = item.version) {
  return { version, by: "ben", at: AT };
}

function done(transition: Transition): WorkItem {
  if ("refusal" in transition) throw new Error(`refused: ${transition.refusal}`);
  return transition.item;
}
