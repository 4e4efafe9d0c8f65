/** What all kinds of claims may say of patient, subscriber, payer and billing provider. */
import type { Encounter } from "../../../src/billing/intake/index.ts";
import { inventAddress, inventPerson, inventSurname } from "../../../src/practice-payer/people.ts";
import { pick } from "../../../src/practice-payer/random.ts";
import { COVERAGE_VARIATIONS } from "./coverage.ts";
import { IN_FULL_VARIATIONS } from "./in-full.ts";
import { TODAY } from "./parties.ts";
import { type Variation, withClaim } from "./variation.ts";

const RELATIONSHIPS = ["01", "19", "20", "21", "39", "40", "53", "G8"] as const;

/** What all kinds of claims may say of patient, payers and billing provider. */
export const PARTY_VARIATIONS: readonly Variation[] = [
  {
    name: "patient is not the subscriber",
    apply(encounter, random) {
      const { age: _age, ...person } = inventPerson(random, TODAY, [1, 60], inventSurname(random));
      const relationshipToSubscriberCode = pick(random, RELATIONSHIPS);
      const dependent = { ...person, relationshipToSubscriberCode, address: inventAddress(random) };
      return { ...encounter, dependent };
    },
  },
  ...IN_FULL_VARIATIONS,
  ...COVERAGE_VARIATIONS,
  {
    name: "test file",
    apply: (encounter) => ({ ...encounter, usageIndicator: "T" }),
  },
  {
    name: "pay-to address",
    apply: (encounter, random) => ({ ...encounter, payToAddress: inventAddress(random) }),
  },
  {
    name: "patient abroad",
    apply: (encounter) => ({
      ...encounter,
      subscriber: {
        ...encounter.subscriber,
        address: {
          address1: "1 Rue de l'Exemple",
          address2: "Etage 3",
          city: "Paris",
          countryCode: "FR",
          postalCode: "75001",
        },
      },
    }),
  },
  {
    name: "names as long as they may be",
    apply: (encounter) => ({
      ...encounter,
      subscriber: {
        ...encounter.subscriber,
        lastName: "L".repeat(60),
        firstName: "F".repeat(35),
        middleName: "M".repeat(25),
        suffix: "JR",
        subscriberGroupName: "G".repeat(60),
      },
    }),
  },
  {
    name: "replacement",
    group: "frequency",
    apply: (encounter) => corrected(encounter, "7"),
  },
  { name: "void", group: "frequency", apply: (encounter) => corrected(encounter, "8") },
  {
    name: "encounter report",
    group: "report",
    apply: (encounter) => ({ ...encounter, claimIdentifier: "RP" }),
  },
  {
    name: "late, and why",
    apply: (encounter, random) =>
      withClaim(encounter, {
        delayReasonCode: pick(random, ["1", "3", "7", "11", "15"] as const),
      }),
  },
  {
    name: "file information",
    apply: (encounter) =>
      withClaim(encounter, { fileInformationList: ["STATE DATA 1", "K".repeat(80)] }),
  },
  {
    name: "property and casualty",
    apply: (encounter) => withClaim(encounter, { propertyCasualtyClaimNumber: "PC-2026-1" }),
  },
];

function corrected(encounter: Encounter, claimFrequencyCode: "7" | "8"): Encounter {
  const { claimSupplementalInformation: references } = encounter.claimInformation;
  return withClaim(encounter, {
    claimFrequencyCode,
    claimSupplementalInformation: { ...references, claimControlNumber: "2026077000123" },
  });
}
