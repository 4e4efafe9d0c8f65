import { expect } from "chai";
import { verifyAudit } from "../../src/app/audit/audit.ts";
import { listClaims } from "../../src/app/claims/claims.ts";
import { denialRate } from "../../src/app/denials/denial-rate.ts";
import { listWorkItems } from "../../src/app/denials/list-queue.ts";
import { assignWorkItem, showWorkItem } from "../../src/app/denials/work-items.ts";
import { listOutboundFiles } from "../../src/app/exchange/outbound-files.ts";
import { trialBalance } from "../../src/app/posting/ledger.ts";
import { findRemittances, listRemittances } from "../../src/app/posting/remittances.ts";
import { shownOf } from "../../src/app/shown.ts";
import { shownFields } from "../../src/trust/audit/index.ts";
import { claim, claimFile } from "./claim-file.ts";
import { type Practice, practices } from "./practice.ts";
import { clp, remittanceFile } from "./remittance-file.ts";

const CLAIMS = claimFile([claim("A1", "99213 100.00"), claim("A2", "99214 200.00")]);
const REMITTANCE = remittanceFile([
  {
    trace: "T1",
    payments: [
      clp("A1 1 100.00 80.00 ICN1", "99213 100.00 80.00 CO-45 20.00"),
      clp("A2 1 200.00 0.00 ICN2", "99214 200.00 0.00 CO-197 200.00"),
      clp("X1 1 10.00 10.00 ICN3"),
    ],
  },
]);

