import { expect } from "chai";
import {
  type BatchContext,
  type CodeAnswer,
  checkClaim,
  EDITS,
  type EditCodeSet,
} from "../../../src/billing/claims/index.ts";
import type { Adjustment, Encounter } from "../../../src/billing/intake/index.ts";
import { DENTAL_EDIT_ROWS } from "./dental-edit-rows.ts";
import { dentalSamples } from "./dental-encounters.ts";
import type { EditRow } from "./edit-row.ts";
import { INSTITUTIONAL_EDIT_ROWS } from "./institutional-edit-rows.ts";
import { institutionalSamples } from "./institutional-encounters.ts";
import {
  ALL_CODES,
  encounterWith,
  plainEncounter,
  plainLine,
  plainService,
  sampleEncounters,
  TODAY,
} from "./sample-encounters.ts";

const CONTEXT: BatchContext = { today: TODAY, codeSets: ALL_CODES };

type Claim = Encounter["claimInformation"];
type Service = ReturnType<typeof plainService>;

const plain = plainEncounter();
const secondary = sampleEncounters()["secondary with line decisions"] ?? plain;

function withClaim(claim: Partial<Claim>): Encounter {
  return encounterWith(claim);
}

function withAccidentIn(autoAccidentCountryCode: string): Encounter {
  const claimDateInformation = { accidentDate: "20260301" };
  return withClaim({ relatedCausesCode: ["AA"], autoAccidentCountryCode, claimDateInformation });
}

/** One line of $145.50 with the service changed. */
function withService(service: Partial<Service>): Encounter {
  const line = plainLine("99213", "145.50");
  const professionalService = { ...plainService("99213", "145.50"), ...service };
  return encounterWith({ serviceLines: [{ ...line, professionalService }] });
}

function withSubscriber(change: Partial<Encounter["subscriber"]>): Encounter {
  return { ...plain, subscriber: { ...plain.subscriber, ...change } };
}

function withBilling(change: Partial<Encounter["billing"]>): Encounter {
  return { ...plain, billing: { ...plain.billing, ...change } };
}

function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _left, ...rest } = value;
  return rest;
}

function pointers(...diagnosisCodePointers: string[]): Partial<Service> {
  return { compositeDiagnosisCodePointers: { diagnosisCodePointers } };
}

const LINE = "/claimInformation/serviceLines/0";
const SERVICE = `${LINE}/professionalService`;
const DIAGNOSIS = "/claimInformation/healthCareCodeInformation";
const address = { address1: "9 Oak Ave", city: "Peoria", state: "IL", postalCode: "61602" };
const child = {
  relationshipToSubscriberCode: "19",
  firstName: "Bea",
  lastName: "Ample",
  gender: "F",
  dateOfBirth: "20150601",
  address,
} as const;
const abk = (diagnosisCode: string) => ({ diagnosisTypeCode: "ABK" as const, diagnosisCode });
const abf = (diagnosisCode: string) => ({ diagnosisTypeCode: "ABF" as const, diagnosisCode });
const [, strep = plainLine("36415", "20")] = plain.claimInformation.serviceLines;

