import type { Encounter } from "../billing/intake/encounter.ts";
import type { Specialty } from "./care.ts";
import { npiOf } from "./npi.ts";
import { pick, type Random } from "./random.ts";

type Provider = NonNullable<Encounter["rendering"]>;

/** The sample practice as an 837 names it: submitter, receiver and billing provider. */
export interface PracticeProfile {
  readonly submitter: NonNullable<Encounter["submitter"]>;
  readonly receiver: NonNullable<Encounter["receiver"]>;
  readonly billing: NonNullable<Encounter["billing"]>;
  /** Number of the laboratory's certificate (REF*X4). */
  readonly cliaNumber: string;
}

/**
 * The sample practice's submitter, receiver and billing data; invented, with a valid NPI check
 * digit.
 */
export function practiceProfile(): PracticeProfile {
  return {
    submitter: {
      organizationName: "SAMPLETON MEDICAL GROUP",
      submitterIdentification: "SAMPLETON01",
      contactInformation: { name: "BILLING OFFICE", phoneNumber: "6145550100" },
    },
    receiver: { organizationName: "PRACTICE CLEARINGHOUSE", receiverId: "PRACTICEPAYER" },
    billing: {
      npi: npiOf("199999900"),
      employerId: "990000100",
      taxonomyCode: "193200000X",
      organizationName: "SAMPLETON MEDICAL GROUP",
      address: {
        address1: "100 SPECIMEN STREET",
        city: "SAMPLETON",
        state: "OH",
        postalCode: "432150100",
      },
      contactInformation: { name: "BILLING OFFICE", phoneNumber: "6145550100" },
    },
    cliaNumber: "36D9999999",
  };
}

/** A provider of the practice who renders this kind of care. */
export function renderingProvider(random: Random, specialty: Specialty): Provider {
  const [taxonomyCode, names] = STAFF[specialty];
  const [lastName, firstName, nineDigits] = pick(random, names);
  return { npi: npiOf(nineDigits), taxonomyCode, lastName, firstName };
}

/** A colleague from outside who sent the patient. */
export function referringProvider(random: Random): Provider {
  const [lastName, firstName, nineDigits] = pick(random, REFERRERS);
  return { npi: npiOf(nineDigits), lastName, firstName };
}

type StaffName = readonly [lastName: string, firstName: string, nineDigits: string];

const STAFF: Readonly<Record<Specialty, readonly [taxonomy: string, readonly StaffName[]]>> = {
  family: [
    "207Q00000X",
    [
      ["MOCKRIDGE", "AUDREY", "199999901"],
      ["SAMPLEBY", "CONRAD", "199999902"],
    ],
  ],
  paediatrics: ["208000000X", [["FABLEMAN", "ROSALIND", "199999903"]]],
  cardiology: ["207RC0000X", [["PRETENDWELL", "IMANI", "199999904"]]],
  orthopaedics: ["207X00000X", [["TRIALSTONE", "VIKTOR", "199999905"]]],
  behavioural: [
    "103TC0700X",
    [
      ["EXAMPLETON", "SIMONE", "199999906"],
      ["DEMOBROOK", "THEO", "199999907"],
    ],
  ],
  therapy: ["225100000X", [["SPECIMENHAM", "PAULA", "199999908"]]],
  dermatology: ["207N00000X", [["FICTIONSHAW", "OMAR", "199999909"]]],
  laboratory: ["207ZP0102X", [["IMAGINFIELD", "GRETA", "199999910"]]],
};

const REFERRERS: readonly StaffName[] = [
  ["ELSEWHERE", "NORA", "199999951"],
  ["OUTSIDER", "RAFAEL", "199999952"],
  ["NEARBY", "HANNAH", "199999953"],
];