describe("the audit of use cases", () => {
  const newPractice = practices();

  async function worked(): Promise<Practice> {
    const practice = newPractice();
    await practice.ingest(CLAIMS);
    await practice.ingest(REMITTANCE);
    return practice;
  }

  it("164.312(b) every registration and every posting is exactly one event", async () => {
    const practice = await worked();
    expect(await practice.audited()).to.deep.equal({
      "claim.register": 2,
      "claim.post": 2,
      "remittance.post": 1,
      "file.ingest": 2,
    });
    await practice.ingest(REMITTANCE);
    expect(await practice.audited()).to.deep.equal({
      "claim.register": 2,
      "claim.post": 2,
      "remittance.post": 1,
      "file.ingest": 3,
    });
  });

  it("164.312(b) every read and every list is exactly one event", async () => {
    const practice = await worked();
    const { app, actor } = practice;
    const item = (await practice.store.workItems.findOne({}))?._id ?? "";
    const uses: readonly (readonly [string, () => Promise<unknown>])[] = [
      ["claim.read", () => practice.claim("A1")],
      ["claim.list", () => listClaims(app, actor, {})],
      ["remittance.read", () => findRemittances(app, actor, "T1")],
      ["remittance.list", () => listRemittances(app, actor, {})],
      ["work-item.read", () => showWorkItem(app, actor, item)],
      ["work-item.list", () => listWorkItems(app, actor, {})],
      ["work-item.assign", () => assignWorkItem(app, actor, item, { assignee: "u1" })],
      ["ledger.read", () => trialBalance(app, actor)],
      ["report.read", () => denialRate(app, actor, {})],
      ["file.list", () => listOutboundFiles(app, actor)],
    ];
    for (const [action, use] of uses) {
      const before = await practice.store.auditEvents.find({}, { sort: { sequence: 1 } });
      await use();
      const after = await practice.store.auditEvents.find({}, { sort: { sequence: 1 } });
      const added = after.slice(before.length);
      expect(
        added.map((event) => event.action),
        action,
      ).to.deep.equal([action]);
      const isOfPatients = /^(claim|remittance|work-item|file)\.(read|list)$/.test(action);
      if (isOfPatients) expect(added[0]?.fields, action).to.be.an("array").that.is.not.empty;
      expect(added[0]?.actor, action).to.deep.equal({
        id: "cli",
        kind: "system",
        roles: ["system"],
      });
    }
    expect(await verifyAudit(app, actor)).to.include({ ok: true });
  });

  it("164.312(b) a read says which groups of fields it has shown, and to whom which not", async () => {
    const practice = await worked();
    const { app, actor } = practice;
    const manager = { ...actor, roles: ["practice-manager"] } as const;
    await listRemittances(app, actor, {});
    await listRemittances(app, manager, {});
    const events = await practice.store.auditEvents.find(
      { action: "remittance.list" },
      { sort: { _id: 1 } },
    );
    const all = ["remittance.payment", "remittance.certificate"];
    expect(events.map(({ fields }) => fields)).to.deep.equal([[...all, "remittance.claims"], all]);
    for (const action of ["claim.read", "claim.search", "work-item.read", "exception.read"]) {
      expect(shownFields(action, true)?.length, action).to.be.greaterThan(
        shownFields(action, false)?.length ?? 99,
      );
    }
    expect(shownFields("claim.post", true)).to.equal(undefined);
  });

  it("164.506(c) a read is for payment or operations, unless the reader says for what else", async () => {
    const practice = await worked();
    const { app, actor } = practice;
    await listClaims(app, actor, {});
    await listClaims(app, { ...actor, purpose: "treatment" }, {});
    const item = (await practice.store.workItems.findOne({}))?._id ?? "";
    await assignWorkItem(app, { ...actor, purpose: "treatment" }, item, { assignee: "u1" });
    const said = (await practice.store.auditEvents.find({}, { sort: { _id: 1 } })).slice(-3);
    expect(said.map(({ action, purpose }) => `${action} ${purpose}`)).to.deep.equal([
      "claim.list payment",
      "claim.list treatment",
      "work-item.assign payment",
    ]);
  });

  it("164.312(b) a list says what it has shown, by ids", async () => {
    const practice = await worked();
    await listClaims(practice.app, practice.actor, {});
    const claims = await practice.store.claims.find({}, { sort: { _id: -1 } });
    const [event] = await practice.store.auditEvents.find({ action: "claim.list" });
    expect(event?.detail).to.deep.equal({ shown: 2, ids: claims.map(({ _id }) => _id) });
    const many = Array.from({ length: 201 }, (_, index) => ({ _id: `c${index}` }));
    const { shown, ids, digest } = shownOf(many);
    expect([shown, ids.length]).to.deep.equal([201, 200]);
    expect(digest).to.match(/^[0-9a-f]{64}$/);
  });

  it("164.312(b) an event of a claim says whose it is, by an id that is no name and no number", async () => {
    const practice = await worked();
    const claims = await practice.store.claims.find({}, { sort: { patientControlNumbers: 1 } });
    const [first, second] = claims;
    // Both claims are of one patient.
    expect(first?.patientId).to.equal(second?.patientId);
    const { _id: item } = (await practice.store.workItems.findOne({ claimId: second?._id })) ?? {};
    await practice.claim("A1");
    await showWorkItem(practice.app, practice.actor, item ?? "");
    const events = await practice.store.auditEvents.find(
      { patientId: first?.patientId },
      { sort: { _id: 1 } },
    );
    expect(events.map(({ action, entity }) => `${action} ${entity.type}`)).to.deep.equal([
      "claim.register claim",
      "claim.register claim",
      "claim.post claim",
      "claim.post claim",
      "claim.read claim",
      "work-item.read work-item",
    ]);
    expect(events.at(-2)?.fields).to.include("claim.adjudications");
    expect(events.at(-1)?.fields).to.include("work-item.notes");
    const text = JSON.stringify(await practice.store.auditEvents.find({}));
    for (const secret of ["AMPLE", "ANN", "MA1", "19800229", "1980-02-29", "E119"]) {
      expect(text).to.not.contain(secret);
    }
  });

  it("164.312(c)(1) an event that was changed, taken out or cut off at the end is found", async () => {
    const tamperings: readonly (readonly [
      string,
      string,
      (practice: Practice) => Promise<unknown>,
    ])[] = [
      [
        "altered",
        "3",
        ({ store }) => store.auditEvents.update({ sequence: 3 }, { $set: { outcome: "denied" } }),
      ],
      [
        "missing",
        "2",
        (practice) =>
          practice.app.store.connection
            .collection("auditEvents")
            .deleteOne({ practiceId: practice.actor.practiceId, sequence: 2 }),
      ],
      [
        "truncated",
        "7",
        (practice) =>
          practice.app.store.connection
            .collection("auditEvents")
            .deleteOne({ practiceId: practice.actor.practiceId, sequence: 7 }),
      ],
    ];
    for (const [reason, sequence, tamper] of tamperings) {
      const practice = await worked();
      expect(await verifyAudit(practice.app, practice.actor)).to.include({ ok: true, events: 7 });
      await tamper(practice);
      const report = await verifyAudit(practice.app, practice.actor);
      expect(report.ok, reason).to.equal(false);
      expect(report.firstBad, reason).to.deep.equal({ sequence: Number(sequence), reason });
    }
  });
});
