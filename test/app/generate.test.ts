import { rmSync } from "node:fs";
import { expect } from "chai";
import { importCodes, loadCodeSet } from "../../src/app/claims/code-sets.ts";
import { generateClaims } from "../../src/app/claims/generate-claims.ts";
import type { Happening } from "../../src/app/events.ts";
import { listOutboundFiles, readOutboundFile } from "../../src/app/exchange/outbound-files.ts";
import type { Encounter } from "../../src/billing/intake/index.ts";
import { openStore } from "../../src/platform/store/index.ts";
import { encounterWith, plainEncounter } from "../billing/claims/sample-encounters.ts";
import { testKeys } from "../keys.ts";
import { appOn, countingIds, Practice, practices, storePlace } from "./practice.ts";

const SUBMITTER = {
  organizationName: "Elm Street Family Medicine",
  submitterIdentification: "ELMSTREET",
  contactInformation: { name: "Billing", phoneNumber: "217-555-0100" },
};

function visit(externalId: string, memberId: string, more: Partial<Encounter> = {}): Encounter {
  const { subscriber } = plainEncounter();
  return encounterWith(
    {},
    { externalId, submitter: SUBMITTER, subscriber: { ...subscriber, memberId }, ...more },
  );
}

async function generate(practice: Practice, ...encounters: readonly unknown[]) {
  const told: Happening[] = [];
  const text = JSON.stringify(encounters);
  const done = await generateClaims(practice.app, practice.actor, text, (one) => told.push(one));
  return { ...done, told };
}

describe("generating claims", () => {
  const newPractice = practices();

  it("charges what goes out, in one transaction with its batch, and keeps the file", async () => {
    const practice = newPractice();
    const { summary, files } = await generate(practice, visit("V-1", "M1"), visit("V-2", "M2"));
    expect(summary).to.include({
      encounters: 2,
      claims: 2,
      held: 0,
      batches: 1,
      chargeCents: 29100,
    });
    expect(await practice.accounts()).to.deep.equal({ "ar-insurance": 29100, revenue: -29100 });
    expect(await practice.audited()).to.deep.equal({ "claim.generate": 2 });
    const [listed] = await listOutboundFiles(practice.app, practice.actor);
    expect(listed).to.include({ claims: 2, chargeCents: 29100, status: "sent" });
    const kept = await readOutboundFile(practice.app, practice.actor, listed?.id ?? "");
    expect(kept.bytes.toString()).to.equal(files[0]?.text);
    expect(await practice.differences()).to.equal(0);
  });

  it("registers nothing twice when its own file is taken in again", async () => {
    const practice = newPractice();
    const { files } = await generate(practice, visit("V-1", "M1"));
    const { summary } = await practice.ingest(files[0]?.text ?? "");
    expect(summary).to.include({ claims: 1, duplicates: 1, findings: 0 });
    expect(await practice.store.claims.count({})).to.equal(1);
  });

  it("holds an encounter with findings in words, and sends it once it is mended", async () => {
    const practice = newPractice();
    const { billing } = plainEncounter();
    const broken = visit("V-1", "M1", { billing: { ...billing, npi: "1234567890" } });
    const first = await generate(practice, broken, visit("V-2", "M2"));
    expect(first.summary).to.include({ claims: 1, held: 1 });
    expect(first.told.filter(({ kind }) => kind === "finding")).to.have.length.greaterThan(0);
    const [held] = await practice.store.encounters.find({ status: "held" });
    expect(held?.findings[0]?.message).to.be.a("string").that.contains("NPI");
    const second = await generate(practice, visit("V-1", "M1"));
    expect(second.summary).to.include({ claims: 1, held: 0 });
    const statuses = (await practice.store.encounters.find({})).map(({ status }) => status);
    expect(statuses).to.deep.equal(["claimed", "claimed"]);
  });

  it("holds an encounter that was sent before, under its id or by its services", async () => {
    const practice = newPractice();
    await generate(practice, visit("V-1", "M1"));
    const again = await generate(practice, visit("V-1", "M1"));
    expect(again.summary).to.include({ claims: 0, held: 1, batches: 0 });
    const renamed = await generate(practice, visit("V-9", "M1"));
    expect(renamed.told.filter(({ kind }) => kind === "finding")).to.have.length.greaterThan(0);
    expect(await practice.accounts()).to.include({ revenue: -14550 });
  });

  it("holds an encounter that names nobody to call, and sends its siblings", async () => {
    const practice = newPractice();
    const nobody = { ...visit("V-1", "M1"), submitter: undefined };
    const { summary, told } = await generate(practice, nobody, visit("V-2", "M2"));
    expect(summary).to.include({ claims: 1, held: 1, batches: 1 });
    expect(told.map(({ code }) => code)).to.include("submitter-contact-missing");
  });

  it("never uses a control number or a claim number twice, across restarts", async function () {
    if (process.env.MONGODB_URI !== undefined) this.skip();
    const place = storePlace();
    const used: string[] = [];
    for (const run of ["a", "b", "c"]) {
      const store = await openStore(place.location, testKeys());
      const practice = new Practice(appOn(store, countingIds(run)), "restarts");
      await generate(practice, visit(`V-${run}`, `M${run}`));
      const batches = await practice.store.batches.find({}, { sort: { _id: -1 }, limit: 1 });
      for (const batch of batches) {
        used.push(`${batch.interchangeControlNumber} ${batch.groupControlNumber}`);
      }
      await store.close();
    }
    rmSync((place.location as { directory: string }).directory, { recursive: true });
    expect(used).to.deep.equal(["000000001 1", "000000002 2", "000000003 3"]);
  });
});

/** A line of CMS's order file: order, code, billable, short and long title at their columns. */
function orderLine(order: number, code: string, billable: boolean, title: string): string {
  const number = String(order).padStart(5, "0");
  return `${number} ${code.padEnd(7)} ${billable ? "1" : "0"} ${title.padEnd(60)} ${title}`;
}

describe("importing codes", () => {
  const newPractice = practices();

  it("an ICD-10-CM order file makes codes valid in its year, and once is as good as twice", async () => {
    const practice = newPractice();
    const file = {
      name: "icd10cm-order-2026.txt",
      bytes: Buffer.from(
        [
          orderLine(1, "E11", false, "Type 2 diabetes mellitus"),
          orderLine(2, "E119", true, "Type 2 diabetes mellitus without complications"),
        ].join("\r\n"),
      ),
    };
    for (let time = 0; time < 2; time++) {
      const told: Happening[] = [];
      const done = await importCodes(practice.app, practice.actor, file, (one) => told.push(one));
      expect(done).to.include({ records: 2 });
      expect(told.at(-1)).to.include({ kind: "codeSet", set: "icd10cm", held: 2, billable: 1 });
    }
    const set = await loadCodeSet(practice.app, "icd10cm");
    expect(set.lookup("E119", "2026-03-02").status).to.equal("valid");
    expect(set.lookup("E11", "2026-03-02").status).to.equal("not-billable");
    expect(set.lookup("E119", "2026-03-02").outsideReleases).to.not.equal(true);
    expect(set.lookup("E119", "2024-03-02").outsideReleases).to.equal(true);
    expect(await practice.audited()).to.deep.equal({ "codes.import": 2 });
  });

  it("a file that is no release is refused by its content", async () => {
    const practice = newPractice();
    const file = { name: "shopping.txt", bytes: Buffer.from("milk\nbread\n") };
    const refused = await importCodes(practice.app, practice.actor, file, () => undefined).catch(
      (error: unknown) => error,
    );
    expect(refused).to.have.property("code", "file-unreadable");
  });
});
