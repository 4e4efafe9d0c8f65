/** Invented patients, providers and payers of the varied claims. */
import type { Encounter } from "../../../src/billing/intake/index.ts";
import { npiOf } from "../../../src/practice-payer/npi.ts";
import { inventAddress, inventPerson, inventSurname } from "../../../src/practice-payer/people.ts";
import { pick, type Random, shortCode } from "../../../src/practice-payer/random.ts";
import type { Claim } from "./variation.ts";

/** The day on which all varied claims are made. */
export const TODAY = "2026-03-20";

/** Files sort by payer: the practice payer answers each. */
export const PAYERS = [
  ["90001", "MERIDIAN SENIOR COVERAGE", "MB"],
  ["90002", "OHIO COMMUNITY PLAN", "MC"],
  ["90003", "LARKSPUR HEALTH INSURANCE", "CI"],
  ["90004", "BLUE HERON PLAN OF OHIO", "BL"],
  ["90005", "SUMMIT MUTUAL BENEFITS", "CI"],
] as const;

/** A person of the practice or outside of it. */
export function inventProvider(random: Random) {
  const { firstName } = inventPerson(random, TODAY, [30, 60], "");
  const nineDigits = `1${String(random(100_000_000)).padStart(8, "0")}`;
  return { npi: npiOf(nineDigits), firstName, lastName: inventSurname(random) };
}

/** Subscriber, payer, submitter and billing provider of an encounter. */
export function inventParties(
  random: Random,
  number: string,
  billing: Encounter["billing"],
): Pick<
  Encounter,
  | "externalId"
  | "usageIndicator"
  | "tradingPartnerServiceId"
  | "tradingPartnerName"
  | "subscriber"
  | "billing"
> & { readonly claimFilingCode: Claim["claimFilingCode"] } {
  const [id, name, claimFilingCode] = pick(random, PAYERS);
  const { age: _age, ...person } = inventPerson(random, TODAY, [20, 90], inventSurname(random));
  return {
    externalId: number,
    usageIndicator: "P",
    tradingPartnerServiceId: id,
    tradingPartnerName: name,
    subscriber: {
      memberId: `M${shortCode(number, 9)}`,
      paymentResponsibilityLevelCode: "P",
      ...person,
      ...(random(2) === 0 ? {} : { groupNumber: `GRP-${random(1000)}` }),
      address: inventAddress(random),
    },
    billing,
    claimFilingCode,
  };
}

/** The most attachments that a claim may have. */
export const ATTACHMENTS = ["AA", "BM", "EL", "EM", "FX"].map(
  (attachmentTransmissionCode, index) => ({
    attachmentReportTypeCode: "OZ",
    attachmentTransmissionCode: attachmentTransmissionCode as "AA" | "BM" | "EL" | "EM" | "FX",
    ...(attachmentTransmissionCode === "AA" ? {} : { attachmentControlNumber: `ATT-${index}` }),
  }),
);
