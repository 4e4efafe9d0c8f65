import { expect } from "chai";
import { verifyAudit } from "../../../src/app/audit/audit.ts";
import { generateClaims } from "../../../src/app/claims/generate-claims.ts";
import { noteWorkItem } from "../../../src/app/denials/work-items.ts";
import { erasePatient } from "../../../src/app/records/erase-patient.ts";
import { exportPatient } from "../../../src/app/records/export-patient.ts";
import { findPatients } from "../../../src/app/records/find-patients.ts";
import { liftHold, putHold } from "../../../src/app/records/legal-holds.ts";
import { title } from "../../../src/faces/page/words.ts";
import { patientPage } from "../../../src/faces/papers/patient-page.ts";
import { plainEncounter } from "../../billing/claims/sample-encounters.ts";
import { type Practice, practices } from "../practice.ts";
import { clp, remittanceFile } from "../remittance-file.ts";
import { DAY_AFTER, LAST_DAY, on, refusal, settle, stored, TELLING } from "./kept-practice.ts";

/** The patient of every claim of these tests. */
async function ann({ app, actor }: Practice): Promise<string> {
  const [found] = await findPatients(app, actor, { name: "Ample, Ann", birthDate: "1980-02-29" });
  return found?.patientId ?? "";
}

describe("what is held of a patient", () => {
  const newPractice = practices();

  /** One whose claims are settled, and with one encounter sent and one held of the same patient. */
  async function practiceOfAnn(): Promise<Practice> {
    const practice = await settle(newPractice());
    const contactInformation = { phoneNumber: "2175550100" };
    const whole = {
      ...plainEncounter(),
      submitter: { organizationName: "ELM", contactInformation },
    };
    const billing = { ...whole.billing, npi: "1234567890" };
    const stranger = { ...whole.subscriber, lastName: "Other", memberId: "S1" };
    const held = [
      { ...whole, externalId: "V-2", billing },
      { ...whole, externalId: "V-3", billing, subscriber: stranger },
    ];
    const text = JSON.stringify([whole, ...held]);
    await generateClaims(practice.app, practice.actor, text, () => undefined);
    return practice;
  }

  it("is found by name, birth date or member id, with the id that names the patient everywhere", async () => {
    const practice = await settle(newPractice());
    const { app, actor } = practice;
    const [found, ...others] = await findPatients(app, actor, { name: "ample" });
    expect(others).to.deep.equal([]);
    expect(found).to.include({
      lastName: "AMPLE",
      firstName: "ANN",
      birthDate: "1980-02-29",
      claims: 2,
      firstServiceDate: "2026-03-02",
    });
    expect(await findPatients(app, actor, { memberId: "MA1", name: "Nobody" })).to.deep.equal([]);
    expect(await refusal(findPatients(app, actor, {}))).to.match(/Say whom/);
    expect(await practice.audited()).to.include({ "patient.search": 2 });
  });

  it("164.524 is given whole, with an index that counts it, and nothing of anybody else", async () => {
    const practice = await practiceOfAnn();
    const { app, actor, store } = practice;
    const named = (trace: string, memberId: string) => {
      const stray = clp(`${trace} 1 10.00 10.00 ICN9`, "99213 10.00 10.00");
      const person = `NM1*QC*1*AMPLE*ANN****MI*${memberId}`;
      const segments = stray.segments.map((one) => (one.startsWith("NM1*QC") ? person : one));
      return { trace, payments: [{ ...stray, segments }] };
    };
    await practice.ingest(remittanceFile([named("HERS", "MA1"), named("COUSINS", "ELSE")]));
    const patientId = await ann(practice);
    const bundle = await exportPatient(app, actor, patientId);
    const counts = bundle.index.sections.map(({ section, count }) => [section, count]);
    expect(Object.fromEntries(counts)).to.deep.equal({
      people: bundle.people.length,
      claims: 3,
      encounters: 2,
      decisions: 2,
      waitingPayments: 1,
      workItems: 1,
      journal: (await store.journal.find({})).filter(({ claimId }) => claimId !== null).length,
      files: 3,
    });
    const text = JSON.stringify(bundle);
    for (const word of TELLING) expect(text, word).to.contain(word);
    expect(text).to.contain("V-2").and.not.contain("V-3").and.not.contain("COUSINS");
    const other = newPractice();
    expect(await refusal(exportPatient(other.app, other.actor, patientId))).to.match(/no such/);
  });

  it("164.524 164.528(a)(1)(ii) is on record as a disclosure to the individual who asked", async () => {
    const practice = await practiceOfAnn();
    const patientId = await ann(practice);
    await exportPatient(practice.app, practice.actor, patientId);
    const [event, ...more] = await practice.store.auditEvents.find({ action: "patient.export" });
    expect(more).to.deep.equal([]);
    expect(event).to.deep.include({ patientId, purpose: "patient-request", outcome: "success" });
    expect(event?.detail).to.include({ disclosedTo: "individual", claims: 3 });
    expect(event?.fields).to.include.members(["claims", "decisions", "journal"]);
  });

  it("164.524(c)(2) is a page for people too, in which what was written is text and not HTML", async () => {
    const practice = await practiceOfAnn();
    const { app, actor, store } = practice;
    const [item] = await store.workItems.find({ kind: "denial" });
    await noteWorkItem(app, actor, item?._id ?? "", { text: "<b>called</b>" });
    const bundle = await exportPatient(app, actor, await ann(practice));
    const page = patientPage(bundle);
    for (const word of ["AMPLE", "A1", "99213", "$100.00", "CO-197", "E119", "MA1"]) {
      expect(page, word).to.contain(word);
    }
    for (const { section } of bundle.index.sections) {
      expect(page, section).to.contain(title(section));
    }
    expect(page).to.contain("&lt;b&gt;called").and.not.contain("<b>");
    expect(page).to.not.contain("<script");
  });

  describe("and is to be erased", () => {
    const why = { reason: "asked for it" };
    const word = { reason: "litigation", by: "A. Counsel" };

    it("is refused with the day until which retention keeps it, and the refusal is on record", async () => {
      const practice = await practiceOfAnn();
      const patientId = await ann(practice);
      const before = await stored(practice);
      const { app, actor } = on(LAST_DAY, practice);
      const words = await refusal(erasePatient(app, actor, patientId, why));
      expect(words).to.match(/164\.316\(b\)\(2\)\(i\)/);
      expect(words).to.match(/Of 4 records 4 stay, until 2032-03-20 at least/);
      expect(await stored(practice)).to.equal(before);
      const [event] = await practice.store.auditEvents.find({ action: "patient.erase" });
      expect(event).to.deep.include({ patientId, outcome: "denied" });
      expect(event?.detail).to.deep.equal({ obstacle: "retention" });
    });

    it("is refused while one record of it is younger, whatever the age of the others", async () => {
      const practice = await settle(newPractice());
      const patientId = await ann(practice);
      const young = on("2030-01-01", practice);
      const [item] = await practice.store.workItems.find({ kind: "denial" });
      const note = { text: "a look back" };
      const noted = await refusal(noteWorkItem(young.app, young.actor, item?._id ?? "", note));
      expect(noted).to.equal("done");
      const { app, actor } = on(DAY_AFTER, practice);
      const words = await refusal(erasePatient(app, actor, patientId, why));
      expect(words).to.match(/Of 2 records 1 stay, until 2036-01-01 at least/);
      expect((await practice.claim("A1")).paidCents).to.equal(7_000);
    });

    it("is refused while a hold stands on it or something of it is worked", async () => {
      const practice = await settle(newPractice());
      const patientId = await ann(practice);
      const { app, actor } = on(DAY_AFTER, practice);
      for (const scope of [{ patientId }, {}]) {
        const hold = await putHold(app, actor, { ...word, ...scope });
        const words = await refusal(erasePatient(app, actor, patientId, why));
        expect(words).to.match(/legal hold keeps it/);
        await liftHold(app, actor, hold.id, word);
      }
      expect(await refusal(erasePatient(app, actor, patientId, why))).to.equal("done");
    });

    it("is gone when its time is over: nothing tells of the patient, and the books are provable", async () => {
      const practice = await practiceOfAnn();
      const patientId = await ann(practice);
      const accounts = await practice.accounts();
      const { app, actor } = on(DAY_AFTER, practice);
      const { purged } = await erasePatient(app, actor, patientId, why);
      expect(purged).to.include({ claims: 3, adjudications: 2, encounters: 2, files: 0 });
      const left = await stored(practice);
      for (const telling of [
        "MA1",
        "MA2",
        '"A1"',
        '"A2"',
        "ICN1",
        "Ample",
        "V-2",
        "XYZ123456789",
      ]) {
        expect(left, telling).to.not.contain(telling);
      }
      expect(left, "another patient's").to.contain("V-3");
      expect(await practice.accounts()).to.deep.equal(accounts);
      expect(await practice.differences()).to.equal(0);
      expect(await verifyAudit(app, actor)).to.include({ ok: true });
      expect(await practice.audited()).to.include({ "claim.erase": 3, "patient.erase": 1 });
      expect(await refusal(exportPatient(app, actor, patientId))).to.match(/no such thing/);
      expect(await refusal(erasePatient(app, actor, patientId, why))).to.match(/no such thing/);
    });

    it("takes a reason", async () => {
      const { app, actor } = newPractice();
      const words = await refusal(erasePatient(app, actor, "p", { reason: " " }));
      expect(words).to.match(/takes a reason/);
    });
  });
});
