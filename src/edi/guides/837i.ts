/** 837I, institutional health care claim: 005010X223A2, and A3 which is alike in its data. */
import { billingProviderLevel } from "./837/billing-provider.ts";
import {
  attachment,
  authorizationException,
  consents,
  contract,
  delay,
  facility,
  fixedFormat,
  MEDICAL_ATTACHMENTS,
  note,
  pricing,
  screeningReferral,
} from "./837/claim.ts";
import { beginning, receiver, submitter } from "./837/header.ts";
import { otherCoverage } from "./837/other-coverage.ts";
import {
  FACILITY,
  lineProvider,
  otherPayerProvider,
  PROVIDER_PERSON,
  provider,
  serviceFacility,
} from "./837/provider.ts";
import { drug, lineAdjudication, lineNumber } from "./837/service-line.ts";
import { subscriberLevel } from "./837/subscriber.ts";
import { an, codes, id, money, procedure, quantity, R, S, times, unused } from "./elements.ts";
import type { Guide, GuideElement, GuideLoop, GuideSegment, Usage } from "./guide.ts";
import { type CodeShape, code } from "./health-care-code.ts";
import { UNIT } from "./meanings/amounts.ts";
import { amt, dtp, loop, mia, ref, se, segment, st } from "./segments.ts";

const VERSIONS = ["005010X223A2", "005010X223A3", "005010X223A1", "005010X223"];
const INSTITUTIONAL_SERVICES = "ER HC HP IV WK";
const PRICING_METHODS = "00 01 02 03 04 05 06 07 08 09 10 11 12 13 14";
const HOME_CARE_NOTES = "ALG DCP DGN DME MED NTR ODT RHB RLH RNH SET SFM SPT UPI";

// Loop 2300: its own segments.

const claim: GuideSegment = segment("CLM", "Claim", R, 1, [
  an("Patient control number", R, 1, 38),
  money("Charge", R),
  ...unused(2),
  facility("A", "Type of bill, first two digits", "type-of-bill"),
  ...unused(1),
  ...consents("A B C"),
  ...unused(10),
  delay,
]);

const claimDates: readonly GuideSegment[] = [
  dtp("Hour of discharge", S, 1, "096", "TM"),
  dtp("Statement from and to", R, 1, "434", "RD8"),
  dtp("Admission", S, 1, "435", "D8 DT"),
  dtp("Received by the repricer", S, 1, "050"),
];

const admission: GuideSegment = segment("CL1", "Admission and discharge", R, 1, [
  id("Type of admission", S, 1, 1, "admission-type"),
  id("Point of origin", S, 1, 1, "point-of-origin"),
  id("Patient status", R, 1, 2, "patient-status"),
  ...unused(1),
]);

const claimReferences: readonly GuideSegment[] = [
  authorizationException,
  ref("Referral", S, 1, "9F"),
  ref("Prior authorization", S, 1, "G1"),
  ref("Payer claim control number", S, 1, "F8"),
  ref("Repriced claim number", S, 1, "9A"),
  ref("Adjusted repriced claim number", S, 1, "9C"),
  ref("Investigational device exemption", S, 5, "LX"),
  ref("Clearinghouse's claim number", S, 1, "D9"),
  ref("State of the automobile accident", S, 1, "LU"),
  ref("Medical record number", S, 1, "EA"),
  ref("Demonstration project", S, 1, "P4"),
  ref("Peer review approval", S, 1, "G4"),
];

// HI: one position for each kind of code.

const PRESENT: CodeShape = { present: S };
const ON_A_DAY: CodeShape = { format: "D8" };

/** HI with `count` codes of one kind, of which the first is required. */
function codesOf(
  name: string,
  repeat: number,
  count: number,
  qualifiers: string,
  codeSet: string,
  shape: CodeShape = {},
): GuideSegment {
  const one = (ordinal: number): GuideElement => {
    const usage: Usage = ordinal === 1 ? R : S;
    const label = count === 1 ? name : `${name} ${ordinal}`;
    return code(label, usage, qualifiers, codeSet, shape);
  };
  const elements = times(count, (ordinal) => [one(ordinal)]);
  return segment("HI", name, S, repeat, [...elements, ...unused(12 - count)]);
}

const claimCodes: readonly GuideSegment[] = [
  { ...codesOf("Principal diagnosis", 1, 1, "ABK BK", "icd10cm", PRESENT), usage: R },
  codesOf("Admitting diagnosis", 1, 1, "ABJ BJ", "icd10cm"),
  codesOf("Reason for the visit", 1, 3, "APR PR", "icd10cm"),
  codesOf("External cause of injury", 1, 12, "ABN BN", "icd10cm", PRESENT),
  codesOf("Diagnosis related group", 1, 1, "DR", "drg"),
  codesOf("Other diagnosis", 2, 12, "ABF BF", "icd10cm", PRESENT),
  codesOf("Principal procedure", 1, 1, "BBR BR CAH", "icd10pcs", ON_A_DAY),
  codesOf("Other procedure", 2, 12, "BBQ BQ", "icd10pcs", ON_A_DAY),
  codesOf("Occurrence span", 2, 12, "BI", "nubc-occurrence-span", { format: "RD8" }),
  codesOf("Occurrence", 2, 12, "BH", "nubc-occurrence", ON_A_DAY),
  codesOf("Value", 2, 12, "BE", "nubc-value", { amount: R }),
  codesOf("Condition", 2, 12, "BG", "nubc-condition"),
  codesOf("Treatment", 2, 12, "TC", "treatment"),
];