const ROWS: readonly EditRow[] = [
  ...INSTITUTIONAL_EDIT_ROWS,
  ...DENTAL_EDIT_ROWS,
  [
    "member-id",
    "/subscriber/memberId",
    { ...plain, subscriber: without(plain.subscriber, "memberId") },
    plain,
  ],
  [
    "subscriber-name",
    "/subscriber/lastName",
    { ...plain, subscriber: without(plain.subscriber, "lastName") },
    { ...withSubscriber({ organizationName: "Acme Inc" }), dependent: child },
  ],
  [
    "patient-demographics",
    "/subscriber/gender",
    { ...plain, subscriber: without(plain.subscriber, "gender") },
    { ...plain, subscriber: without(plain.subscriber, "gender"), dependent: child },
  ],
  [
    "dependent-is-subscriber",
    "/dependent",
    { ...plain, dependent: { ...child, firstName: "ANN", dateOfBirth: "19800229" } },
    { ...plain, dependent: child },
    "warning",
  ],
  [
    "billing-address",
    "/billing/address/address1",
    withBilling({ address: { ...address, address1: "P.O. Box 7" } }),
    plain,
  ],
  [
    "address-format",
    "/subscriber/address/postalCode",
    withSubscriber({ address: { ...address, postalCode: "6160" } }),
    withSubscriber({
      address: { address1: "1 Rue", city: "Paris", countryCode: "FR", postalCode: "75" },
    }),
  ],
  ["full-zip-code", "/billing/address/postalCode", withBilling({ address }), plain, "warning"],
  [
    "payer-sequence",
    "/claimInformation/otherSubscriberInformation/0/paymentResponsibilityLevelCode",
    { ...secondary, subscriber: plain.subscriber },
    secondary,
  ],
  [
    "payer-sequence",
    "/subscriber/paymentResponsibilityLevelCode",
    withSubscriber({ paymentResponsibilityLevelCode: "S" }),
    plain,
  ],
  [
    "medicare-secondary-type",
    "/subscriber/insuranceTypeCode",
    { ...secondary, claimInformation: { ...secondary.claimInformation, claimFilingCode: "MB" } },
    encounterWith({ claimFilingCode: "MB" }),
  ],
  ["payer-name", "/tradingPartnerName", without(plain, "tradingPartnerName"), plain, "warning"],
  ["npi-check-digit", "/billing/npi", withBilling({ npi: "1234567890" }), plain],
  [
    "npi-check-digit",
    `${LINE}/renderingProvider/npi`,
    encounterWith({
      serviceLines: [
        plainLine("99213", "145.50", { renderingProvider: { npi: "1111111111", lastName: "X" } }),
      ],
    }),
    plain,
  ],
  ["billing-npi", "/billing/npi", { ...plain, billing: without(plain.billing, "npi") }, plain],
  [
    "provider-name",
    "/referring/organizationName",
    { ...plain, referring: { organizationName: "Elm Clinic" } },
    { ...plain, referring: { lastName: "Bright" } },
  ],
  ["tax-id-format", "/billing/employerId", withBilling({ employerId: "12345678" }), plain],
  [
    "tax-id-format",
    "/billing/employerId",
    { ...plain, billing: without(plain.billing, "employerId") },
    { ...plain, billing: { ...without(plain.billing, "employerId"), ssn: "123-45-6789" } },
  ],
  [
    "taxonomy-format",
    "/rendering/taxonomyCode",
    { ...plain, rendering: { lastName: "R", taxonomyCode: "207Q" } },
    plain,
  ],
  [
    "patient-control-number",
    "/claimInformation/patientControlNumber",
    withClaim({ patientControlNumber: "123456789012345678901" }),
    withClaim({ patientControlNumber: "12345678901234567890" }),
  ],
  [
    "frequency-reference",
    "/claimInformation/claimSupplementalInformation/claimControlNumber",
    withClaim({ claimFrequencyCode: "8" }),
    withClaim({
      claimFrequencyCode: "8",
      claimSupplementalInformation: { claimControlNumber: "1" },
    }),
  ],
  [
    "frequency-reference",
    "/claimInformation/claimSupplementalInformation/claimControlNumber",
    withClaim({ claimSupplementalInformation: { claimControlNumber: "1" } }),
    plain,
    "warning",
  ],
  [
    "attachment-control-number",
    "/claimInformation/claimSupplementalInformation/reportInformations/0/attachmentControlNumber",
    withClaim({
      claimSupplementalInformation: {
        reportInformations: [{ attachmentReportTypeCode: "OZ", attachmentTransmissionCode: "FX" }],
      },
    }),
    withClaim({
      claimSupplementalInformation: {
        reportInformations: [{ attachmentReportTypeCode: "OZ", attachmentTransmissionCode: "AA" }],
      },
    }),
  ],
  [
    "calendar-date",
    "/subscriber/dateOfBirth",
    withSubscriber({ dateOfBirth: "1981-02-29" }),
    plain,
  ],
  [
    "future-date",
    "/claimInformation/claimDateInformation/accidentDate",
    withClaim({ claimDateInformation: { accidentDate: "20260321" } }),
    withClaim({ claimDateInformation: { authorizedReturnToWorkDate: "20260501" } }),
  ],
  [
    "service-date-order",
    `${LINE}/serviceDateEnd`,
    withClaim({ serviceLines: [plainLine("99213", "145.50", { serviceDateEnd: "20260301" })] }),
    withClaim({ serviceLines: [plainLine("99213", "145.50", { serviceDateEnd: "20260303" })] }),
  ],
  [
    "before-birth",
    `${LINE}/serviceDate`,
    withSubscriber({ dateOfBirth: "20260303" }),
    withSubscriber({ dateOfBirth: "20260302" }),
  ],
  [
    "timely-filing",
    `${LINE}/serviceDate`,
    withClaim({ serviceLines: [plainLine("99213", "145.50", { serviceDate: "20250319" })] }),
    withClaim({ serviceLines: [plainLine("99213", "145.50", { serviceDate: "20250320" })] }),
    "warning",
  ],
  [
    "claim-date-order",
    "/claimInformation/claimDateInformation/dischargeDate",
    withClaim({ claimDateInformation: { admissionDate: "20260302", dischargeDate: "20260301" } }),
    withClaim({ claimDateInformation: { admissionDate: "20260301", dischargeDate: "20260301" } }),
  ],
  [
    "accident",
    "/claimInformation/autoAccidentStateCode",
    withClaim({ relatedCausesCode: ["AA"], claimDateInformation: { accidentDate: "20260301" } }),
    withClaim({ relatedCausesCode: ["EM"] }),
  ],
  [
    "accident",
    "/claimInformation/autoAccidentStateCode",
    withAccidentIn("CA"),
    withAccidentIn("MX"),
  ],
  [
    "onset-date",
    "/claimInformation/claimDateInformation/symptomDate",
    withClaim({ claimDateInformation: { symptomDate: "20260303" } }),
    withClaim({ claimDateInformation: { symptomDate: "20260302" } }),
    "warning",
  ],
  [
    "principal-diagnosis",
    `${DIAGNOSIS}/0/diagnosisTypeCode`,
    withClaim({ healthCareCodeInformation: [abf("I10"), abf("E119")] }),
    withClaim({ healthCareCodeInformation: [abk("I10"), abf("E119")] }),
  ],
  [
    "diagnosis-duplicate",
    `${DIAGNOSIS}/1/diagnosisCode`,
    withClaim({ healthCareCodeInformation: [abk("E11.9"), abf("e119")] }),
    withClaim({ healthCareCodeInformation: [abk("E11.9"), abf("E118")] }),
  ],
  [
    "diagnosis-format",
    `${DIAGNOSIS}/0/diagnosisCode`,
    withClaim({ healthCareCodeInformation: [abk("250.00"), abf("I10")] }),
    withClaim({ healthCareCodeInformation: [abk("S72.001A"), abf("U07.1")] }),
  ],
  [
    "procedure-format",
    `${SERVICE}/procedureCode`,
    withService({ procedureCode: "9921" }),
    withService({ procedureCode: "0001U" }),
  ],
  [
    "modifier",
    `${SERVICE}/procedureModifiers/1`,
    withService({ procedureModifiers: ["25", "25"] }),
    withService({ procedureModifiers: ["25", "LT"] }),
  ],
  [
    "modifier",
    `${SERVICE}/procedureModifiers/0`,
    withService({ procedureModifiers: ["2"] }),
    plain,
  ],
  [
    "place-of-service",
    "/claimInformation/placeOfServiceCode",
    withClaim({ placeOfServiceCode: "1" }),
    plain,
  ],
  [
    "drug-code",
    `${LINE}/drugIdentification/nationalDrugCode`,
    withClaim({
      serviceLines: [
        plainLine("J1885", "145.50", {
          drugIdentification: {
            serviceIdQualifier: "N4",
            nationalDrugCode: "0026-0635-12",
            nationalDrugUnitCount: "1",
            measurementUnitCode: "ML",
          },
        }),
      ],
    }),
    sampleEncounters().drug ?? plain,
  ],
  [
    "diagnosis-pointer",
    `${SERVICE}/compositeDiagnosisCodePointers/diagnosisCodePointers/1`,
    withService(pointers("1", "3")),
    withService(pointers("2", "1")),
  ],
  [
    "diagnosis-pointer",
    `${SERVICE}/compositeDiagnosisCodePointers/diagnosisCodePointers/1`,
    withService(pointers("1", "01")),
    plain,
  ],
  [
    "units",
    `${SERVICE}/serviceUnitCount`,
    withService({ serviceUnitCount: "0.00" }),
    withService({ serviceUnitCount: "0.5" }),
  ],
  ["units", `${SERVICE}/serviceUnitCount`, withService({ serviceUnitCount: "-1" }), plain],
  [
    "anesthesia-minutes",
    `${SERVICE}/measurementUnit`,
    withService({ measurementUnit: "MJ" }),
    withService({ measurementUnit: "MJ", procedureCode: "00790" }),
    "warning",
  ],
  [
    "line-control-number",
    "/claimInformation/serviceLines/1/providerControlNumber",
    withClaim({
      serviceLines: [
        plainLine("99213", "125.50", { providerControlNumber: "A" }),
        { ...strep, providerControlNumber: "A" },
      ],
    }),
    withClaim({
      serviceLines: [
        plainLine("99213", "125.50", { providerControlNumber: "A" }),
        { ...strep, providerControlNumber: "B" },
      ],
    }),
  ],
  [
    "line-duplicate",
    "/claimInformation/serviceLines/1",
    withClaim({ claimChargeAmount: "40", serviceLines: [strep, strep] }),
    withClaim({
      claimChargeAmount: "40",
      serviceLines: [strep, { ...strep, serviceDate: "20260303" }],
    }),
    "warning",
  ],
  [
    "line-note",
    `${LINE}/goalRehabOrDischargePlans`,
    withClaim({
      serviceLines: [
        plainLine("99213", "145.50", { additionalNotes: "a", goalRehabOrDischargePlans: "b" }),
      ],
    }),
    withClaim({ serviceLines: [plainLine("99213", "145.50", { additionalNotes: "a" })] }),
  ],
  [
    "charge-balance",
    "/claimInformation/claimChargeAmount",
    withClaim({ claimChargeAmount: "145.51" }),
    withClaim({ claimChargeAmount: "0145.5" }),
  ],
  [
    "amount-negative",
    `${SERVICE}/lineItemChargeAmount`,
    withClaim({ serviceLines: [plainLine("99213", "-1.00"), plainLine("36415", "146.50")] }),
    plain,
  ],
  [
    "amount-range",
    "/claimInformation/claimChargeAmount",
    withClaim({
      claimChargeAmount: "10000000.00",
      serviceLines: [plainLine("99213", "9999999.99"), plainLine("36415", "0.01")],
    }),
    withClaim({
      claimChargeAmount: "9999999.99",
      serviceLines: [plainLine("99213", "9999999.99")],
    }),
  ],
  [
    "zero-charge",
    "/claimInformation/claimChargeAmount",
    withClaim({ claimChargeAmount: "0.00", serviceLines: [plainLine("99213", "0")] }),
    plain,
    "warning",
  ],
  [
    "other-payer-line-balance",
    `${LINE}/lineAdjudicationInformation/0/serviceLinePaidAmount`,
    changeFirstDecision(secondary, { serviceLinePaidAmount: "70.41" }),
    secondary,
  ],
  [
    "other-payer-claim-balance",
    "/claimInformation/otherSubscriberInformation/0/payerPaidAmount",
    changeOther(secondary, { payerPaidAmount: "80.41" }),
    secondary,
  ],
  [
    "other-payer-named",
    `${LINE}/lineAdjudicationInformation/0/otherPayerPrimaryIdentifier`,
    changeFirstDecision(secondary, { otherPayerPrimaryIdentifier: "00953" }),
    secondary,
  ],
  [
    "adjustment-count",
    "/claimInformation/otherSubscriberInformation/0/claimLevelAdjustments",
    changeOther(secondary, { claimLevelAdjustments: reasons(25) }),
    changeOther(secondary, { claimLevelAdjustments: reasons(24) }),
  ],
];

