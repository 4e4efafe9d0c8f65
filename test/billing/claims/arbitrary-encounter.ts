/** Valid encounters at random, for properties. */
import fc from "fast-check";
import type { Encounter } from "../../../src/billing/intake/index.ts";
import { plainEncounter } from "./sample-encounters.ts";

const LETTERS = [..."abcdefghijklmnopqrstuvwxyz ÉéüßØ'-.,&*~:^"];
const NPIS = ["1234567893", "1467560003", "1679576722"] as const;
const STATES = ["IL", "NY", "CA", "TX"] as const;

/** A name that keeps a letter after repair. */
const name = (most: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom(...LETTERS), maxLength: most - 1 })
    .map((text) => `A${text}`.slice(0, most));

const identifier = (most: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(..."ABCxyz0123456789-/#"), minLength: 2, maxLength: most });

const address = fc.record({
  address1: name(40),
  city: name(20).map((city) => `${city}ville`),
  state: fc.constantFrom(...STATES),
  postalCode: fc.constantFrom("62701", "62701-1234", "627011234"),
});

const cents = fc.integer({ min: 0, max: 99_999_999 });

/** Cents as people write them: "1", "1.5", "1.50", "01.50". */
function written(amount: number, style: number): string {
  const [whole, fraction] = [Math.floor(amount / 100), String(amount % 100).padStart(2, "0")];
  if (style === 0 && fraction === "00") return String(whole);
  if (style === 1 && fraction.endsWith("0")) return `${whole}.${fraction.charAt(0)}`;
  return style === 2 ? `0${whole}.${fraction}` : `${whole}.${fraction}`;
}

/** Told in minutes, others in units. */
const ANESTHESIA = "00790";

const line = fc.record({
  amount: cents,
  style: fc.nat(3),
  code: fc.constantFrom("99213", "36415", "J1885", "0001U", ANESTHESIA, "a0427"),
  modifiers: fc.uniqueArray(fc.constantFrom("25", "59", "LT", "rt", "GA"), { maxLength: 4 }),
  units: fc.constantFrom("1", "2", "10", "1.5", "0.25", "95.0"),
  pointers: fc.uniqueArray(fc.constantFrom("1", "2", "3"), { minLength: 1, maxLength: 3 }),
  day: fc.integer({ min: 1, max: 19 }),
  lasts: fc.boolean(),
  number: fc.option(fc.nat(99), { nil: undefined }),
});

type RandomLine = typeof line extends fc.Arbitrary<infer T> ? T : never;

function lineOf(
  random: RandomLine,
  index: number,
): Encounter["claimInformation"]["serviceLines"][number] {
  const day = String(random.day).padStart(2, "0");
  return {
    serviceDate: `2026-03-${day}`,
    ...(random.lasts ? { serviceDateEnd: "20260320" } : {}),
    ...(random.number === undefined ? {} : { providerControlNumber: `N${index}-${random.number}` }),
    professionalService: {
      procedureIdentifier: "HC",
      procedureCode: random.code,
      ...(random.modifiers.length > 0 ? { procedureModifiers: random.modifiers } : {}),
      lineItemChargeAmount: written(random.amount, random.style),
      measurementUnit: random.code === ANESTHESIA ? "MJ" : "UN",
      serviceUnitCount: random.units,
      compositeDiagnosisCodePointers: { diagnosisCodePointers: random.pointers },
    },
  };
}

const person = fc.record({
  firstName: name(20),
  lastName: name(30),
  gender: fc.constantFrom("F" as const, "M" as const, "U" as const),
  dateOfBirth: fc.constantFrom("19500101", "2000-02-29", "2026-02-28"),
  address,
});

/**
 * A valid encounter: names with signs and accents, amounts in every style, with and without a
 * dependent.
 */
export function arbitraryEncounter(): fc.Arbitrary<Encounter> {
  return fc
    .record({
      lines: fc.array(line, { minLength: 1, maxLength: 6 }),
      subscriber: person,
      memberId: identifier(20),
      groupNumber: fc.option(identifier(12), { nil: undefined }),
      dependent: fc.option(person, { nil: undefined }),
      billing: fc.constantFrom(...NPIS),
      rendering: fc.option(fc.constantFrom(...NPIS), { nil: undefined }),
      payerName: name(40),
      frequency: fc.constantFrom("1" as const, "7" as const, "8" as const),
      report: fc.boolean(),
    })
    .map((random) => {
      const plain = plainEncounter();
      const total = random.lines.reduce((sum, { amount }) => sum + amount, 0);
      const { groupNumber, dependent, rendering, frequency } = random;
      return {
        usageIndicator: "T",
        ...(random.report ? { claimIdentifier: "RP" as const } : {}),
        tradingPartnerServiceId: "60054",
        tradingPartnerName: random.payerName,
        subscriber: {
          ...random.subscriber,
          memberId: random.memberId,
          ...(groupNumber === undefined ? {} : { groupNumber }),
        },
        ...(dependent === undefined
          ? {}
          : { dependent: { ...dependent, relationshipToSubscriberCode: "19" as const } }),
        billing: { ...plain.billing, npi: random.billing },
        ...(rendering === undefined ? {} : { rendering: { npi: rendering, lastName: "Root" } }),
        claimInformation: {
          ...plain.claimInformation,
          claimFrequencyCode: frequency,
          ...(frequency === "1"
            ? {}
            : { claimSupplementalInformation: { claimControlNumber: "ICN-1" } }),
          claimChargeAmount: written(total, 3),
          healthCareCodeInformation: [
            { diagnosisTypeCode: "ABK", diagnosisCode: "E11.9" },
            { diagnosisTypeCode: "ABF", diagnosisCode: "i10" },
            { diagnosisTypeCode: "ABF", diagnosisCode: "J44.9" },
          ],
          serviceLines: random.lines.map(lineOf),
        },
      } satisfies Encounter;
    });
}
