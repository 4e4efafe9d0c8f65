/** Two practices with the same kinds of objects, for tests of the walls between them. */

import { changeSettings, writeOffClaim } from "../../../src/app/approvals/ask.ts";
import { generateClaims } from "../../../src/app/claims/generate-claims.ts";
import type { App } from "../../../src/app/context.ts";
import { addDeposit } from "../../../src/app/deposits/record-cash.ts";
import { ingestFile } from "../../../src/app/exchange/ingest-file.ts";
import { createApiKey } from "../../../src/app/people/api-keys.ts";
import { openGlass } from "../../../src/app/people/break-glass.ts";
import { lendRoles } from "../../../src/app/people/delegations.ts";
import { adoptRules } from "../../../src/app/posting/adopt-rules.ts";
import { putHold } from "../../../src/app/records/legal-holds.ts";
import { postingRules } from "../../../src/billing/remits/index.ts";
import { claim, claimFile } from "../../app/claim-file.ts";
import { fileOf } from "../../app/practice.ts";
import { clp, remittanceFile } from "../../app/remittance-file.ts";
import { plainEncounter } from "../../billing/claims/sample-encounters.ts";
import type { ObjectKind } from "./expectations.ts";
import { addUser, system } from "./ground.ts";

/** The id of one object of each kind. */
export type Objects = Readonly<Record<ObjectKind, string>>;

const ignore = () => undefined;

/**
 * Furnishes a practice: four claims `<WORD>1` to `<WORD>4` and one that is sent, a remittance `T<WORD>1` that pays,
 * one that denies, one with three payments nobody can match, two deposits, posting rules, two users, a delegation and
 * a key; what takes two people, and an emergency access that runs.
 */
export async function furnish(app: App, practiceId: string, word: string): Promise<Objects> {
  const actor = system(practiceId);
  const numbers = [1, 2, 3, 4].map((count) => `${word}${count}`);
  const low = word.toLowerCase();
  const paid = "100.00 70.00";
  const files = [
    claimFile(numbers.map((number) => claim(number, "99213 100.00"))),
    remittanceFile([
      {
        trace: `T${word}1`,
        payments: [clp(`${word}1 1 ${paid} I1`, `99213 ${paid} CO-45 30.00`)],
      },
      {
        trace: `T${word}2`,
        payments: [clp(`${word}2 1 100.00 0.00 I2`, "99213 100.00 0.00 CO-197 100.00")],
      },
      {
        trace: `T${word}3`,
        payments: [
          clp(`${low}-3 1 ${paid} I3`, `99213 ${paid} CO-45 30.00`),
          clp(`${low}-4 1 ${paid} I4`, `99213 ${paid} CO-45 30.00`),
          clp(`${low}-5 1 ${paid} I5`, `99213 ${paid} CO-45 30.00`),
        ],
      },
    ]),
  ];
  for (const file of files) await ingestFile(app, actor, fileOf(file), ignore);
  const contactInformation = { phoneNumber: "2175550100" };
  const submitter = { organizationName: "ELM", contactInformation };
  const encounter = JSON.stringify({ ...plainEncounter(), submitter });
  const sent = await generateClaims(app, actor, encounter, ignore);
  const practice = app.store.practice(practiceId);
  const parked = await practice.parkedPayments.find({}, { sort: { ordinal: 1 } });
  const cash = { amountCents: 7_000, date: "2026-03-16" };
  const deposit = await addDeposit(app, actor, cash, ignore);
  const spare = await addDeposit(app, actor, { ...cash, amountCents: 4_242 }, ignore);
  const user = await addUser(app, `victim-${low}`, ["auditor"], practiceId);
  const lender = await addUser(app, `lender-${low}`, ["biller"], practiceId);
  const until = new Date(app.now().getTime() + 3_600_000).toISOString();
  const wish = { to: user.id, roles: ["biller"], until, reason: "holiday" } as const;
  const delegation = await lendRoles(app, actor, lender.id, wish);
  const key = await createApiKey(app, actor, { name: `victim-${low}`, role: "biller" });
  const writeOff = { patientControlNumber: `${word}4`, amountCents: 1, reason: "furnishing" };
  const writtenOff = await writeOffClaim(app, actor, writeOff);
  const limit = { approvalLimitCents: 40_000, reason: "furnishing" };
  const { approval } = await changeSettings(app, actor, limit);
  const { approval: toRefuse } = await changeSettings(app, actor, limit);
  const patient = await practice.claims.findOne({ patientControlNumbers: `${word}1` });
  const inNeed = await addUser(app, `inneed-${low}`, ["practice-manager"], practiceId);
  const emergency = { user: inNeed.id, reason: "furnishing the practice" };
  const glass = await openGlass(app, actor, emergency);
  const review = await practice.reviews.findOne({});
  const remittance = await practice.remittances.findOne({ traceNumber: `T${word}1` });
  const item = await practice.workItems.findOne({ kind: "denial" });
  const hold = await putHold(app, actor, { reason: "case 1", by: "A. Counsel" });
  const rules = { payers: { [word]: { contractual: { add: ["197"] } } } };
  const { version } = postingRules(rules);
  await adoptRules(app, actor, { rules, version, reason: "furnished" }, ignore);
  const objects = {
    claim: `${word}3`,
    trace: `T${word}1`,
    remittance: remittance?._id,
    toMatch: parked[0]?._id,
    parked: parked[1]?._id,
    toSend: parked[2]?._id,
    deposit: deposit.id,
    spareDeposit: spare.id,
    item: item?._id,
    patient: patient?.patientId,
    hold: hold.id,
    outbound: sent.files[0]?.id,
    rules: version,
    openClaim: `${word}4`,
    writeOff: writtenOff.done?.id,
    approval: approval?.id,
    toRefuse: toRefuse?.id,
    glass: glass.id,
    review: review?._id,
    user: user.id,
    key: key.id,
    delegation: delegation.id,
  };
  for (const [kind, id] of Object.entries(objects)) {
    if (id === undefined) throw new Error(`${practiceId} has no ${kind}`);
  }
  return objects as Objects;
}

/** Everything that a practice has stored, but for what tells of people and of uses. */
export async function recordsOf(app: App, practiceId: string): Promise<string> {
  const {
    practiceId: _id,
    auditEvents: _events,
    auditHeads: _heads,
    ...rest
  } = app.store.practice(practiceId);
  const all: Record<string, unknown> = {};
  for (const [name, collection] of Object.entries(rest)) {
    all[name] = await collection.find({}, { sort: { _id: 1 } });
  }
  return JSON.stringify(all);
}
