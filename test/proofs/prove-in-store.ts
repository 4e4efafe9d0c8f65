/** The same promises, kept by the real use cases on a store: intake, posting, parking, release, audit. */
import { expect } from "chai";
import { verifyAudit } from "../../src/app/audit.ts";
import { accountsOf } from "../../src/app/claim-projection.ts";
import type { Practice } from "../app/practice.ts";
import { Clerk } from "./clerk.ts";
import { CALM, life, ROUGH } from "./life.ts";
import { diceOfCase, expectSame, type Standing } from "./prove-life.ts";
import { claimsFile, remittancesFile } from "./write-life.ts";

/** Lives one life in a practice of its own; throws at the first promise that is broken. */
export async function proveInStore(seed: number, number: number, practice: Practice) {
  const lived = life(diceOfCase(seed, number), number % 3 === 0 ? CALM : ROUGH);
  const clerk = new Clerk(lived.claims);
  await practice.ingest(claimsFile(lived.claims));
  for (const [index, sets] of lived.files.entries()) {
    const { summary } = await practice.ingest(remittancesFile(sets, index + 1));
    for (const set of sets) clerk.receive(set);
    const { postedCents, unappliedCents, providerAdjustmentCents, paidCents } = summary;
    expect(postedCents + unappliedCents - providerAdjustmentCents, "12.1").to.equal(paidCents);
    expectSame(await standingOf(practice), clerk);
  }
  expect(await practice.differences(), "projections are the fold of the journal").to.equal(0);
  const before = JSON.stringify(await practice.state());
  for (const [index, sets] of lived.files.entries()) {
    const { summary } = await practice.ingest(remittancesFile(sets, 1000 + index));
    expect([summary.duplicates, summary.remittances], "12.3").to.deep.equal([sets.length, 0]);
  }
  expect(JSON.stringify(await practice.state()), "12.3").to.equal(before);
  expect((await verifyAudit(practice.app, practice.actor)).ok, "audit").to.equal(true);
}

/** The books of a practice as its store has them. */
export async function standingOf(practice: Practice): Promise<Standing> {
  const parked = await practice.store.parkedPayments.find({ status: "parked" });
  const refused = await practice.store.remittances.find({ status: "parked" });
  const ofRefused = new Set(refused.map(({ _id }) => _id));
  const claims = await practice.store.claims.find({});
  return {
    waiting: parked
      .filter(({ remittanceId }) => !ofRefused.has(remittanceId))
      .map((each) => `${each.patientControlNumber} ${each.reason} ${each.unappliedCents}`)
      .sort(),
    balances: await practice.accounts(),
    accounts: new Map(claims.map((doc) => [doc.claim.patientControlNumber, accountsOf(doc)])),
  };
}
