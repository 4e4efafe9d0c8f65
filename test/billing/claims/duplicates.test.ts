import { expect } from "chai";
import {
  type BatchContext,
  checkClaims,
  type SubmittedBefore,
  serviceKeys,
} from "../../../src/billing/claims/index.ts";
import type { Encounter } from "../../../src/billing/intake/index.ts";
import {
  ALL_CODES,
  encounterWith,
  plainEncounter,
  plainLine,
  plainService,
  TODAY,
} from "./sample-encounters.ts";

const never: SubmittedBefore = {
  externalId: () => false,
  patientControlNumber: () => false,
  service: () => false,
};

function errorsOf(encounters: Encounter[], before?: SubmittedBefore): string[][] {
  const context: BatchContext = { today: TODAY, codeSets: ALL_CODES, before: before ?? never };
  return checkClaims(encounters, context).map(({ findings }) =>
    findings.map(({ code, pointer }) => `${code} ${pointer}`),
  );
}

const plain = plainEncounter();
const nextDay = encounterWith(
  {
    claimChargeAmount: "20",
    serviceLines: [plainLine("36415", "20", { serviceDate: "20260303" })],
  },
  { externalId: "V-2" },
);
const LINE = "/claimInformation/serviceLines";

describe("duplicates", () => {
  it("lets different encounters of one patient pass", () => {
    expect(errorsOf([plain, nextDay])).to.deep.equal([[], []]);
  });

  it("holds the second encounter with one external id", () => {
    expect(errorsOf([plain, { ...nextDay, externalId: "V-1" }])).to.deep.equal([
      [],
      ["duplicate-external-id /externalId"],
    ]);
  });

  it("holds the second claim with one patient control number", () => {
    const numbered = (encounter: Encounter): Encounter => ({
      ...encounter,
      claimInformation: { ...encounter.claimInformation, patientControlNumber: "A1" },
    });
    expect(errorsOf([numbered(plain), numbered(nextDay)])[1]).to.deep.equal([
      "duplicate-patient-control-number /claimInformation/patientControlNumber",
    ]);
  });

  it("holds the same service of the same patient, however the date is written", () => {
    const again = encounterWith(
      {
        claimChargeAmount: "30",
        serviceLines: [plainLine("36415", "30", { serviceDate: "20260302" })],
      },
      { externalId: "V-3" },
    );
    expect(errorsOf([plain, again])[1]).to.deep.equal([`duplicate-service ${LINE}/0`]);
  });

  it("lets a service pass that is said to be done again, or to replace", () => {
    const line = plainLine("36415", "20");
    const professionalService = { ...plainService("36415", "20"), procedureModifiers: ["91"] };
    const repeated = encounterWith(
      { claimChargeAmount: "20", serviceLines: [{ ...line, professionalService }] },
      { externalId: "V-4" },
    );
    const replacing = encounterWith(
      { claimFrequencyCode: "7", claimSupplementalInformation: { claimControlNumber: "1" } },
      { externalId: "V-5" },
    );
    expect(errorsOf([plain, repeated, replacing])).to.deep.equal([[], [], []]);
  });

  it("asks the store too", () => {
    const [key] = serviceKeys(plain);
    expect(errorsOf([plain], { ...never, externalId: (id) => id === "V-1" })[0]).to.deep.equal([
      "duplicate-external-id /externalId",
    ]);
    expect(errorsOf([plain], { ...never, service: (asked) => asked === key })[0]).to.deep.equal([
      `duplicate-service ${LINE}/0`,
    ]);
  });

  it("tell patients, providers and modifiers apart", () => {
    const [key] = serviceKeys(plain);
    const others = [
      { ...plain, subscriber: { ...plain.subscriber, memberId: "Z" } },
      { ...plain, subscriber: { ...plain.subscriber, firstName: "Bob" } },
      { ...plain, rendering: { npi: "1679576722", lastName: "Bright" } },
    ];
    for (const other of others) expect(serviceKeys(other)[0]).to.not.equal(key);
  });
});
