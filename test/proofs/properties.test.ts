import { expect } from "chai";
import { practices } from "../app/practice.ts";
import { freshSeed } from "../platform/store/embedded/dice.ts";
import { Clerk } from "./clerk.ts";
import { proveInStore } from "./prove-in-store.ts";
import { newTally, proveLife } from "./prove-life.ts";

const IN_MEMORY = 200;
const IN_STORE = 3;

describe("lives of practices, made up", () => {
  const newPractice = practices();
  const seed = Number(process.env.PROPERTY_SEED ?? freshSeed());

  it(`keep every promise of POSTING 12 and agree with the clerk (PROPERTY_SEED=${seed})`, () => {
    const tally = newTally();
    for (let number = 0; number < IN_MEMORY; number += 1) proveLife(seed, number, tally);
    expect(tally.cases).to.equal(IN_MEMORY);
    expect([...tally.outcomes.keys()]).to.include.members([
      "posted",
      "noted",
      "duplicate exact",
      "duplicate cosmetic",
      "claim-unbalanced",
      "transaction-unbalanced",
      "awaiting-reversal",
      "reversal-without-original",
      "reversal-mismatch",
    ]);
  });

  it(`keep them on a store too (PROPERTY_SEED=${seed})`, async () => {
    for (let number = 0; number < IN_STORE; number += 1) {
      await proveInStore(seed, number, newPractice());
    }
  });

  it("are judged by a clerk who notices one cent", () => {
    const claim = {
      number: "A1",
      lines: [{ code: "99213", modifier: "", charge: 10000 }],
      payers: ["P"],
      voided: false,
    } as const;
    const paid = {
      number: "A1",
      status: "1",
      charge: 10000,
      paid: 8000,
      share: 0,
      icn: "ICN1",
      adjustments: [{ group: "CO", reason: "45", cents: 2000 }],
      services: [],
    };
    const set = {
      payer: "P",
      trace: "T1",
      handling: "I",
      payment: 8000,
      method: "ACH",
      date: "20260310",
      street: "9 GRANITE WAY",
      claims: [paid],
      plbs: [],
      counted: true,
    } as const;
    const clerk = new Clerk([claim]);
    expect(clerk.receive({ ...set, payment: 8001 }).outcome).to.equal("transaction-unbalanced");
    const short = { ...set, claims: [{ ...paid, charge: 10001 }] };
    expect(clerk.receive(short).fates).to.deep.equal(["claim-unbalanced"]);
    const other = new Clerk([claim]);
    expect(other.receive(set).fates).to.deep.equal(["posted"]);
    expect(other.balances()).to.deep.equal({
      "cash-in-transit": 8000,
      contractual: 2000,
      revenue: -10000,
    });
  });
});
