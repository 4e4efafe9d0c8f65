/** Loops 2320 and 2330A to 2330B: another coverage of the patient, and what its payer did. */
import { id, R, S, unused, yesNo } from "../elements.ts";
import type { GuideLoop, GuideSegment } from "../guide.ts";
import { RELEASE, SIGNATURE } from "../meanings/claims.ts";
import { address, amt, cas, dtp, loop, moa, nm1, ref, segment } from "../segments.ts";
import { ADJUSTMENT_GROUPS } from "./claim.ts";
import { otherCoverage as coverage } from "./subscriber.ts";

/** What the guides tell differently of another coverage. */
export interface OtherCoverageShape {
  /** Professional claims tell why Medicare pays second, and who signed for the patient. */
  readonly professional: boolean;
  /** MIA, where the guide uses it. */
  readonly inpatient?: GuideSegment;
  /** How many social security numbers the other subscriber may have (REF of 2330A). */
  readonly subscriberNumbers: number;
  /** Whether the other payer may have predetermined benefits (REF*G3 of 2330B). */
  readonly predetermination: boolean;
  /** Loops 2330C and on: providers as the other payer knows them. */
  readonly providers: readonly GuideLoop[];
}

function terms(professional: boolean): GuideSegment {
  return segment("OI", "Terms of the other coverage", R, 1, [
    ...unused(2),
    yesNo("Benefits assigned", R, "N W Y"),
    ...(professional ? [id("Who signed for the patient", S, 1, 1, SIGNATURE)] : unused(1)),
    ...unused(1),
    id("Release of information", R, 1, 1, RELEASE),
  ]);
}

function otherSubscriber(numbers: number): GuideLoop {
  return loop("2330A", "Other subscriber", R, 1, [
    nm1("Other subscriber", R, "IL", { kinds: "1 2", last: R, suffix: S, id: [R, "II MI"] }),
    ...address("Other subscriber", S),
    ref("Other subscriber's social security number", S, numbers, "SY"),
  ]);
}

function otherPayer(predetermination: boolean): GuideLoop {
  return loop("2330B", "Other payer", R, 1, [
    nm1("Other payer", R, "PR", { kinds: "2", last: R, id: [R, "PI XV"] }),
    ...address("Other payer", S),
    dtp("Date of the check or remittance", S, 1, "573"),
    ref("Other payer's other identifiers", S, 2, "2U EI FY NF"),
    ref("Other payer's prior authorization", S, 1, "G1"),
    ref("Other payer's referral", S, 1, "9F"),
    ref("Other payer adjusts an earlier claim", S, 1, "T4"),
    ...(predetermination ? [ref("Other payer's predetermination", S, 1, "G3")] : []),
    ref("Other payer's claim control number", S, 1, "F8"),
  ]);
}

/** Loop 2320. */
export function otherCoverage(shape: OtherCoverageShape): GuideLoop {
  const { professional, inpatient, subscriberNumbers, predetermination, providers } = shape;
  return loop("2320", "Other coverage", S, 10, [
    coverage(professional ? "medicare-second" : undefined),
    cas("Adjustments of the claim", 5, ADJUSTMENT_GROUPS),
    amt("Paid by the other payer", S, 1, "D"),
    amt("Not covered by the other payer", S, 1, "A8"),
    amt("Remaining patient liability", S, 1, "EAF"),
    terms(professional),
    ...(inpatient === undefined ? [] : [inpatient]),
    moa(),
    otherSubscriber(subscriberNumbers),
    otherPayer(predetermination),
    ...providers,
  ]);
}
