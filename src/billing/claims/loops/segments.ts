import type { ElementValue, SegmentValue } from "../../../edi/x12/index.ts";
import {
  type Address,
  type Adjustment,
  type Contact,
  compactDate,
  type Encounter,
  isoDate,
} from "../../intake/index.ts";
import { formatAmount, parseAmount } from "../../money/index.ts";
import { capitals } from "../capitals.ts";

/** Numbers such as a tax id without the hyphens that people write. */
export function digitsOnly(text: string): string {
  return text.includes("-") ? text.replaceAll("-", "") : text;
}

/** A decimal without needless zeros: "01.50" → "1.5" (X12 type R). */
export function plainDecimal(text: string): string {
  if (text.length === 1 && text !== "0") return text;
  if (/^[1-9]\d*$/.test(text)) return text;
  const [whole = "", fraction = ""] = text.split(".");
  const point = fraction.replace(/0+$/, "");
  const front = whole.replace(/^0+(?=\d)/, "");
  return point === "" ? front : `${front}.${point}`;
}

/** An amount of an encounter as X12 writes it: "109.20" → "109.2". */
export function plainAmount(text: string): string {
  const cents = parseAmount(text);
  if (cents === undefined) throw new RangeError("an accepted encounter holds a bad amount");
  return formatAmount(cents);
}

/** A date of an encounter as X12 writes it (D8). */
export function plainDate(text: string): string {
  return text.length === 8 ? text : compactDate(isoDate(text) ?? text);
}

/** A period of two ISO calendar dates as X12 writes it (RD8). */
export function dayRange(from: string, to: string): string {
  return `${compactDate(from)}-${compactDate(to)}`;
}

/** The segments of a loop as they are gathered: most of what a claim may say, most do not. */
export type Segments = SegmentValue[];

/** A person or organization to name. */
export interface Named {
  readonly organizationName?: string;
  readonly lastName?: string;
  readonly firstName?: string;
  readonly middleName?: string;
  readonly suffix?: string;
}

/** NM1 of a person or organization in the role `role`; the id stands in NM108 and NM109. */
export function nm1(role: string, who: Named, qualifier = "", identifier = ""): SegmentValue {
  const kind = identifier === "" ? "" : qualifier;
  const { organizationName = "", lastName, firstName = "", middleName = "", suffix = "" } = who;
  if (lastName === undefined) {
    return ["NM1", role, "2", capitals(organizationName), "", "", "", "", kind, identifier];
  }
  const [last, first, middle] = [capitals(lastName), capitals(firstName), capitals(middleName)];
  return ["NM1", role, "1", last, first, middle, "", capitals(suffix), kind, identifier];
}

/**
 * Adds N3 and N4; none when there is no address. The country is sent only when it is not the United
 * States.
 */
export function addAddress(segments: Segments, address: Address | undefined): void {
  if (address === undefined) return;
  const { address1, address2 = "", city, state = "", postalCode = "" } = address;
  const country = capitals(address.countryCode ?? "");
  const abroad = country === "US" || country === "USA" ? "" : country;
  const subdivision = capitals(address.countrySubDivisionCode ?? "");
  const zip = digitsOnly(postalCode);
  segments.push(
    ["N3", capitals(address1), capitals(address2)],
    ["N4", capitals(city), capitals(state), zip, abroad, "", "", subdivision],
  );
}

/** Adds REF with a qualifier; none when there is no number. */
export function addRef(segments: Segments, qualifier: string, number: string | undefined): void {
  if (number !== undefined) segments.push(["REF", qualifier, number]);
}

/** Adds REF of each reference of the table that is told: property and qualifier. */
export function addReferences<Name extends string>(
  segments: Segments,
  references: { readonly [name in Name]?: string } | undefined,
  table: readonly (readonly [name: Name, qualifier: string])[],
): void {
  if (references === undefined) return;
  for (const [name, qualifier] of table) addRef(segments, qualifier, references[name]);
}

