/** Plain dental encounters. */
import type { Encounter } from "../../../src/billing/intake/index.ts";
import { npiOf } from "../../../src/practice-payer/npi.ts";
import { between, pick, type Random } from "../../../src/practice-payer/random.ts";
import { inventParties, inventProvider } from "./parties.ts";
import { inventAmount, type Line, withLines } from "./variation.ts";

type Dental = NonNullable<Line["dentalService"]>;

/** A line of a dental claim. */
export function dentalLine(
  random: Random,
  procedureCode: string,
  more: Partial<Dental> = {},
  rest: Partial<Line> = {},
): Line {
  const lineItemChargeAmount = inventAmount(random, 1500);
  const dentalService: Dental = { procedureCode, lineItemChargeAmount, ...more };
  const serviceDate = `202603${String(between(random, 1, 18)).padStart(2, "0")}`;
  return { serviceDate, dentalService, ...rest };
}

const LINES: readonly ((random: Random) => Line)[] = [
  (random) => dentalLine(random, pick(random, ["D0120", "D0140", "D0274", "D1110", "D1206"])),
  (random) =>
    dentalLine(
      random,
      "D2392",
      {},
      {
        teethInformation: [
          { toothCode: pick(random, ["3", "14", "19", "A", "T"]), toothSurfaceCodes: ["M", "O"] },
        ],
      },
    ),
  (random) =>
    dentalLine(
      random,
      "D2331",
      {},
      {
        teethInformation: [{ toothCode: "8", toothSurfaceCodes: ["I", "F"] }],
      },
    ),
  (random) =>
    dentalLine(random, "D4341", {
      oralCavityDesignation: [pick(random, ["10", "20", "30", "40"] as const)],
    }),
  (random) =>
    dentalLine(
      random,
      "D2740",
      { prosthesisCrownOrInlayCode: "I", description: "Crown" },
      {
        teethInformation: [{ toothCode: "30" }],
        serviceLineDateInformation: { treatmentStartDate: "20260201" },
      },
    ),
  (random) =>
    dentalLine(
      random,
      "D5213",
      { prosthesisCrownOrInlayCode: "R", oralCavityDesignation: ["01"] },
      {
        serviceLineDateInformation: { priorPlacementDate: "20150501" },
      },
    ),
  (random) =>
    dentalLine(
      random,
      "D7140",
      { procedureModifiers: ["59"] },
      {
        teethInformation: [{ toothCode: "1" }, { toothCode: "16" }],
        salesTaxAmount: "1.80",
        serviceLineReferenceInformation: { predeterminationOfBenefits: ["PD-9"] },
      },
    ),
];

/** A plain dental encounter. */
export function dentalEncounter(random: Random, number: string): Encounter {
  const { claimFilingCode, ...parties } = inventParties(random, number, {
    npi: npiOf("199999990"),
    employerId: "990000300",
    taxonomyCode: "1223G0001X",
    organizationName: "Sampleton Dental Group",
    address: {
      address1: "300 Specimen Street",
      city: "Sampleton",
      state: "OH",
      postalCode: "432150300",
    },
    contactInformation: { name: "Billing Office", phoneNumber: "614-555-0300" },
  });
  const encounter: Encounter = {
    kind: "dental",
    ...parties,
    rendering: { ...inventProvider(random), taxonomyCode: "1223G0001X" },
    claimInformation: {
      claimFilingCode,
      patientControlNumber: number,
      claimChargeAmount: "0",
      placeOfServiceCode: "11",
      claimFrequencyCode: "1",
      signatureIndicator: "Y",
      planParticipationCode: pick(random, ["A", "C"] as const),
      benefitsAssignmentCertificationIndicator: "Y",
      releaseInformationCode: "Y",
      serviceLines: [],
    },
  };
  const count = between(random, 1, 4);
  return withLines(
    encounter,
    Array.from({ length: count }, () => pick(random, LINES)(random)),
  );
}