/** `count` reasons of group CO and one of PR. */
function reasons(count: number): Adjustment[] {
  const detail = { adjustmentReasonCode: "45", adjustmentAmount: "0.01" };
  return [
    { adjustmentGroupCode: "CO", adjustmentDetails: Array.from({ length: count }, () => detail) },
    { adjustmentGroupCode: "PR", adjustmentDetails: [detail] },
  ];
}

function changeFirstDecision(
  encounter: Encounter,
  change: Partial<
    NonNullable<Claim["serviceLines"][number]["lineAdjudicationInformation"]>[number]
  >,
): Encounter {
  const [line, ...rest] = encounter.claimInformation.serviceLines;
  const [decision] = line?.lineAdjudicationInformation ?? [];
  if (line === undefined || decision === undefined) throw new Error("no decision to change");
  const lineAdjudicationInformation = [{ ...decision, ...change }];
  const serviceLines = [{ ...line, lineAdjudicationInformation }, ...rest];
  return { ...encounter, claimInformation: { ...encounter.claimInformation, serviceLines } };
}

function changeOther(
  encounter: Encounter,
  change: Partial<NonNullable<Claim["otherSubscriberInformation"]>[number]>,
): Encounter {
  const [other] = encounter.claimInformation.otherSubscriberInformation ?? [];
  if (other === undefined) throw new Error("no other payer to change");
  const otherSubscriberInformation = [{ ...other, ...change }];
  return {
    ...encounter,
    claimInformation: { ...encounter.claimInformation, otherSubscriberInformation },
  };
}

