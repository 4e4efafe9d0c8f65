/** The same promises, kept by the real use cases on a store: intake, posting, parking, release, audit. */
import { expect } from "chai";
import { verifyAudit } from "../../src/app/audit/audit.ts";
import { accountsOf } from "../../src/app/claims/claim-projection.ts";
import { postAgain } from "../../src/app/posting/post-again.ts";
import { unpostRemittance } from "../../src/app/posting/unpost-remittance.ts";
import type { Practice } from "../app/practice.ts";
import type { Dice } from "../platform/store/embedded/dice.ts";
import { Clerk } from "./clerk.ts";
import { CALM, life, ROUGH } from "./life.ts";
import { diceOfCase, expectSame, type Standing } from "./prove-life.ts";
import { decide, tell } from "./tell.ts";
import { balanced, type ClaimSent, type SetTold } from "./told.ts";
import { claimsFile, remittancesFile } from "./write-life.ts";

/** The trace number of the remittance that is posted last. */
const LAST = "LAST";

/** A decision of the first payer on each claim, which posts or waits, as it may; and some interest. */
function lastSet(dice: Dice, claims: readonly ClaimSent[]): SetTold {
  const told = claims.flatMap((claim, index) => {
    return tell(dice, claim, "1", decide(dice, claim, "P"), `LAST${index}`);
  });
  const plbs = [{ reason: "L6", reference: "LAST", cents: -125 }];
  const payment = balanced(told, plbs);
  return {
    payer: "P",
    trace: LAST,
    handling: "I",
    payment,
    method: "ACH",
    date: "20260501",
    street: "9 GRANITE WAY",
    claims: told,
    plbs,
    counted: true,
  };
}

/** Lives one life in a practice of its own; throws at the first promise that is broken. */
export async function proveInStore(seed: number, number: number, practice: Practice) {
  const dice = diceOfCase(seed, number);
  const lived = life(dice, number % 3 === 0 ? CALM : ROUGH);
  const last = lastSet(dice, lived.claims);
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
  await expectUnpostable(practice, remittancesFile([last], 3000));
  expect((await verifyAudit(practice.app, practice.actor)).ok, "audit").to.equal(true);
}

/** 12.6: a remittance that is posted, and then unposted, leaves the books as they were; by new entries. */
async function expectUnpostable(practice: Practice, file: string): Promise<void> {
  const before = await standingOf(practice);
  const entries = await practice.store.journal.count({});
  await practice.ingest(file);
  const after = await standingOf(practice);
  const posted = await practice.store.journal.count({});
  expect(posted, "12.6 something is posted").to.be.greaterThan(entries);
  const { app, actor } = practice;
  await unpostRemittance(app, actor, LAST, { reason: "the wrong file" }, () => undefined);
  expect(await standingOf(practice), "12.6").to.deep.equal(before);
  expect(await practice.store.journal.count({}), "12.6 by new entries").to.be.greaterThan(posted);
  await postAgain(app, actor, LAST, () => undefined);
  expect(await standingOf(practice), "12.6 posted again").to.deep.equal(after);
  expect(await practice.differences(), "12.6").to.equal(0);
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
