import type { Encounter } from "../billing/intake/encounter.ts";
import { type SamplePayer, samplePayer } from "./payers.ts";
import {
  type HomeAddress,
  inventAddress,
  inventPerson,
  inventSurname,
  type Person,
} from "./people.ts";
import { happens, pick, pickWeighted, type Random, shortCode } from "./random.ts";

/** How a patient stands to the subscriber: PAT01. */
type Relationship = NonNullable<Encounter["dependent"]>["relationshipToSubscriberCode"];

/** An invented patient with the coverage that he or she brings. */
export interface Patient {
  readonly person: Person;
  readonly address: HomeAddress;
  readonly payer: SamplePayer;
  readonly memberId: string;
  readonly groupNumber: string | undefined;
  /** The subscriber, when that is another person. */
  readonly subscriber: { readonly person: Person; readonly relationship: Relationship } | undefined;
  readonly secondary:
    | { readonly payer: SamplePayer; readonly memberId: string; readonly group: string | undefined }
    | undefined;
}

interface AgeGroup {
  readonly weight: number;
  readonly ages: readonly [number, number];
  /** Payer identifiers, each as often as it is listed. */
  readonly payers: readonly string[];
}

const MEDICARE_LIKE = "90001";
const MEDICAID_LIKE = "90002";
const AGE_GROUPS: readonly AgeGroup[] = [
  { weight: 24, ages: [0, 17], payers: [MEDICAID_LIKE, MEDICAID_LIKE, "90003", "90004", "90005"] },
  { weight: 46, ages: [18, 64], payers: [MEDICAID_LIKE, "90003", "90003", "90004", "90005"] },
  { weight: 30, ages: [66, 92], payers: [...Array<string>(6).fill(MEDICARE_LIKE), "90004"] },
];
const SECONDARY_PERCENT = 45;
const SPOUSE_PERCENT = 18;

/** A patient with coverage; `key` makes the member identifiers unique. */
export function inventPatient(random: Random, today: string, key: string): Patient {
  const group = pickWeighted(random, AGE_GROUPS, ({ weight }) => weight);
  const payer = samplePayer(pick(random, group.payers));
  const person = inventPerson(random, today, group.ages, inventSurname(random));
  return {
    person,
    address: inventAddress(random),
    payer,
    memberId: memberId(payer, key),
    groupNumber: isCommercial(payer) ? `GRP${shortCode(`${key}group`, 4)}` : undefined,
    subscriber: subscriberOf(random, today, person, payer),
    secondary: secondaryOf(random, payer, key),
  };
}

function subscriberOf(
  random: Random,
  today: string,
  patient: Person,
  payer: SamplePayer,
): Patient["subscriber"] {
  if (!isCommercial(payer)) return undefined;
  if (patient.age < 18) {
    const parent = inventPerson(
      random,
      today,
      [patient.age + 22, patient.age + 38],
      patient.lastName,
    );
    return { person: parent, relationship: "19" };
  }
  if (patient.age > 64 || !happens(random, SPOUSE_PERCENT)) return undefined;
  const spouse = inventPerson(random, today, [patient.age, patient.age + 4], patient.lastName);
  return { person: spouse, relationship: "01" };
}

function secondaryOf(random: Random, payer: SamplePayer, key: string): Patient["secondary"] {
  if (payer.id !== MEDICARE_LIKE || !happens(random, SECONDARY_PERCENT)) return undefined;
  const secondary = samplePayer(pick(random, [MEDICAID_LIKE, "90003", "90003", "90004"]));
  return {
    payer: secondary,
    memberId: memberId(secondary, `${key}secondary`),
    group: isCommercial(secondary) ? "SUPPLEMENT" : undefined,
  };
}

function isCommercial(payer: SamplePayer): boolean {
  return payer.id !== MEDICARE_LIKE && payer.id !== MEDICAID_LIKE;
}

function memberId(payer: SamplePayer, key: string): string {
  return `${payer.id.slice(-1)}X${shortCode(`${payer.id}|${key}`, 9)}`;
}