// Loops 2310A to 2310F, and 2330C to 2330I.

const claimProviders: readonly GuideLoop[] = [
  provider("2310A", "Attending provider", 1, "71", PROVIDER_PERSON, [4, "0B 1G G2 LU"], "AT"),
  provider("2310B", "Operating physician", 1, "72", PROVIDER_PERSON, [4, "0B 1G G2 LU"]),
  provider("2310C", "Other operating physician", 1, "ZZ", PROVIDER_PERSON, [4, "0B 1G G2 LU"]),
  provider("2310D", "Rendering provider", 1, "82", PROVIDER_PERSON, [4, "0B 1G G2 LU"]),
  serviceFacility("2310E", undefined),
  provider("2310F", "Referring provider", 1, "DN", PROVIDER_PERSON, [3, "0B 1G G2"]),
];

const otherPayerProviders: readonly GuideLoop[] = [
  otherPayerProvider("2330C", "Attending provider", 1, "71", "1", [4, "0B 1G G2 LU"]),
  otherPayerProvider("2330D", "Operating physician", 1, "72", "1", [4, "0B 1G G2 LU"]),
  otherPayerProvider("2330E", "Other operating physician", 1, "ZZ", "1", [4, "0B 1G G2 LU"]),
  otherPayerProvider("2330F", "Service facility", 1, "77", "2", [3, "0B G2 LU"]),
  otherPayerProvider("2330G", "Rendering provider", 1, "82", "1", [4, "0B 1G G2 LU"]),
  otherPayerProvider("2330H", "Referring provider", 1, "DN", "1", [3, "0B 1G G2"]),
  otherPayerProvider("2330I", "Billing provider", 1, "85", "2", [2, "G2 LU"]),
];

// Loop 2400: a service line.

const service: GuideSegment = segment("SV2", "Institutional service", R, 1, [
  an("Revenue code", R, 1, 48, "revenue"),
  procedure("Service", S, INSTITUTIONAL_SERVICES, S),
  money("Charge", R),
  id("Unit", R, 2, 2, codes("DA UN"), UNIT),
  quantity("Units", R),
  ...unused(1),
  money("Not covered", S),
  ...unused(3),
]);

const serviceLine: GuideLoop = loop("2400", "Service line", R, 999, [
  lineNumber,
  service,
  attachment("Attachments of the line", MEDICAL_ATTACHMENTS),
  dtp("Date of service", S, 1, "472", "D8 RD8"),
  ref("Line item control number", S, 1, "6R"),
  ref("Repriced line", S, 1, "9B"),
  ref("Adjusted repriced line", S, 1, "9D"),
  amt("Service tax", S, 1, "GT"),
  amt("Facility tax", S, 1, "N8"),
  note("Note for a third party", 1, "TPO"),
  pricing("Repricing of the line", {
    methods: PRICING_METHODS,
    revenue: S,
    services: INSTITUTIONAL_SERVICES,
    units: "DA UN",
  }),
  drug("N4"),
  lineProvider("2420A", "Operating physician", 1, "72", PROVIDER_PERSON, "0B 1G G2 LU"),
  lineProvider("2420B", "Other operating physician", 1, "ZZ", PROVIDER_PERSON, "0B 1G G2 LU"),
  lineProvider("2420C", "Rendering provider", 1, "82", PROVIDER_PERSON, "0B 1G G2 LU"),
  lineProvider("2420D", "Referring provider", 1, "DN", PROVIDER_PERSON, "0B 1G G2"),
  lineAdjudication({ service: [S, INSTITUTIONAL_SERVICES], revenue: true }),
]);

const claimLoop: GuideLoop = loop("2300", "Claim", S, 100, [
  claim,
  ...claimDates,
  admission,
  attachment("Attachments of the claim", MEDICAL_ATTACHMENTS),
  contract(),
  amt("Estimated to be due from the patient", S, 1, "F3"),
  ...claimReferences,
  fixedFormat(),
  note("Note on the claim", 10, HOME_CARE_NOTES),
  note("Billing note", 1, "ADD"),
  screeningReferral,
  ...claimCodes,
  pricing("Repricing of the claim", { methods: PRICING_METHODS, revenue: S, units: "DA UN" }),
  ...claimProviders,
  otherCoverage({
    professional: false,
    inpatient: mia("N"),
    subscriberNumbers: 2,
    predetermination: false,
    providers: otherPayerProviders,
  }),
  serviceLine,
]);

/** The 837I as data (X12 005010X223 with its errata A1 to A3); one claim (2300) at a time. */
export const guide837I: Guide = {
  transactionSet: "837",
  versions: VERSIONS,
  name: "837I",
  functionalIdentifier: "HC",
  unitLoops: ["2300"],
  root: loop("ST", "Institutional claims", R, 1, [
    st("837", VERSIONS),
    beginning,
    submitter,
    receiver,
    billingProviderLevel(
      { name: FACILITY, taxNumbers: "EI", payToKinds: "2" },
      subscriberLevel({ professional: false, billingProviderNumbers: 1 }, claimLoop),
    ),
    se(),
  ]),
};