/** Adds AMT with a qualifier; none when there is no amount. */
export function addAmt(segments: Segments, qualifier: string, amount: string | undefined): void {
  if (amount !== undefined) segments.push(["AMT", qualifier, plainAmount(amount)]);
}

/** Adds DTP in format D8; none when there is no date. */
export function addDtp(segments: Segments, qualifier: string, date: string | undefined): void {
  if (date !== undefined) segments.push(["DTP", qualifier, "D8", plainDate(date)]);
}

/** Adds NTE with a qualifier; none when there is no text. */
export function addNote(segments: Segments, kind: string, text: string | undefined): void {
  if (text !== undefined) segments.push(["NTE", kind, capitals(text)]);
}

/** Adds K3 for each text. */
export function addFileInformation(segments: Segments, texts: readonly string[] | undefined): void {
  for (const text of texts ?? []) segments.push(["K3", capitals(text)]);
}

/**
 * Adds PER*IC; none when there is no way to reach anyone. An extension follows its telephone
 * number.
 */
export function addPer(segments: Segments, contact: Contact | undefined): void {
  if (contact === undefined) return;
  const { name = "", phoneNumber, phoneExtension, faxNumber, email } = contact;
  const numbers: string[] = [];
  if (phoneNumber !== undefined) numbers.push("TE", phoneNumber.replace(/[^0-9]/g, ""));
  if (phoneNumber !== undefined && phoneExtension !== undefined) numbers.push("EX", phoneExtension);
  if (faxNumber !== undefined) numbers.push("FX", faxNumber.replace(/[^0-9]/g, ""));
  if (email !== undefined && numbers.length < 6) numbers.push("EM", email);
  if (numbers.length > 0) segments.push(["PER", "IC", capitals(name), ...numbers]);
}

/** Adds CRC*ZZ of an early and periodic screening; none when it is not told. */
export function addEpsdtReferral(
  segments: Segments,
  referral: Encounter["claimInformation"]["epsdtReferral"],
): void {
  if (referral === undefined) return;
  const { certificationConditionCodeAppliesIndicator: given, conditionCodes } = referral;
  segments.push(["CRC", "ZZ", given, ...conditionCodes]);
}

/** CLM11: what the claim is related to; empty when to nothing. */
export function relatedCauses({
  relatedCausesCode: causes = [],
  autoAccidentStateCode: state = "",
  autoAccidentCountryCode: country = "",
}: Encounter["claimInformation"]): ElementValue {
  if (causes.length === 0) return "";
  return [causes[0] ?? "", causes[1] ?? "", "", capitals(state), capitals(country)];
}

/** Adds the CAS segments of the adjustments. */
export function addCas(segments: Segments, adjustments: readonly Adjustment[] | undefined): void {
  if (adjustments !== undefined) segments.push(...casSegments(adjustments));
}

/** The most reasons of one CAS segment. */
const REASONS = 6;

/** CAS: the reasons of one group stand in one segment, six at most, then in the next. */
export function casSegments(
  adjustments: readonly Adjustment[] | undefined,
): readonly SegmentValue[] {
  if (adjustments === undefined) return [];
  const groups = new Map<string, string[][]>();
  for (const { adjustmentGroupCode, adjustmentDetails } of adjustments) {
    const reasons = groups.get(adjustmentGroupCode) ?? [];
    groups.set(adjustmentGroupCode, reasons);
    for (const {
      adjustmentReasonCode,
      adjustmentAmount,
      adjustmentQuantity,
    } of adjustmentDetails) {
      const quantity = adjustmentQuantity === undefined ? "" : plainDecimal(adjustmentQuantity);
      reasons.push([adjustmentReasonCode, plainAmount(adjustmentAmount), quantity]);
    }
  }
  const segments: SegmentValue[] = [];
  for (const [group, reasons] of groups) {
    for (let at = 0; at < reasons.length; at += REASONS) {
      segments.push(["CAS", group, ...reasons.slice(at, at + REASONS).flat()]);
    }
  }
  return segments;
}
