import { expect } from "chai";
import {
  type Held,
  keptThrough,
  latestPurgeDay,
  obstacleTo,
} from "../../src/trust/retention/index.ts";

const NO_HOLD: Held = { everything: false, patients: new Set() };

/** A record whose last effect was at noon of that day. */
function record(day: string, isWorked = false, patientId: string | undefined = "p1") {
  return { patientId, lastEffect: new Date(`${day}T12:00:00Z`), isWorked };
}

describe("the policy of retention", () => {
  it("164.316(b)(2)(i) keeps a record for six years from its last effect, that day included", () => {
    const today = "2026-03-20";
    const when = { before: latestPurgeDay(today), today };
    const rows: readonly (readonly [string, string | undefined])[] = [
      ["2020-03-21", "retention"], // 5 years 364 days
      ["2020-03-20", "retention"], // 6 years to the day
      ["2020-03-19", undefined], // 6 years and a day
    ];
    for (const [day, obstacle] of rows) {
      expect(obstacleTo(record(day), NO_HOLD, when), day).to.equal(obstacle);
    }
  });

  it("164.316(b)(2)(i) lets no `before` shorten the six years", () => {
    const when = { before: "2026-01-01", today: "2026-03-20" };
    expect(obstacleTo(record("2020-03-21"), NO_HOLD, when)).to.equal("retention");
  });

  it("purges nothing that had an effect on the named day or behind it", () => {
    const when = { before: "2019-01-01", today: "2026-03-20" };
    expect(obstacleTo(record("2019-01-01"), NO_HOLD, when)).to.equal("retention");
    expect(obstacleTo(record("2018-12-31"), NO_HOLD, when)).to.equal(undefined);
  });

  it("gives a record of a leap day the longer of two readings", () => {
    expect(keptThrough(new Date("2020-02-29T23:59:59Z"))).to.equal("2026-03-01");
    const onFirst = { before: latestPurgeDay("2026-03-01"), today: "2026-03-01" };
    expect(obstacleTo(record("2020-02-29"), NO_HOLD, onFirst)).to.equal("retention");
    const onSecond = { before: latestPurgeDay("2026-03-02"), today: "2026-03-02" };
    expect(obstacleTo(record("2020-02-29"), NO_HOLD, onSecond)).to.equal(undefined);
  });

  it("keeps what is still being worked, and what stands under a hold, whatever their age", () => {
    const when = { before: "2020-01-01", today: "2026-03-20" };
    expect(obstacleTo(record("2001-01-01", true), NO_HOLD, when)).to.equal("work");
    const one: Held = { everything: false, patients: new Set(["p1"]) };
    expect(obstacleTo(record("2001-01-01"), one, when)).to.equal("hold");
    expect(obstacleTo(record("2001-01-01", false, "p2"), one, when)).to.equal(undefined);
    const all: Held = { everything: true, patients: new Set() };
    expect(obstacleTo(record("2001-01-01", false, "p2"), all, when)).to.equal("hold");
  });

  it("keeps under any hold what nobody can say the patient of", () => {
    const when = { before: "2020-01-01", today: "2026-03-20" };
    const paper = { patientId: undefined, lastEffect: new Date("2001-01-01"), isWorked: false };
    const one: Held = { everything: false, patients: new Set(["p1"]) };
    expect(obstacleTo(paper, one, when)).to.equal("hold");
    expect(obstacleTo(paper, NO_HOLD, when)).to.equal(undefined);
  });
});