describe("edits", () => {
  for (const [edit, pointer, faulted, passed, severity = "error"] of ROWS) {
    it(`${edit} faults ${pointer} and passes what is right (${severity})`, () => {
      const checked = checkClaim(faulted, CONTEXT);
      const found = checked.findings.filter((finding) => finding.code === edit);
      expect(found.map((finding) => finding.pointer)).to.include(pointer);
      expect(found.map((finding) => finding.severity)).to.include(severity);
      if (severity === "error") expect(checked.held).to.equal(true);
      for (const { message, fix, snip } of found) {
        expect(message).to.match(/^[A-Z].*\.$/);
        expect(fix).to.match(/^[A-Z].*\.$|…$/);
        expect(snip).to.be.within(1, 7);
      }
      const right = checkClaim(passed, CONTEXT).findings.map((finding) => finding.code);
      expect(right).to.not.include(edit);
    });
  }

  it("2.2.3 are each shown here, or with the code sets below", () => {
    const shown = new Set([...ROWS.map(([edit]) => edit), "diagnosis-code", "procedure-code"]);
    expect(EDITS.map((edit) => edit.id).filter((id) => !shown.has(id))).to.deep.equal([]);
    expect([...shown].filter((id) => !EDITS.some((edit) => edit.id === id))).to.deep.equal([]);
  });

  it("have ids of their own", () => {
    expect(new Set(EDITS.map((edit) => edit.id)).size).to.equal(EDITS.length);
  });

  it("find nothing in the samples and hold none", () => {
    const samples = { ...sampleEncounters(), ...institutionalSamples(), ...dentalSamples() };
    for (const [name, encounter] of Object.entries(samples)) {
      const { findings, held } = checkClaim(encounter, CONTEXT);
      expect(findings, name).to.deep.equal([]);
      expect(held).to.equal(false);
    }
  });

  it("put no value of the data into a finding", () => {
    for (const [, , faulted] of ROWS) {
      const said = JSON.stringify(checkClaim(faulted, CONTEXT).findings);
      for (const secret of ["Ample", "XYZ123456789", "Springfield", "1980", "Bright"]) {
        expect(said).to.not.include(secret);
      }
    }
  });
});

