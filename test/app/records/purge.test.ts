import { expect } from "chai";
import { verifyAudit } from "../../../src/app/audit/audit.ts";
import { generateClaims } from "../../../src/app/claims/generate-claims.ts";
import { sendAppeal } from "../../../src/app/denials/appeal-claim.ts";
import { resolveWorkItem } from "../../../src/app/denials/work-items.ts";
import { importDeposits } from "../../../src/app/deposits/import-deposits.ts";
import { trialBalance } from "../../../src/app/posting/ledger.ts";
import { replayLedger } from "../../../src/app/posting/replay-ledger.ts";
import { unpostRemittance } from "../../../src/app/posting/unpost-remittance.ts";
import { liftHold, listHolds, putHold } from "../../../src/app/records/legal-holds.ts";
import { purgeRecords } from "../../../src/app/records/purge.ts";
import { latestPurgeDay } from "../../../src/trust/retention/index.ts";
import { plainEncounter } from "../../billing/claims/sample-encounters.ts";
import { fileOf, type Practice, practices } from "../practice.ts";
import {
  DAY_AFTER,
  on,
  REMITTANCE,
  refusal,
  settle,
  stored,
  TELLING,
  work,
} from "./kept-practice.ts";

describe("the purge of records", () => {
  const newPractice = practices();

  const worked = () => work(newPractice());
  const settled = () => settle(newPractice());

  const purge = ({ app, actor }: Practice, dryRun = false, before?: string) =>
    purgeRecords(app, actor, {
      before: before ?? latestPurgeDay(app.now().toISOString().slice(0, 10)),
      dryRun,
    });

  it("164.316(b)(2)(i) at 5 years 364 days destroys nothing, and refuses to be asked for more", async () => {
    const practice = await settled();
    const day = on("2032-03-19", practice);
    const before = await stored(practice);
    const { purged } = await purge(day);
    expect(Object.values(purged).every((count) => count === 0)).to.equal(true);
    expect(await refusal(purge(day, false, "2026-03-20"))).to.match(/latest day is 2026-03-19/);
    expect(await stored(practice)).to.equal(before);
    expect((await practice.claim("A1")).paidCents).to.equal(7_000);
  });

  it("164.316(b)(2)(i) at 6 years and a day destroys what tells of patients, with an audit event each", async () => {
    const practice = await settled();
    const day = on(DAY_AFTER, practice);
    const { accounts } = await trialBalance(practice.app, practice.actor);
    const said = await purge(day, true);
    const untouched = await stored(practice);
    expect(untouched).to.contain("AMPLE");
    const done = await purge(day);
    expect(done.purged).to.deep.equal(said.purged);
    expect(done.purged).to.deep.equal({
      claims: 2,
      adjudications: 2,
      parkedPayments: 1,
      encounters: 0,
      workItems: 2,
      deposits: 0,
      files: 2,
    });
    const left = await stored(practice);
    for (const word of TELLING) expect(left, word).to.not.contain(word);
    for (const { _id } of await practice.store.files.find({})) expect(_id).to.equal("none");
    expect(await refusal(practice.claim("A1"))).to.match(/no such thing/);
    expect(await practice.accounts()).to.deep.equal(
      Object.fromEntries(Object.entries(accounts).filter(([, amount]) => amount !== 0)),
    );
    expect(await practice.differences()).to.equal(0);
    expect(await verifyAudit(practice.app, practice.actor)).to.include({ ok: true });
    const audited = await practice.audited();
    expect(audited).to.include({
      "claim.purge": 2,
      "work-item.purge": 1,
      "exception.purge": 1,
      "file.purge": 2,
      "records.purge": 1,
    });
    const events = await practice.store.auditEvents.find({ action: "claim.purge" });
    const registered = await practice.store.auditEvents.findOne({ action: "claim.register" });
    for (const event of events) {
      expect(event.patientId).to.equal(registered?.patientId);
      expect(event.detail).to.include({ lastEffect: "2026-03-20" });
    }
    // Again there is nothing left to go.
    const again = await purge(day);
    expect(Object.values(again.purged).every((count) => count === 0)).to.equal(true);
  });

  it("leaves no bytes of a purged file, and posts the same remittance no second time", async () => {
    const practice = await settled();
    const files = await practice.store.files.find({});
    const day = on(DAY_AFTER, practice);
    await purge(day);
    for (const { _id } of files) {
      const bytes = await day.app.store.fileBytes.get(day.actor.practiceId, _id);
      expect(bytes).to.equal(undefined);
    }
    const { summary } = await day.ingest(REMITTANCE);
    expect(summary).to.include({ duplicates: 1, posted: 0 });
  });

  it("keeps what is still being worked, and the files that tell of it", async () => {
    const practice = await worked();
    const report = await purge(on(DAY_AFTER, practice));
    expect(report.purged).to.include({ claims: 1, adjudications: 1, files: 0, parkedPayments: 0 });
    expect(report.kept).to.deep.equal({ retention: 0, work: 1, hold: 0 });
    expect(report.filesKept).to.equal(2);
    expect((await practice.claim("A2")).chargeCents).to.equal(20_000);
    expect(await practice.differences()).to.equal(0);
  });

  it("counts from the last effect: what was touched later stays longer, with its file", async () => {
    const practice = await worked();
    const [item] = await practice.store.workItems.find({ kind: "denial" });
    const later = on("2029-01-01", practice);
    await resolveWorkItem(later.app, later.actor, item?._id ?? "", { outcome: "no-action" });
    const report = await purge(on(DAY_AFTER, practice));
    expect(report.purged).to.include({ claims: 1, files: 0 });
    expect(report.kept).to.include({ retention: 1 });
    const last = await purge(on("2035-01-02", practice));
    expect(last.purged).to.include({ claims: 1 });
  });

  it("lets the books go on: erased claims are replayed and unposted like others", async () => {
    const practice = await settled();
    const day = on(DAY_AFTER, practice);
    await purge(day);
    const { totalCents, notReproduced, decisions } = await replayLedger(
      day.app,
      day.actor,
      {},
      {},
      () => undefined,
    );
    expect({ totalCents, notReproduced, decisions }).to.deep.equal({
      totalCents: 0,
      notReproduced: 0,
      decisions: 2,
    });
    const words = await refusal(
      unpostRemittance(day.app, day.actor, "T1", { reason: "test" }, () => undefined),
    );
    expect(words).to.equal("done");
    expect(await practice.differences()).to.equal(0);
  });

  it("destroys a letter of appeal with the work item that it was sent for, and not before", async () => {
    const practice = await worked();
    const { app, actor } = practice;
    const item = await practice.store.workItems.findOne({ kind: "denial" });
    const letter = { text: "Please", how: "fax", reference: "F-1" } as const;
    const { fileId } = await sendAppeal(app, actor, item?._id ?? "", letter);
    const day = on(DAY_AFTER, practice);
    await purge(day);
    expect(await practice.store.files.findOne({ _id: fileId })).to.not.equal(undefined);
    await resolveWorkItem(app, actor, item?._id ?? "", { outcome: "upheld" });
    await purge(day);
    await purge(day);
    expect(await practice.store.files.findOne({ _id: fileId })).to.equal(undefined);
  });

  it("destroys encounters, those that were held too, and the file that was sent", async () => {
    const practice = newPractice();
    const submitter = {
      organizationName: "ELM",
      contactInformation: { phoneNumber: "2175550100" },
    };
    const whole = { ...plainEncounter(), submitter };
    const billing = { ...whole.billing, npi: "1234567890" };
    const held = { ...whole, externalId: "V-2", billing };
    const text = JSON.stringify([whole, held]);
    await generateClaims(practice.app, practice.actor, text, () => undefined);
    const statuses = (await practice.store.encounters.find({})).map(({ status }) => status);
    expect(statuses.sort()).to.deep.equal(["claimed", "held"]);
    const { purged } = await purge(on(DAY_AFTER, practice));
    expect(purged).to.include({ claims: 1, encounters: 2, files: 1 });
    const left = await stored(practice);
    for (const word of ['"Ample"', '"AMPLE"', "XYZ123456789", "V-1", "V-2"]) {
      expect(left, word).to.not.contain(word);
    }
  });

  it("erases what the bank said of a deposit that is settled", async () => {
    const practice = await settled();
    const text =
      "date,amount,trace,payer,description\n2026-03-16,80.00,T1,GRANITE HEALTH,FOR ANN AMPLE\n";
    const bank = fileOf(text, "bank.csv");
    await importDeposits(practice.app, practice.actor, bank, () => undefined);
    const [deposit] = await practice.store.deposits.find({});
    expect(deposit).to.include({ status: "matched", text: "FOR ANN AMPLE" });
    const { purged } = await purge(on(DAY_AFTER, practice));
    expect(purged.deposits).to.equal(1);
    const [after] = await practice.store.deposits.find({});
    const version = (deposit?.version ?? 0) + 1;
    expect(after).to.deep.equal({ ...deposit, text: null, version });
  });

  describe("under legal hold", () => {
    const word = { reason: "litigation", by: "A. Counsel" };

    it("keeps the records of a held patient until a named person lifts the hold", async () => {
      const practice = await settled();
      const day = on(DAY_AFTER, practice);
      const { app, actor } = day;
      const patientId = (await practice.store.claims.findOne({}))?.patientId ?? "";
      const hold = await putHold(app, actor, { ...word, patientId });
      const { purged, kept } = await purge(day);
      expect(purged).to.include({ claims: 0, files: 0, parkedPayments: 0, workItems: 0 });
      expect(kept).to.deep.equal({ retention: 0, work: 0, hold: 2 });
      const lifted = await liftHold(app, actor, hold.id, { reason: "settled", by: "A. Counsel" });
      expect(lifted).to.deep.include({ status: "lifted", by: "A. Counsel" });
      expect(lifted.lifted).to.include({ by: "A. Counsel", reason: "settled" });
      expect(await refusal(liftHold(app, actor, hold.id, word))).to.match(/lifted already/);
      expect((await purge(day)).purged).to.include({ claims: 2, files: 2 });
      expect(await practice.audited()).to.include({ "legal-hold.put": 1, "legal-hold.lift": 1 });
      expect(await listHolds(app, actor)).to.have.lengthOf(1);
    });

    it("refuses every purge while one stands on the whole practice", async () => {
      const practice = await settled();
      const day = on(DAY_AFTER, practice);
      await putHold(day.app, day.actor, word);
      expect(await refusal(purge(day))).to.match(/legal hold stands on all records/);
      expect(await refusal(purge(day, true))).to.match(/legal hold stands on all records/);
    });

    it("takes a person's name and a reason, and a patient that the practice has", async () => {
      const { app, actor } = newPractice();
      const machine = { ...actor, kind: "machine" } as const;
      expect(await refusal(putHold(app, machine, word))).to.match(/takes a person/);
      expect(await refusal(putHold(app, actor, { reason: "x" }))).to.match(/name of a person/);
      expect(await refusal(putHold(app, actor, { ...word, reason: " " }))).to.match(/a reason/);
      const nobody = { ...word, patientId: "nobody" };
      expect(await refusal(putHold(app, actor, nobody))).to.match(/no such thing/);
      expect(await refusal(liftHold(app, actor, "none", word))).to.match(/no such thing/);
    });
  });
});
