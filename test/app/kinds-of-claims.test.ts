import { expect } from "chai";
import { generateClaims } from "../../src/app/claims/generate-claims.ts";
import type { Happening } from "../../src/app/events.ts";
import { simulatePayer } from "../../src/app/simulate.ts";
import type { Encounter } from "../../src/billing/intake/index.ts";
import { dentalSamples, dentalWith } from "../billing/claims/dental-encounters.ts";
import { stayWith, visitWith } from "../billing/claims/institutional-encounters.ts";
import { encounterWith } from "../billing/claims/sample-encounters.ts";
import { type Practice, practices } from "./practice.ts";

const SUBMITTER = {
  organizationName: "Elm Street Family Medicine",
  submitterIdentification: "ELMSTREET",
  contactInformation: { name: "Billing", phoneNumber: "217-555-0100" },
};

/** The encounter under an id and a claim number of its own; the member id says what becomes of it. */
function named(encounter: Encounter, id: string, memberId: string): Encounter {
  return {
    ...encounter,
    externalId: id,
    submitter: SUBMITTER,
    subscriber: { ...encounter.subscriber, memberId },
    claimInformation: { ...encounter.claimInformation, patientControlNumber: id },
  };
}

const { predetermination = dentalWith({}) } = dentalSamples();

const ENCOUNTERS: readonly Encounter[] = [
  named(encounterWith({}), "P1", "PAID_1"),
  named(stayWith({}), "I1", "PAID_2"),
  named(visitWith({}), "I2", "PARTIAL_3"),
  named(stayWith({ placeOfServiceCode: "18" }), "I3", "DENIED_29_4"),
  named(dentalWith({}), "D1", "PAID_5"),
  named(dentalWith({}), "D2", "DENIED_197_6"),
  named(predetermination, "D3", "PAID_7"),
];
const CHARGED = 14550 + 921215 + 96550 + 921215 + 26500 + 26500;

async function generate(practice: Practice) {
  const held: Happening[] = [];
  const text = JSON.stringify(ENCOUNTERS);
  const done = await generateClaims(practice.app, practice.actor, text, (one) => {
    if (one.kind === "finding" && one.severity === "error") held.push(one);
  });
  expect(held).to.deep.equal([]);
  return done;
}

function answersTo(files: readonly { readonly text: string }[]) {
  const bytes = files.map(({ text }) => Buffer.from(text));
  const options = { seed: "kinds", today: "2026-06-30", startingControlNumber: 1 };
  return simulatePayer(bytes, options);
}

/** Every cent that was charged is paid, adjusted, the patient's, or denied and open. */
async function expectSettled(practice: Practice): Promise<void> {
  expect(await practice.parked()).to.deep.equal([]);
  expect(await practice.differences()).to.equal(0);
  const accounts = await practice.accounts();
  expect(accounts.revenue).to.equal(-CHARGED);
  expect(Object.values(accounts).reduce((sum, cents) => sum + cents, 0)).to.equal(0);
  for (const number of ["P1", "I1", "D1"]) {
    const claim = await practice.claim(number);
    expect(claim, number).to.include({ openInsuranceCents: 0 });
    expect(claim.paidCents, number).to.be.greaterThan(0);
  }
  for (const number of ["I3", "D2"]) {
    const claim = await practice.claim(number);
    expect(claim.openInsuranceCents, number).to.equal(claim.chargeCents);
  }
}

describe("claims of all kinds, end to end", () => {
  const newPractice = practices();

  it("go out in a file of their guide, are acknowledged, paid or denied, and posted", async () => {
    const practice = newPractice();
    const { files, summary } = await generate(practice);
    expect(summary).to.include({ claims: 7, held: 0, batches: 3 });
    expect(files.map(({ name }) => name.slice(0, 4))).to.deep.equal(["837P", "837I", "837D"]);
    const answers = answersTo(files);
    expect(answers.filter(({ kind }) => kind === "999")).to.have.length(3);
    for (const { name, text } of answers) {
      const { told } = await practice.ingest(text, name);
      expect(told.filter(({ kind, severity }) => kind === "finding" && severity === "error")).to.be
        .empty;
    }
    await expectSettled(practice);
    const items = await practice.items();
    const kinds = items.map((item) => item.split(" ")[0]).sort();
    expect(kinds).to.deep.equal(["denial", "denial", "records-request"]);
  });

  it("are found again when another system sent them, by revenue code and tooth's procedure too", async () => {
    const practice = newPractice();
    const { files } = await generate(newPractice());
    for (const { name, text } of files) {
      const { summary } = await practice.ingest(text, name);
      expect(summary.findings, name).to.equal(0);
    }
    for (const { name, text } of answersTo(files)) {
      await practice.ingest(text.replace(/REF\*6R\*[^~]*~/g, "REF*6R*LOST~"), name);
    }
    await expectSettled(practice);
  });

  it("charge nothing for a predetermination, and tell its answer", async () => {
    const practice = newPractice();
    const { files } = await generate(practice);
    const [, , dental = ""] = files.map(({ text }) => text);
    expect(dental).to.match(/CLM\*D3\*4800\*.*\*PB~/);
    for (const { name, text } of answersTo(files)) await practice.ingest(text, name);
    const claim = await practice.claim("D3");
    expect(claim).to.include({ openInsuranceCents: 0, paidCents: 0, contractualCents: 0 });
    expect(claim.timeline.map(({ event }) => event)).to.include("noted");
  });
});
