import { expect } from "chai";
import { recordAudit } from "../../src/app/audit/audit.ts";
import { listReviews } from "../../src/app/audit/reviews.ts";
import { scanAudit } from "../../src/app/audit/scan-audit.ts";
import { listClaims, showClaim } from "../../src/app/claims/claims.ts";
import type { Actor, App } from "../../src/app/context.ts";
import { listWorkItems } from "../../src/app/denials/list-queue.ts";
import { showWorkItem } from "../../src/app/denials/work-items.ts";
import { completeSetup, createSetupLink, preparePeople } from "../../src/app/people/people.ts";
import { claim, claimFile } from "./claim-file.ts";
import { type Practice, practices } from "./practice.ts";
import { clp, remittanceFile } from "./remittance-file.ts";

const DAY_MS = 86_400_000;

/** A reader of the practice with this name. */
async function reader({ app, actor }: Practice, name: string): Promise<Actor> {
  await preparePeople(app);
  const { token } = await createSetupLink(app, actor, ["biller"]);
  const email = `${name.replaceAll(/\W/g, "")}@${actor.practiceId}.example.org`;
  const newcomer = { email, name, password: "seven green lanterns" };
  const { id, roles } = await completeSetup(app, token, newcomer, actor);
  return { ...actor, id, kind: "person", roles };
}

/** The practice's clock so many days on, at the same hour. */
const later = (app: App, days: number): App => ({
  ...app,
  now: () => new Date(app.now().getTime() + days * DAY_MS),
});

describe("the scan of the audit trail", () => {
  const newPractice = practices();

  async function furnished(): Promise<Practice> {
    const practice = newPractice();
    await practice.ingest(claimFile([claim("A1", "99213 100.00")]));
    await practice.ingest(
      remittanceFile([
        { trace: "T1", payments: [clp("A1 1 100.00 0.00 I1", "99213 100.00 0.00 CO-197 100.00")] },
      ]),
    );
    return practice;
  }

  const waiting = async ({ app, actor }: Practice) =>
    (await listReviews(app, actor, {})).items.map(({ reviewKind }) => reviewKind);

  it("finds who opened a patient of the same family name, and holds no name", async () => {
    const practice = await furnished();
    const { app } = practice;
    const patient = (await practice.store.claims.findOne({}))?.claim.patient;
    const kin = await reader(practice, `Ann ${patient?.lastName.toLowerCase()}`);
    const other = await reader(practice, "Bea Nobodysname");
    await showClaim(app, other, "A1");
    await scanAudit(app, practice.actor);
    expect(await waiting(practice)).to.not.include("own-name");
    await listClaims(app, kin, {});
    await scanAudit(app, practice.actor);
    expect(await waiting(practice), "a list shows no names").to.not.include("own-name");
    await showClaim(app, kin, "A1");
    await scanAudit(app, practice.actor);
    const { items } = await listReviews(app, practice.actor, {});
    const found = items.filter(({ reviewKind }) => reviewKind === "own-name");
    expect(found.map(({ about }) => about)).to.deep.equal([kin.id]);
    const text = JSON.stringify(items).toUpperCase();
    expect(text).to.not.include(patient?.lastName.toUpperCase());
  });

  it("finds the same by way of a work item", async () => {
    const practice = await furnished();
    const patient = (await practice.store.claims.findOne({}))?.claim.patient;
    const kin = await reader(practice, `${patient?.lastName}, Carla`);
    const item = (await listWorkItems(practice.app, kin, {})).items[0];
    await showWorkItem(practice.app, kin, item?.id ?? "");
    await scanAudit(practice.app, practice.actor);
    expect(await waiting(practice)).to.include("own-name");
  });

  it("adds nothing when it is done again, on the same day, later, or twice at once", async () => {
    const practice = await furnished();
    const { app, actor } = practice;
    const person = await reader(practice, "Dee Example");
    await Promise.all([scanAudit(app, actor), scanAudit(app, actor)]);
    const first = await waiting(practice);
    expect(first.filter((kind) => kind === "permission-change")).to.have.length(2);
    for (const days of [0, 1, 2]) {
      expect(await scanAudit(later(app, days), actor)).to.include({ added: 0 });
    }
    expect(await waiting(practice)).to.deep.equal(first);
    await recordAudit(later(app, 2), person, {
      action: "claim.read",
      entity: { type: "claim", id: "c1" },
      patientId: "p1",
      purpose: "payment",
      outcome: "success",
    });
    // TODAY and two days is a Sunday.
    expect(await scanAudit(later(app, 2), actor)).to.include({ added: 1 });
    expect(await scanAudit(later(app, 3), actor)).to.include({ added: 0 });
    expect(await waiting(practice)).to.include("after-hours");
  });

  it("does not read the whole trail again every hour, and no event of the last day is left out", async () => {
    const practice = await furnished();
    const { app, actor } = practice;
    const { events } = await scanAudit(app, actor);
    expect(await scanAudit(app, actor)).to.include({ events: events + 1 });
    await scanAudit(later(app, 3), actor);
    const rest = await scanAudit(later(app, 3), actor);
    expect(rest.events).to.be.below(events);
  });
});
