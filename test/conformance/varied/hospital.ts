/** Plain encounters of a hospital: visits to its outpatient department, and stays. */
import type { Encounter } from "../../../src/billing/intake/index.ts";
import { npiOf } from "../../../src/practice-payer/npi.ts";
import { between, pick, type Random } from "../../../src/practice-payer/random.ts";
import { inventParties, inventProvider } from "./parties.ts";
import { DIAGNOSES } from "./professional.ts";
import {
  type Claim,
  inventAmount,
  type Line,
  type Variation,
  withClaim,
  withLines,
} from "./variation.ts";

type Institutional = NonNullable<Line["institutionalService"]>;

/** A line of a revenue code. */
export function revenueLine(
  random: Random,
  serviceLineRevenueCode: string,
  more: Partial<Institutional> = {},
  rest: Partial<Line> = {},
): Line {
  const institutionalService: Institutional = {
    serviceLineRevenueCode,
    lineItemChargeAmount: inventAmount(random, 4000),
    measurementUnit: "UN",
    serviceUnitCount: String(between(random, 1, 9)),
    ...more,
  };
  return { institutionalService, ...rest };
}

/** A line with a procedure. */
export function hcpcs(
  random: Random,
  revenue: string,
  procedureCode: string,
  day = "20260302",
): Line {
  const service = { procedureIdentifier: "HC", procedureCode, serviceUnitCount: "1" } as const;
  return revenueLine(random, revenue, service, { serviceDate: day });
}

function facility(random: Random, number: string): { parties: Partial<Encounter>; claim: Claim } {
  const { claimFilingCode, ...parties } = inventParties(random, number, {
    npi: npiOf("199999980"),
    employerId: "990000200",
    taxonomyCode: "282N00000X",
    organizationName: "Sampleton General Hospital",
    address: {
      address1: "200 Specimen Street",
      city: "Sampleton",
      state: "OH",
      postalCode: "432150200",
    },
    contactInformation: { name: "Billing Office", phoneNumber: "614-555-0200" },
  });
  const claim: Claim = {
    // What Medicare pays for a stay, it pays as part A.
    claimFilingCode: claimFilingCode === "MB" ? "MA" : claimFilingCode,
    patientControlNumber: number,
    claimChargeAmount: "0",
    placeOfServiceCode: "13",
    claimFrequencyCode: "1",
    planParticipationCode: "A",
    benefitsAssignmentCertificationIndicator: "Y",
    releaseInformationCode: "Y",
    claimDateInformation: { statementBeginDate: "20260302", statementEndDate: "20260302" },
    claimCodeInformation: {
      admissionTypeCode: "3",
      admissionSourceCode: "1",
      patientStatusCode: "01",
    },
    principalDiagnosis: { principalDiagnosisCode: pick(random, DIAGNOSES) },
    serviceLines: [],
  };
  const attending = { ...inventProvider(random), taxonomyCode: "207R00000X" };
  return { parties: { kind: "institutional", ...parties, attending }, claim };
}

/** A visit to the outpatient department or the emergency room. */
function outpatientVisit(random: Random, number: string): Encounter {
  const { parties, claim } = facility(random, number);
  const urgent = random(2) === 0;
  const lines = [
    urgent ? hcpcs(random, "0450", "99284") : hcpcs(random, "0510", "99213"),
    hcpcs(random, "0300", "85025"),
    revenueLine(random, "0250", {}, { serviceDate: "20260302" }),
  ];
  const encounter = { ...parties, claimInformation: claim } as Encounter;
  const visit = withLines(encounter, lines.slice(0, between(random, 1, 3)));
  if (!urgent) return visit;
  return withClaim(visit, {
    claimCodeInformation: {
      admissionTypeCode: "1",
      admissionSourceCode: "1",
      patientStatusCode: "01",
    },
    patientReasonForVisits: [{ qualifierCode: "APR", patientReasonForVisitCode: "R0602" }],
  });
}

/** A hospital stay of some nights. */
function hospitalStay(random: Random, number: string): Encounter {
  const { parties, claim } = facility(random, number);
  const nights = between(random, 1, 9);
  const until = String(2 + nights).padStart(2, "0");
  const poa = pick(random, ["Y", "N", "U", "W"] as const);
  const stay = {
    ...parties,
    operatingPhysician: inventProvider(random),
    claimInformation: {
      ...claim,
      placeOfServiceCode: "11",
      claimDateInformation: {
        statementBeginDate: "20260302",
        statementEndDate: `202603${until}`,
        admissionDateAndHour: "202603021430",
        dischargeHour: "1100",
      },
      claimCodeInformation: {
        admissionTypeCode: pick(random, ["1", "2", "3"] as const),
        admissionSourceCode: pick(random, ["1", "2", "4", "8", "D"]),
        patientStatusCode: pick(random, ["01", "02", "03", "06", "20"]),
      },
      principalDiagnosis: {
        qualifierCode: "ABK",
        principalDiagnosisCode: "K3580",
        presentOnAdmissionIndicator: poa,
      },
      admittingDiagnosis: { qualifierCode: "ABJ", admittingDiagnosisCode: "R1031" },
      diagnosisRelatedGroupInformation: { drugRelatedGroupCode: "343" },
    },
  } as Encounter;
  const nightly = { measurementUnit: "DA", serviceUnitCount: String(nights) } as const;
  return withLines(stay, [
    revenueLine(random, pick(random, ["0120", "0110", "0200"]), nightly),
    revenueLine(random, "0250"),
    revenueLine(random, "0360"),
    revenueLine(random, "0270", { nonCoveredChargeAmount: "1.25" }),
  ]);
}

/** A plain institutional encounter: half of them stays. */
export function institutionalEncounter(random: Random, number: string): Encounter {
  return random(2) === 0 ? hospitalStay(random, number) : outpatientVisit(random, number);
}

/** Whether the encounter is a hospital stay. */
export function isStay({ claimInformation }: Encounter): boolean {
  return claimInformation.placeOfServiceCode === "11";
}

/** A variation of stays only; a visit is left as it is. */
export function ofStays(name: string, apply: Variation["apply"], group?: string): Variation {
  const own = group === undefined ? {} : { group };
  return {
    name,
    ...own,
    apply: (encounter, random) => (isStay(encounter) ? apply(encounter, random) : encounter),
  };
}
