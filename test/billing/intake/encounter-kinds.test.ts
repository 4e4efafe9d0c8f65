import { expect } from "chai";
import { compileEncounterCheck, fieldAt } from "../../../src/billing/intake/index.ts";
import { dentalSamples, fillingVisit } from "../claims/dental-encounters.ts";
import {
  emergencyVisit,
  hospitalStay,
  institutionalSamples,
} from "../claims/institutional-encounters.ts";
import { encounterSchema, plainEncounter } from "../claims/sample-encounters.ts";

const check = compileEncounterCheck(encounterSchema());

describe("encounters by kind of claim", () => {
  for (const [name, encounter] of Object.entries({
    ...institutionalSamples(),
    ...dentalSamples(),
  })) {
    it(`accepts the sample: ${name}`, () => {
      expect(check(encounter).findings).to.deep.equal([]);
    });
  }

  it("is professional when it says nothing of its kind", () => {
    expect(check(plainEncounter()).findings).to.deep.equal([]);
    expect(check({ ...plainEncounter(), kind: "professional" }).findings).to.deep.equal([]);
  });

  it("refuses a kind that there is not", () => {
    const [finding] = check({ ...plainEncounter(), kind: "veterinary" }).findings;
    expect(finding?.pointer).to.equal("/kind");
    expect(finding?.message).to.include("professional, institutional, dental");
  });

  it("requires of each kind what its guide does", () => {
    const { claimCodeInformation: _codes, ...claim } = hospitalStay().claimInformation;
    expect(check({ ...hospitalStay(), claimInformation: claim }).findings).to.deep.equal([
      {
        severity: "error",
        code: "encounter-field-missing",
        snip: 1,
        loop: "2300",
        pointer: "/claimInformation/claimCodeInformation",
        message: "Admission information is missing (loop 2300).",
        fix: "Add it.",
      },
    ]);
    const [line] = plainEncounter().claimInformation.serviceLines;
    const { professionalService: _service, ...bare } = line ?? {};
    const plain = plainEncounter();
    const without = { ...plain.claimInformation, serviceLines: [bare] };
    const [missing] = check({ ...plain, claimInformation: without }).findings;
    expect(missing?.code).to.equal("encounter-field-missing");
    expect(missing?.pointer).to.equal("/claimInformation/serviceLines/0/professionalService");
  });

  it("says of which kind a field is that does not belong", () => {
    const [finding, ...others] = check({ ...emergencyVisit(), kind: "professional" }).findings;
    expect([finding, ...others].map((each) => each?.code)).to.include("encounter-field-kind");
    const strange = check({ ...plainEncounter(), attending: { npi: "1467560003" } }).findings;
    expect(strange.map(({ message, fix }) => [message, fix])).to.deep.equal([
      [
        "Encounter has attending, which is not of a professional claim.",
        'Remove attending, or write "kind": "institutional".',
      ],
    ]);
  });

  it("takes the codes that the guide of the kind lists", () => {
    const frequency = (claimFrequencyCode: string, encounter: object) => {
      const claim = (encounter as { claimInformation: object }).claimInformation;
      const changed = { ...encounter, claimInformation: { ...claim, claimFrequencyCode } };
      return check(changed).findings.map(({ code }) => code);
    };
    expect(frequency("4", hospitalStay())).to.deep.equal([]);
    expect(frequency("4", plainEncounter())).to.deep.equal(["encounter-field-value"]);
    expect(frequency("4", fillingVisit())).to.deep.equal(["encounter-field-value"]);
  });

  it("holds 999 lines of an institutional claim and 50 of the others", () => {
    const of = (encounter: ReturnType<typeof plainEncounter>, count: number) => {
      const { claimInformation } = encounter;
      const [line] = claimInformation.serviceLines;
      const serviceLines = Array.from({ length: count }, () => line);
      const changed = { ...encounter, claimInformation: { ...claimInformation, serviceLines } };
      return check(changed).findings.length;
    };
    expect([of(hospitalStay(), 999), of(hospitalStay(), 1000)]).to.deep.equal([0, 1]);
    expect([of(fillingVisit(), 50), of(fillingVisit(), 51)]).to.deep.equal([0, 1]);
  });

  const PLACES: [
    kind: "institutional" | "dental",
    pointer: string,
    loop: string | undefined,
    segment: string,
    element: number,
    box: string | undefined,
  ][] = [
    ["institutional", "/rendering/npi", "2310D", "NM1", 9, "78"],
    ["institutional", "/claimInformation/placeOfServiceCode", "2300", "CLM", 5, "4"],
    [
      "institutional",
      "/claimInformation/serviceLines/0/institutionalService/serviceLineRevenueCode",
      "2400",
      "SV2",
      1,
      "42",
    ],
    [
      "institutional",
      "/claimInformation/valueInformationList/0/1/valueCode",
      "2300",
      "HI",
      1,
      "39",
    ],
    [
      "dental",
      "/claimInformation/serviceLines/0/teethInformation/0/toothCode",
      "2400",
      "TOO",
      2,
      "27",
    ],
    [
      "dental",
      "/claimInformation/serviceLines/0/dentalService/compositeDiagnosisCodePointers/diagnosisCodePointers/0",
      "2400",
      "SV3",
      11,
      "29a",
    ],
  ];
  for (const [kind, pointer, loop, segment, element, box] of PLACES) {
    it(`knows where ${pointer} of a ${kind} claim stands`, () => {
      const { field } = fieldAt(pointer, kind);
      const { loop: itsLoop, segment: itsSegment, element: itsElement, box: itsBox } = field;
      expect([itsLoop, itsSegment, itsElement, itsBox]).to.deep.equal([
        loop,
        segment,
        element,
        box,
      ]);
    });
  }

  it("names the box of the paper form of the kind", () => {
    const { claimChargeAmount: _stay, ...stay } = hospitalStay().claimInformation;
    const { claimChargeAmount: _visit, ...visit } = fillingVisit().claimInformation;
    const messages = [
      check({ ...hospitalStay(), claimInformation: stay }).findings[0]?.message,
      check({ ...fillingVisit(), claimInformation: visit }).findings[0]?.message,
    ];
    expect(messages).to.deep.equal([
      "Claim charge is missing (loop 2300, CLM02, UB-04 FL 47).",
      "Claim charge is missing (loop 2300, CLM02, ADA box 32).",
    ]);
  });
});
