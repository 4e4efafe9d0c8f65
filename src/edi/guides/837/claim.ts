/** Segments that stand in the claims and service lines of more than one 837. */
import {
  an,
  codes,
  composite,
  id,
  money,
  quantity,
  R,
  r,
  reference,
  S,
  times,
  unused,
  yesNo,
} from "../elements.ts";
import type { GuideElement, GuideSegment, Usage } from "../guide.ts";
import { UNIT } from "../meanings/amounts.ts";
import {
  ASSIGNMENT,
  ATTACHMENT,
  AUTHORIZATION_EXCEPTION,
  CAUSE,
  COMPLIANCE,
  CONDITION,
  CONDITION_CATEGORY,
  CONTRACT,
  DELAY,
  EXCEPTION,
  FACILITY_LIST,
  NOTE,
  PRICING,
  PRICING_REJECT,
  RELEASE,
  SERVICE_CODE,
  TRANSMISSION,
} from "../meanings/claims.ts";
import { IDENTIFIER } from "../meanings/parties.ts";
import { REFERENCE } from "../meanings/references.ts";
import { segment } from "../segments.ts";

/** PWK01 of medical claims. */
export const MEDICAL_ATTACHMENTS =
  "03 04 05 06 07 08 09 10 11 13 15 21 A3 A4 AM AS B2 B3 B4 BR BS BT CB CK CT D2 DA DB DG DJ DS " +
  "EB HC HR I5 IR LA M1 MT NN OB OC OD OE OX OZ P4 P5 PE PN PO PQ PY PZ RB RR RT RX SG V5 XP";
/** CAS01 of what other payers adjusted. */
export const ADJUSTMENT_GROUPS = "CO CR OA PI PR";

/** CLM05: where the care was given, and whether the claim is a first one. */
export function facility(list: "A" | "B", name: string, codeSet: string): GuideElement {
  return composite("Where and how often", R, [
    an(name, R, 1, 2, codeSet),
    id("List of the code", R, 1, 2, codes(list), FACILITY_LIST),
    id("Claim frequency", R, 1, 1, "claim-frequency"),
  ]);
}

/** CLM07 to CLM09: assignment, benefits, release of information. */
export function consents(assignments: string): GuideElement[] {
  return [
    id("Accepts assignment", R, 1, 1, codes(assignments), ASSIGNMENT),
    yesNo("Benefits assigned", R, "N W Y"),
    id("Release of information", R, 1, 1, RELEASE),
  ];
}

/** CLM11: what caused the condition, and where an automobile accident was. */
export const causes: GuideElement = composite("Cause of the condition", S, [
  id("Cause 1", R, 2, 3, CAUSE),
  id("Cause 2", S, 2, 3, CAUSE),
  ...unused(1),
  id("State of the accident", S, 2, 2, "state"),
  id("Country of the accident", S, 2, 3, "country"),
]);

/** CLM20. */
export const delay: GuideElement = id("Why late", S, 1, 2, DELAY);

/** REF*4N: why no authorization was asked. */
export const authorizationException: GuideSegment = segment(
  "REF",
  "Why no authorization was asked",
  S,
  1,
  [
    id("Kind of reference", R, 2, 3, codes("4N"), REFERENCE),
    reference("Reason", R, AUTHORIZATION_EXCEPTION),
    ...unused(2),
  ],
);

/** PWK: what else is sent, and how. */
export function attachment(name: string, kinds: string): GuideSegment {
  return segment("PWK", name, S, 10, [
    id("Kind of attachment", R, 2, 2, codes(kinds), ATTACHMENT),
    id("How it travels", R, 1, 2, codes("AA BM EL EM FT FX"), TRANSMISSION),
    ...unused(2),
    id("Kind of identifier", S, 1, 2, codes("AC"), IDENTIFIER),
    an("Attachment control number", S, 2, 80),
    ...unused(3),
  ]);
}

/** CN1: the contract by which the claim or line is priced. */
export function contract(): GuideSegment {
  return segment("CN1", "Contract", S, 1, [
    id("Kind of contract", R, 2, 2, CONTRACT),
    money("Amount", S),
    r("Percentage", S, 1, 6),
    reference("Contract", S),
    r("Discount percentage", S, 1, 6),
    an("Version", S, 1, 30),
  ]);
}

/** K3. */
export function fixedFormat(): GuideSegment {
  return segment("K3", "Fixed format information", S, 10, [an("Data", R, 1, 80), ...unused(2)]);
}

/** NTE. */
export function note(name: string, repeat: number, kinds: string): GuideSegment {
  return segment("NTE", name, S, repeat, [
    id("Kind of note", R, 3, 3, codes(kinds), NOTE),
    an("Text", R, 1, 80),
  ]);
}

/** CRC: conditions of one category. */
export function conditions(
  name: string,
  repeat: number,
  category: string,
  answers: string,
  values: string,
  count: number,
): GuideSegment {
  return segment("CRC", name, S, repeat, [
    id("Category", R, 2, 2, codes(category), CONDITION_CATEGORY),
    yesNo("Applies", R, answers),
    ...times(count, (ordinal) => [
      id(`Condition ${ordinal}`, ordinal === 1 ? R : S, 2, 3, codes(values), CONDITION),
    ]),
    ...unused(5 - count),
  ]);
}

/** CRC*ZZ: what came of an early and periodic screening. */
export const screeningReferral: GuideSegment = conditions(
  "Early and periodic screening referral",
  1,
  "ZZ",
  "N Y",
  "AV NU S2 ST",
  3,
);

/** What the guides tell differently of repricing: usage of elements, and their codes. */
export interface PricingShape {
  readonly methods: string;
  /** HCP08, where the guide uses it for the revenue code. */
  readonly revenue?: Usage;
  /** HCP09 and HCP10: kinds of service code; absent where the guide uses neither. */
  readonly services?: string;
  /** HCP11 and HCP12: units; absent where the guide uses neither. */
  readonly units?: string;
}

/** HCP: how a third party priced the claim or line. */
export function pricing(name: string, shape: PricingShape): GuideSegment {
  const { methods, revenue, services, units } = shape;
  return segment("HCP", name, S, 1, [
    id("Method", R, 2, 2, codes(methods), PRICING),
    money("Allowed", R),
    money("Saved", S),
    reference("Who repriced", S),
    r("Per diem or flat rate", S, 1, 9),
    reference("Patient group code", S),
    money("Patient group amount", S),
    ...(revenue === undefined ? unused(1) : [an("Revenue code", revenue, 1, 48, "revenue")]),
    ...(services === undefined
      ? unused(2)
      : [
          id("Kind of service code", S, 2, 2, codes(services), SERVICE_CODE),
          an("Service code", S, 1, 48),
        ]),
    ...(units === undefined
      ? unused(2)
      : [id("Unit", S, 2, 2, codes(units), UNIT), quantity("Units", S)]),
    id("Why rejected", S, 2, 2, PRICING_REJECT),
    id("Compliance with the policy", S, 1, 2, COMPLIANCE),
    id("Exception", S, 1, 2, EXCEPTION),
  ]);
}
