import { expect } from "chai";
import {
  addDays,
  type Deadline,
  priorityOf,
  type Ranked,
} from "../../../src/billing/denials/index.ts";
import { cents } from "../../../src/billing/money/index.ts";

const TODAY = "2026-11-22";

function item(daysLeft: number, change: Partial<Ranked> = {}): Ranked {
  return {
    kind: "denial",
    amountCents: cents(20_000),
    correctable: true,
    appealable: true,
    deadline: { date: addDays(TODAY, daysLeft) } as Deadline,
    ...change,
  };
}

describe("the priority of a work item", () => {
  it("is what can be won, times the chance, times the urgency, each told", () => {
    const priority = priorityOf(item(5), TODAY);
    expect(priority).to.deep.equal({
      score: 42_000,
      amountCents: 20_000,
      chance: 0.7,
      chanceFrom: "house practice: a claim that can be corrected",
      urgency: 3,
      until: addDays(TODAY, 2),
    });
  });

  it("ranks what can be corrected before what can be appealed, and both before what can be neither", () => {
    const chances = [
      item(90),
      item(90, { correctable: false }),
      item(90, { correctable: false, appealable: false }),
    ].map((each) => priorityOf(each, TODAY).chance);
    expect(chances).to.deep.equal([0.7, 0.5, 0.2]);
  });

  it("takes money that is in the house for certain", () => {
    const parked = item(90, { kind: "posting-exception", correctable: false, appealable: false });
    expect(priorityOf(parked, TODAY).chance).to.equal(1);
  });

  it("goes by the practice's own chance where there is one", () => {
    const own = { chance: 0.25, chanceFrom: "3 of 12 won" };
    expect(priorityOf(item(90), TODAY, own)).to.include({ score: 5_000, ...own });
  });

  it("ranks an item of no money by its urgency, and a take-back by its amount", () => {
    const none = item(90, { amountCents: cents(0) });
    expect(priorityOf(none, TODAY).score).to.equal(70);
    expect(priorityOf({ ...none, ...item(2), amountCents: cents(0) }, TODAY).score).to.equal(280);
    expect(priorityOf(item(90, { amountCents: cents(-500) }), TODAY).amountCents).to.equal(500);
  });

  it("rises on the very day that it names, never falls as days go by, and stays on top when overdue", () => {
    let { urgency, until } = priorityOf(item(60), TODAY);
    for (let day = 1; day <= 70; day++) {
      const now = addDays(TODAY, day);
      const next = priorityOf(item(60), now);
      expect(next.urgency > urgency, now).to.equal(now === until);
      ({ urgency, until } = next);
    }
    expect({ urgency, until }).to.deep.equal({ urgency: 5, until: null });
  });
});
