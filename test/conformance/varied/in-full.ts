/** Persons, providers and payers of a claim with all that may be said of them. */
import type { Encounter } from "../../../src/billing/intake/index.ts";
import { inventAddress, inventPerson, inventSurname } from "../../../src/practice-payer/people.ts";
import type { Random } from "../../../src/practice-payer/random.ts";
import { inventCoverage } from "./coverage.ts";
import { inventProvider, TODAY } from "./parties.ts";
import { type Other, type Variation, withClaim } from "./variation.ts";

type Provider = NonNullable<Encounter["rendering"]>;

/** What payers know a provider by besides the NPI, as far as every loop has it. */
const PROVIDER_NUMBERS = {
  stateLicenseNumber: "OH-9",
  providerUpinNumber: "U12345",
  commercialNumber: "C-9",
} as const;

/** A person of the practice with a name in full and numbers. */
export function inventProviderInFull(random: Random): Provider {
  return { ...inventProvider(random), middleName: "Q", suffix: "III", ...PROVIDER_NUMBERS };
}

/** The same as a line has it: with the number that another payer gave. */
export function inventLineProviderInFull(random: Random) {
  const { commercialNumber: _number, ...provider } = inventProviderInFull(random);
  const secondaryIdentifier = [
    { qualifier: "G2" as const, identifier: "C-9", otherIdentifier: "80001" },
  ];
  return { ...provider, secondaryIdentifier };
}

/** Telephone and fax or electronic mail; a PER has room for three numbers. */
const CONTACTS = [
  { name: "Desk", phoneNumber: "614-555-0104", phoneExtension: "12", faxNumber: "614-555-0105" },
  { name: "Desk", phoneNumber: "6145550106", email: "desk@example.org" },
] as const;

/** A property and casualty contact has a telephone and its extension. */
export const TELEPHONES = [
  { name: "Home", phoneNumber: "614-555-0107", phoneExtension: "3" },
] as const;

function inventPatientInFull(random: Random): NonNullable<Encounter["dependent"]> {
  const { age: _age, ...person } = inventPerson(random, TODAY, [1, 60], inventSurname(random));
  return {
    ...person,
    middleName: "Ann",
    suffix: "II",
    ssn: "900-00-4321",
    relationshipToSubscriberCode: "19",
    address: { ...inventAddress(random), address2: "Unit 2" },
  };
}

/** An earlier payer with all that is known of it and of its insured, but for what it decided. */
function inventCoverageInFull(random: Random, kind: Encounter["kind"]): Other {
  const coverage = inventCoverage(random, "S", "80003");
  const { insuranceGroupOrPolicyNumber: _policy, ...plain } = coverage;
  return {
    ...plain,
    otherInsuredGroupName: "EXAMPLE EMPLOYER",
    ...(kind === undefined || kind === "professional"
      ? { patientSignatureGeneratedForPatient: true, insuranceTypeCode: "47" as const }
      : {}),
    otherSubscriberName: {
      ...coverage.otherSubscriberName,
      otherInsuredMiddleName: "Lee",
      otherInsuredNameSuffix: "SR",
      otherInsuredAdditionalIdentifier: "900005678",
    },
    otherPayerName: {
      ...coverage.otherPayerName,
      otherPayerAddress: inventAddress(random),
      otherPayerPriorAuthorizationNumber: "OPA-1",
      otherPayerPriorAuthorizationOrReferralNumber: "ORF-1",
      otherPayerClaimAdjustmentIndicator: true,
    },
  };
}

/** What all kinds of claims may say of persons, providers and payers. */
export const IN_FULL_VARIATIONS: readonly Variation[] = [
  {
    name: "patient in full",
    apply: (encounter, random) => ({ ...encounter, dependent: inventPatientInFull(random) }),
  },
  {
    name: "patient by a number of property and casualty",
    apply: (encounter, random) => {
      const { ssn: _ssn, ...patient } = inventPatientInFull(random);
      const dependent = { ...patient, memberId: "D-77" };
      const numbered = withClaim(encounter, { propertyCasualtyClaimNumber: "PC-2026-2" });
      return { ...numbered, dependent };
    },
  },
  {
    name: "subscriber in full",
    apply(encounter) {
      const { groupNumber: _group, ...subscriber } = encounter.subscriber;
      const numbers = { policyNumber: "POL-1", ssn: "900001234" };
      return { ...encounter, subscriber: { ...subscriber, ...numbers } };
    },
  },
  {
    name: "an employer is the subscriber",
    apply(encounter, random) {
      const { memberId, paymentResponsibilityLevelCode, address } = encounter.subscriber;
      const dependent = { ...inventPatientInFull(random), relationshipToSubscriberCode: "20" };
      return {
        ...encounter,
        subscriber: {
          ...(memberId === undefined ? {} : { memberId }),
          paymentResponsibilityLevelCode,
          ...(address === undefined ? {} : { address }),
          organizationName: "EXAMPLE FOUNDRY",
        },
        dependent,
      } as Encounter;
    },
  },
  {
    name: "payer's address, and a patient of a province",
    apply: (encounter, random) => ({
      ...encounter,
      payerAddress: { ...inventAddress(random), address2: "Claims" },
      subscriber: {
        ...encounter.subscriber,
        address: {
          address1: "1 Calle Ejemplo",
          city: "Guadalajara",
          countryCode: "MX",
          countrySubDivisionCode: "JAL",
          postalCode: "44100",
        },
      },
    }),
  },
  {
    name: "billing office by extension and fax",
    group: "contact",
    apply: (encounter) => withContact(encounter, 0),
  },
  {
    name: "billing office by mail",
    group: "contact",
    apply: (encounter) => withContact(encounter, 1),
  },
  {
    name: "another payer in full",
    group: "coverage",
    apply: (encounter, random) =>
      withClaim(encounter, {
        otherSubscriberInformation: [inventCoverageInFull(random, encounter.kind)],
      }),
  },
];

function withContact(encounter: Encounter, index: 0 | 1): Encounter {
  const contactInformation = CONTACTS[index];
  return { ...encounter, billing: { ...encounter.billing, contactInformation } };
}
