/** 277, answer about the status of claims: 005010X212. */
import {
  beginning,
  clearinghouseNumber,
  nameLoop,
  payerClaimControlNumber,
  status,
  trace,
  typeOfBill,
} from "./claim-status.ts";
import { an, codes, date, money, procedure, quantity, R, S, unused } from "./elements.ts";
import type { Guide, GuideElement, GuideLoop, GuideSegment, Usage } from "./guide.ts";
import { ROLE } from "./meanings/parties.ts";
import { dtp, level, loop, MANY, nm1, per, ref, se, segment, st } from "./segments.ts";

const VERSIONS = ["005010X212"];
/** STC01-3 of claims and lines names anybody who may stand in a claim. */
const ANYBODY = Object.keys(ROLE);

/** STC of a level above the claims: only a status and its date. */
function statusOfLevel(name: string, entities: string): GuideSegment {
  return segment("STC", name, R, MANY, [
    status("Status 1", R, codes(entities)),
    date("Effective", R),
    ...unused(7),
    status("Status 2", S, ANYBODY),
    status("Status 3", S, ANYBODY),
    ...unused(1),
  ]);
}

/** STC of a claim or line; a claim's tells what was paid and how as well. */
function stc(name: string, payment: readonly GuideElement[]): GuideSegment {
  return segment("STC", name, R, MANY, [
    status("Status 1", R, ANYBODY, "pharmacy"),
    date("Effective", R),
    ...unused(1),
    ...payment,
    status("Status 2", S, ANYBODY, "pharmacy"),
    status("Status 3", S, ANYBODY, "pharmacy"),
    ...unused(1),
  ]);
}

const claimStatus: GuideSegment = stc("Status of the claim", [
  money("Charge", S),
  money("Paid", S),
  date("Date of the decision or payment", S),
  ...unused(1),
  date("Date of the check or transfer", S),
  an("Number of the check or transfer", S, 1, 16),
]);

function serviceLine(loopId: string): GuideLoop {
  return loop(loopId, "Service line", S, MANY, [
    segment("SVC", "Service line", R, 1, [
      procedure("Service", R, "AD ER HC HP IV N4 NU WK", "N"),
      money("Charge", R),
      money("Paid", R),
      an("Revenue code", S, 1, 48, "revenue"),
      ...unused(2),
      quantity("Units submitted", R),
    ]),
    stc("Status of the line", unused(6)),
    ref("Line item control number", S, 1, "FJ"),
    dtp("Date of service", R, 1, "472", "D8 RD8"),
  ]);
}

function claim(loopId: string, usage: Usage, serviceLoopId: string): GuideLoop {
  return loop(loopId, "Claim that is answered about", usage, MANY, [
    trace("Trace number of the request", "2"),
    claimStatus,
    payerClaimControlNumber,
    typeOfBill,
    ref("Patient control number", S, 1, "EJ"),
    ref("Prescription", S, 1, "XZ"),
    ref("Voucher", S, 1, "VV"),
    clearinghouseNumber,
    dtp("Date of service", S, 1, "472", "D8 RD8"),
    serviceLine(serviceLoopId),
  ]);
}

const dependentLevel: GuideLoop = level("2000E", "Dependent", S, "23", ["2000D"], "", [
  nameLoop("2100E", "Dependent", 1, "QC", { kinds: "1", last: R, suffix: S }),
  claim("2200E", R, "2220E"),
]);

const subscriberLevel: GuideLoop = level("2000D", "Subscriber", S, "22", ["2000C"], "0 1", [
  nameLoop("2100D", "Subscriber", 1, "IL", {
    kinds: "1 2",
    last: R,
    suffix: S,
    id: [R, "24 II MI"],
  }),
  claim("2200D", S, "2220D"),
  dependentLevel,
]);

const providerLevel: GuideLoop = level("2000C", "Provider", S, "19", ["2000B"], "0 1", [
  nameLoop("2100C", "Provider", 2, "1P", {
    kinds: "1 2",
    last: S,
    suffix: S,
    id: [R, "FI SV XX"],
  }),
  loop("2200C", "Status at the provider", S, 1, [
    trace("Provider's reference", "1"),
    statusOfLevel("Status at the provider", "1P"),
  ]),
  subscriberLevel,
]);

const receiverLevel: GuideLoop = level("2000B", "Who asked", R, "21", ["2000A"], "0 1", [
  nameLoop("2100B", "Who asked", 1, "41", { kinds: "1 2", last: S, id: [R, "46"] }),
  loop("2200B", "Status at who asked", S, 1, [
    trace("Reference of who asked", "2"),
    statusOfLevel("Status at who asked", "41 AY PR"),
  ]),
  providerLevel,
]);

const payerLevel: GuideLoop = level("2000A", "Payer", R, "20", [], "1", [
  loop("2100A", "Payer", R, 1, [
    nm1("Payer", R, "PR", { kinds: "2", last: R, id: [R, "PI XV"] }),
    per("Payer's contact", S, 1, "IC", S, [
      [R, "ED EM FX TE"],
      [S, "ED EM EX FX TE"],
      [S, "ED EM EX FX TE"],
    ]),
  ]),
  receiverLevel,
]);

/**
 * The 277 as data (X12 005010X212); one claim (2200D or 2200E) at a time. Above them, 2200B and
 * 2200C tell why nothing can be said of any claim.
 */
export const guide277: Guide = {
  transactionSet: "277",
  versions: VERSIONS,
  name: "277",
  functionalIdentifier: "HN",
  unitLoops: ["2200D", "2200E"],
  root: loop("ST", "Answer about the status of claims", R, 1, [
    st("277", VERSIONS),
    beginning("0010", "08", "DG"),
    payerLevel,
    se(),
  ]),
};
