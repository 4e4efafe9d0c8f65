/** 276, request for the status of claims: 005010X212. */
import {
  beginning,
  clearinghouseNumber,
  nameLoop,
  payerClaimControlNumber,
  trace,
  typeOfBill,
} from "./claim-status.ts";
import { an, codes, id, money, procedure, quantity, R, S, unused } from "./elements.ts";
import type { Guide, GuideLoop, GuideSegment, Usage } from "./guide.ts";
import { DATE_FORMAT } from "./meanings/dates.ts";
import { SEX } from "./meanings/parties.ts";
import { amt, dtp, level, loop, MANY, ref, se, segment, st } from "./segments.ts";

const VERSIONS = ["005010X212"];

function demographics(name: string, usage: Usage): GuideSegment {
  return segment("DMG", name, usage, 1, [
    id("Format of the date", R, 2, 3, codes("D8"), DATE_FORMAT),
    an("Date of birth", R, 1, 35),
    id("Sex", S, 1, 1, codes("F M"), SEX),
    ...unused(8),
  ]);
}

function serviceLine(loopId: string): GuideLoop {
  return loop(loopId, "Service line", S, MANY, [
    segment("SVC", "Service line", R, 1, [
      procedure("Service", R, "AD ER HC HP IV N4 NU WK", "N"),
      money("Charge", R),
      ...unused(1),
      an("Revenue code", S, 1, 48, "revenue"),
      ...unused(2),
      quantity("Units submitted", S),
    ]),
    ref("Line item control number", S, 1, "FJ"),
    dtp("Date of service", R, 1, "472", "D8 RD8"),
  ]);
}

function claim(loopId: string, usage: Usage, serviceLoopId: string): GuideLoop {
  return loop(loopId, "Claim that is asked about", usage, MANY, [
    trace("Trace number of the request", "1"),
    payerClaimControlNumber,
    typeOfBill,
    ref("Location of the system", S, 1, "LU"),
    ref("Group number", S, 1, "6P"),
    ref("Patient control number", S, 1, "EJ"),
    ref("Prescription", S, 1, "XZ"),
    clearinghouseNumber,
    amt("Charge", S, 1, "T3"),
    dtp("Date of service", S, 1, "472", "D8 RD8"),
    serviceLine(serviceLoopId),
  ]);
}

const dependentLevel: GuideLoop = level("2000E", "Dependent", S, "23", ["2000D"], "", [
  demographics("Dependent's birth and sex", R),
  nameLoop("2100E", "Dependent", 1, "QC", { kinds: "1", last: R, suffix: S }),
  claim("2200E", R, "2210E"),
]);

const subscriberLevel: GuideLoop = level("2000D", "Subscriber", R, "22", ["2000C"], "0 1", [
  demographics("Subscriber's birth and sex", S),
  nameLoop("2100D", "Subscriber", 1, "IL", {
    kinds: "1 2",
    last: R,
    suffix: S,
    id: [R, "24 II MI"],
  }),
  claim("2200D", S, "2210D"),
  dependentLevel,
]);

const providerLevel: GuideLoop = level("2000C", "Provider", R, "19", ["2000B"], "1", [
  nameLoop("2100C", "Provider", 2, "1P", {
    kinds: "1 2",
    last: S,
    suffix: S,
    id: [R, "FI SV XX"],
  }),
  subscriberLevel,
]);

const receiverLevel: GuideLoop = level("2000B", "Who asks", R, "21", ["2000A"], "1", [
  nameLoop("2100B", "Who asks", 1, "41", { kinds: "1 2", last: S, id: [R, "46"] }),
  providerLevel,
]);

const payerLevel: GuideLoop = level("2000A", "Payer", R, "20", [], "1", [
  nameLoop("2100A", "Payer", 1, "PR", { kinds: "2", last: R, id: [R, "PI XV"] }),
  receiverLevel,
]);

/** The 276 as data (X12 005010X212); one claim (2200D or 2200E) at a time. */
export const guide276: Guide = {
  transactionSet: "276",
  versions: VERSIONS,
  name: "276",
  functionalIdentifier: "HR",
  unitLoops: ["2200D", "2200E"],
  root: loop("ST", "Request for the status of claims", R, 1, [
    st("276", VERSIONS),
    beginning("0010", "13"),
    payerLevel,
    se(),
  ]),
};
