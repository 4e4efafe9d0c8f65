import { expect } from "chai";
import { recordAudit } from "../../src/app/audit/audit.ts";
import { listClaims, showClaim } from "../../src/app/claims/claims.ts";
import type { Actor } from "../../src/app/context.ts";
import { openGlass } from "../../src/app/people/break-glass.ts";
import { completeSetup, createSetupLink, preparePeople } from "../../src/app/people/people.ts";
import { accountDisclosures, recordDisclosure } from "../../src/app/records/disclosures.ts";
import { accountingFrom } from "../../src/trust/audit/index.ts";
import { claim, claimFile } from "./claim-file.ts";
import { type Practice, practices } from "./practice.ts";

const SUBPOENA = {
  date: "2026-03-18",
  recipient: "Superior Court of Elm County",
  address: "1 Court Square",
  description: "Claim and payments of January",
  purpose: "court-or-subpoena",
};

describe("the accounting of disclosures", () => {
  const newPractice = practices();

  async function furnished(): Promise<Practice & { readonly patientId: string }> {
    const practice = newPractice();
    await practice.ingest(claimFile([claim("A1", "99213 100.00")]));
    const patientId = (await practice.store.claims.findOne({}))?.patientId ?? "";
    return Object.assign(practice, { patientId });
  }

  it("164.528 says what was disclosed, when, to whom and for what, and which paragraph allows it", async () => {
    const { app, actor, patientId, store } = await furnished();
    await recordDisclosure(app, actor, patientId, SUBPOENA);
    const later = { ...SUBPOENA, date: "2026-03-19", purpose: "public-health", recipient: "State" };
    await recordDisclosure(app, actor, patientId, later);
    const { from, to, items } = await accountDisclosures(app, actor, patientId);
    expect([from, to]).to.deep.equal(["2020-03-20", "2026-03-20"]);
    expect(items.map(({ date, recipient }) => `${date} ${recipient}`)).to.deep.equal([
      "2026-03-18 Superior Court of Elm County",
      "2026-03-19 State",
    ]);
    expect(items[0]).to.include({ citation: "164.512(e)", counts: true, source: "recorded" });
    const events = await store.auditEvents.find({ patientId });
    expect(events.map(({ action }) => action)).to.include("disclosure.account");
    expect(JSON.stringify(events)).to.not.include("Superior");
  });

  it("164.528(a)(1) goes back six years to the day, and not a day further", async () => {
    const { app, actor, patientId } = await furnished();
    for (const date of ["2020-03-19", "2020-03-20"]) {
      await recordDisclosure(app, actor, patientId, { ...SUBPOENA, date });
    }
    const { items } = await accountDisclosures(app, actor, patientId, { all: true });
    expect(items.map(({ date }) => date)).to.deep.equal(["2020-03-20"]);
    expect(accountingFrom("2028-02-29")).to.equal("2022-02-28");
  });

  it("164.528(a)(1)(i) leaves treatment, payment and operations out, however often they read", async () => {
    const { app, actor, patientId } = await furnished();
    await showClaim(app, actor, "A1");
    await listClaims(app, actor, {});
    expect((await accountDisclosures(app, actor, patientId, { all: true })).items).to.deep.equal(
      [],
    );
  });

  it("has what was seen under emergency access, opened or in a list, with the name of who saw it", async () => {
    const { app, actor, patientId } = await furnished();
    await preparePeople(app);
    const { token } = await createSetupLink(app, actor, ["practice-manager"]);
    const newcomer = {
      email: "m@example.org",
      name: "Max Manager",
      password: "seven green lanterns",
    };
    const { id } = await completeSetup(app, token, newcomer, actor);
    const glass = await openGlass(app, actor, { user: id, reason: "The clinic's network is down" });
    const roles = ["practice-manager"] as const;
    const breakGlass = { id: glass.id };
    const manager: Actor = { ...actor, id, kind: "person", roles, breakGlass };
    await showClaim(app, manager, "A1");
    await listClaims(app, manager, {});
    const { items } = await accountDisclosures(app, actor, patientId);
    expect(items.map(({ recipient, purpose }) => `${recipient} ${purpose}`)).to.deep.equal([
      "Max Manager emergency-access",
      "Max Manager emergency-access",
    ]);
  });

  it("164.528(a)(1)(ii) shows copies that the patient was given on request only, marked as not counted", async () => {
    const { app, actor, patientId } = await furnished();
    await recordAudit(app, actor, {
      action: "patient.export",
      entity: { type: "patient", id: patientId },
      patientId,
      fields: ["claims"],
      purpose: "patient-request",
      outcome: "success",
    });
    await recordDisclosure(app, actor, patientId, { ...SUBPOENA, purpose: "authorization" });
    expect((await accountDisclosures(app, actor, patientId)).items).to.deep.equal([]);
    const { items } = await accountDisclosures(app, actor, patientId, { all: true });
    expect(items.map(({ purpose, counts }) => `${purpose} ${counts}`)).to.deep.equal([
      "authorization false",
      "individual false",
    ]);
  });

  it("refuses a purpose, day, patient or practice that is none, and to say nothing", async () => {
    const { app, actor, patientId } = await furnished();
    const code = (work: Promise<unknown>) =>
      work.then(
        () => "done",
        (error: { code?: string }) => error.code,
      );
    const tryTo = (change: object) =>
      code(recordDisclosure(app, actor, patientId, { ...SUBPOENA, ...change }));
    for (const change of [
      { purpose: "payment" },
      { purpose: "emergency-access" },
      { date: "2026-02-30" },
      { date: "2026-03-21" },
      { recipient: " " },
      { description: "" },
    ]) {
      expect(await tryTo(change), JSON.stringify(change)).to.equal("invalid");
    }
    const other = newPractice();
    expect(await code(accountDisclosures(other.app, other.actor, patientId))).to.equal("not-found");
    expect(await code(recordDisclosure(app, actor, "nobody", SUBPOENA))).to.equal("not-found");
  });

  it("164.312(a)(2)(iv) keeps to whom and what sealed", async () => {
    const { app } = newPractice();
    const stored = await app.store.connection.collection("disclosures").find({}).toArray();
    expect(stored).to.not.have.length(0);
    const open = stored.map(({ packed: _, ...rest }) => rest);
    expect(JSON.stringify(open)).to.not.include("Court").and.not.include("January");
  });
});