describe("edits with code sets", () => {
  const CASES: [EditCodeSet, edit: string, pointer: string][] = [
    ["icd10cm", "diagnosis-code", `${DIAGNOSIS}/0/diagnosisCode`],
    ["cpt", "procedure-code", `${SERVICE}/procedureCode`],
    ["modifier", "modifier", `${SERVICE}/procedureModifiers/0`],
    ["pos", "place-of-service", "/claimInformation/placeOfServiceCode"],
  ];
  const ANSWERS: [CodeAnswer, severity: string | undefined][] = [
    [{ status: "valid", complete: true }, undefined],
    [{ status: "unknown", complete: false }, "warning"],
    [{ status: "unknown", complete: true }, "error"],
    [{ status: "not-billable", complete: false }, "error"],
    [{ status: "not-yet-effective", complete: true }, "error"],
    [{ status: "expired", complete: true }, "error"],
  ];
  const encounter = withService({ procedureModifiers: ["25"] });
  for (const [set, edit, pointer] of CASES) {
    for (const [answer, severity] of ANSWERS) {
      const held = `${answer.complete ? "" : "in"}complete set`;
      it(`${edit}: ${answer.status}, ${held} → ${severity ?? "nothing"}`, () => {
        const asked: string[] = [];
        const codeSets: BatchContext["codeSets"] = {
          lookup(name, code, onDate) {
            if (name !== set) return undefined;
            asked.push(`${code} ${onDate}`);
            return answer;
          },
        };
        const { findings } = checkClaim(encounter, { today: TODAY, codeSets });
        const found = findings.filter((finding) => finding.pointer === pointer);
        expect(found.map((finding) => [finding.code, finding.severity])).to.deep.equal(
          severity === undefined ? [] : [[edit, severity]],
        );
        expect(asked[0]).to.match(/^[0-9A-Z]{2,7} 2026-03-02$/);
      });
    }
  }

  it("ask HCPCS for a code that begins with a letter", () => {
    const sets: string[] = [];
    const codeSets: BatchContext["codeSets"] = {
      lookup(set, code) {
        if (code === "J1885") sets.push(set);
        return undefined;
      },
    };
    checkClaim(withService({ procedureCode: "j1885" }), { today: TODAY, codeSets });
    expect(sets).to.deep.equal(["hcpcs"]);
  });
});
