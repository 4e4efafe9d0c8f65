import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "chai";
import { checkClaims } from "../../src/billing/claims/index.ts";
import { serviceOf } from "../../src/billing/intake/index.ts";
import { isNpi } from "../../src/edi/codes/index.ts";
import { syntheticEncounters, syntheticFaults } from "../../src/practice-payer/index.ts";

const ORDER = { count: 264, seed: "variety", today: "2025-11-20" };

/** Knows one code that cannot be billed; every other is valid. */
const CODE_SETS = {
  lookup: (_set: string, code: string) =>
    ({ status: code === "M54" ? "not-billable" : "valid", complete: true }) as const,
};

describe("syntheticEncounters", () => {
  const encounters = syntheticEncounters(ORDER);
  const faults = syntheticFaults(ORDER);

  it("gives the same encounters for the same seed, and others for another", () => {
    expect(syntheticEncounters(ORDER)).to.deep.equal(encounters);
    const other = syntheticEncounters({ ...ORDER, seed: "another" });
    expect(other[0]).to.not.deep.equal(encounters[0]);
  });

  it("gives an encounter that does not depend on how many are asked for", () => {
    const fewer = syntheticEncounters({ ...ORDER, count: 40 });
    expect(fewer).to.deep.equal(encounters.slice(0, 40));
  });

  it("varies payers, procedures, diagnoses, places, modifiers and number of lines", () => {
    const distinct = (values: (string | undefined)[]) => new Set(values).size;
    const claims = encounters.map(({ claimInformation }) => claimInformation);
    const lines = claims.flatMap(({ serviceLines }) => serviceLines);
    const services = lines.map(serviceOf);
    const diagnoses = claims.flatMap((claim) => claim.healthCareCodeInformation ?? []);
    expect(distinct(encounters.map((each) => each.tradingPartnerServiceId))).to.equal(5);
    expect(distinct(claims.map((each) => each.claimFilingCode))).to.equal(4);
    expect(distinct(services.map((each) => each.procedureCode))).to.be.at.least(40);
    expect(distinct(diagnoses.map((each) => each.diagnosisCode))).to.be.at.least(50);
    expect(distinct(claims.map((each) => each.placeOfServiceCode))).to.be.at.least(4);
    expect(distinct(encounters.map((each) => each.rendering?.npi))).to.be.at.least(9);
    const modifiers = new Set(services.flatMap((each) => each.procedureModifiers ?? []));
    expect([...modifiers]).to.include.members(["25", "59", "RT", "LT", "GP", "95", "QW"]);
    const lengths = claims.map(({ serviceLines }) => serviceLines.length);
    expect(Math.min(...lengths)).to.equal(1);
    expect(Math.max(...lengths)).to.be.within(5, 6);
    expect(claims.some((each) => each.claimSupplementalInformation?.priorAuthorizationNumber)).to.be
      .true;
    expect(claims.some((each) => each.otherSubscriberInformation)).to.be.true;
    expect(encounters.some(({ dependent }) => dependent)).to.be.true;
    expect(encounters.some(({ referring }) => referring)).to.be.true;
  });

  it("gives every encounter a number of its own", () => {
    expect(new Set(encounters.map(({ externalId }) => externalId)).size).to.equal(ORDER.count);
    const numbers = encounters.map((each) => each.claimInformation.patientControlNumber ?? "");
    expect(new Set(numbers).size).to.equal(ORDER.count);
    expect(numbers.every((number) => /^[A-Z0-9]{1,20}$/.test(number))).to.be.true;
  });

  it("keeps to the encounter schema", () => {
    const schema = JSON.parse(readFileSync("schemas/encounter.schema.json", "utf8"));
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
    for (const encounter of encounters) {
      expect(validate(encounter), JSON.stringify(validate.errors)).to.be.true;
    }
  });

  it("treats only patients whom the care and the payer suit", () => {
    for (const { dependent, subscriber, claimInformation } of encounters) {
      const born = Number((dependent?.dateOfBirth ?? subscriber.dateOfBirth ?? "").slice(0, 4));
      const age = 2025 - born;
      const codes = claimInformation.serviceLines.map(
        (each) => serviceOf(each).procedureCode ?? "",
      );
      if (claimInformation.claimFilingCode === "MB") expect(age).to.be.at.least(65);
      if (codes.some((code) => /^9939[1-4]$/.test(code))) expect(age).to.be.at.most(18);
      if (codes.includes("G0439")) expect(claimInformation.claimFilingCode).to.equal("MB");
    }
  });

  it("falls within the 90 days before today, but for what is dated wrongly on purpose", () => {
    for (const { externalId, claimInformation } of encounters) {
      const late = faults.get(externalId ?? "") === "future-date";
      for (const { serviceDate = "" } of claimInformation.serviceLines.slice(late ? 1 : 0)) {
        expect(serviceDate >= "20250822" && serviceDate < "20251120", serviceDate).to.be.true;
      }
    }
  });

  it("has valid NPIs, but for the wrong one", () => {
    for (const { externalId, billing, rendering, referring } of encounters) {
      const wrong = faults.get(externalId ?? "") === "npi-check-digit";
      expect(isNpi(billing.npi ?? "")).to.be.true;
      expect(isNpi(rendering?.npi ?? "")).to.equal(!wrong);
      if (referring !== undefined) expect(isNpi(referring.npi ?? "")).to.be.true;
    }
  });

  it("is faulty in about 3 of 100, with every kind of fault", () => {
    expect(faults.size).to.be.within(7, 9);
    expect([...new Set(faults.values())].length).to.equal(6);
  });

  it("has its faults found by the edits, and nothing else held", () => {
    const context = { today: ORDER.today, codeSets: CODE_SETS };
    const held = checkClaims(encounters, context).filter((each) => each.held);
    const ids = held.map(({ encounter }) => encounter.externalId);
    expect(ids).to.have.members([...faults.keys()]);
  });

  it("says nothing of the fault in the encounter", () => {
    const text = JSON.stringify(encounters);
    for (const fault of faults.values()) {
      if (fault !== "duplicate") expect(text).to.not.include(fault);
    }
    expect(text).to.not.match(/fault|duplicate/i);
  });
});
