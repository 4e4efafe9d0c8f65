/** 837D, dental health care claim: 005010X224A2. */
import { billingProviderLevel } from "./837/billing-provider.ts";
import {
  attachment,
  authorizationException,
  causes,
  consents,
  contract,
  delay,
  facility,
  fixedFormat,
  note,
  pricing,
} from "./837/claim.ts";
import { beginning, receiver, submitter } from "./837/header.ts";
import { otherCoverage } from "./837/other-coverage.ts";
import {
  lineFacility,
  lineProvider,
  otherPayerProvider,
  PROVIDER,
  PROVIDER_PERSON,
  provider,
  serviceFacility,
} from "./837/provider.ts";
import { diagnosisPointers, lineAdjudication, lineNumber } from "./837/service-line.ts";
import { subscriberLevel } from "./837/subscriber.ts";
import {
  an,
  codes,
  composite,
  id,
  money,
  procedure,
  quantity,
  R,
  reference,
  S,
  times,
  unused,
  yesNo,
} from "./elements.ts";
import type { Guide, GuideLoop, GuideSegment } from "./guide.ts";
import { code } from "./health-care-code.ts";
import {
  CODE_LIST,
  ORAL_CAVITY,
  PROSTHESIS,
  SPECIAL_PROGRAM,
  SUBMISSION_REASON,
  TOOTH_STATUS,
  TOOTH_SURFACE,
} from "./meanings/claims.ts";
import { amt, dtp, loop, ref, se, segment, st } from "./segments.ts";

const VERSIONS = ["005010X224A2", "005010X224A3", "005010X224A1", "005010X224"];
const PRICING_METHODS = "00 01 02 03 04 05 07 08 09 10 11 12 13 14";
const DENTAL_ATTACHMENTS = "B4 DA DG EB OZ P6 RB RR";

// Loop 2300: its own segments.

const claim: GuideSegment = segment("CLM", "Claim", R, 1, [
  an("Patient control number", R, 1, 38),
  money("Charge", R),
  ...unused(2),
  facility("B", "Place of service", "pos"),
  yesNo("Provider's signature on file", R, "N Y"),
  ...consents("A C"),
  ...unused(1),
  causes,
  id("Special program", S, 2, 3, codes("01 02 03 05"), SPECIAL_PROGRAM),
  ...unused(6),
  id("Asks for benefits before treatment", S, 2, 2, SUBMISSION_REASON),
  delay,
]);

const claimDates: readonly GuideSegment[] = [
  dtp("Accident", S, 1, "439"),
  dtp("Appliance placement", S, 1, "452"),
  dtp("Date of service", S, 1, "472", "D8 RD8"),
  dtp("Received by the repricer", S, 1, "050"),
];

const teeth: readonly GuideSegment[] = [
  segment("DN1", "Orthodontic treatment", S, 1, [
    quantity("Months of treatment", S),
    quantity("Months that remain", S),
    ...unused(1),
    an("Orthodontic treatment indicator", S, 1, 80),
  ]),
  segment("DN2", "Status of a tooth", S, 35, [
    reference("Tooth", R, "tooth"),
    id("Status", R, 1, 2, TOOTH_STATUS),
    ...unused(3),
    id("List of the code", R, 1, 3, codes("JP"), CODE_LIST),
  ]),
];

const claimReferences: readonly GuideSegment[] = [
  ref("Predetermination", S, 1, "G3"),
  authorizationException,
  ref("Payer claim control number", S, 1, "F8"),
  ref("Referral", S, 1, "9F"),
  ref("Prior authorization", S, 1, "G1"),
  ref("Repriced claim number", S, 1, "9A"),
  ref("Adjusted repriced claim number", S, 1, "9C"),
  ref("Clearinghouse's claim number", S, 1, "D9"),
];

const diagnoses: GuideSegment = segment("HI", "Diagnoses", S, 1, [
  code("Principal diagnosis", R, "ABK BK TQ", "icd10cm"),
  ...times(3, (ordinal) => [code(`Diagnosis ${ordinal + 1}`, S, "ABF BF TQ", "icd10cm")]),
  ...unused(8),
]);

// Loops 2310A to 2310E, and 2330C to 2330H.

const claimProviders: readonly GuideLoop[] = [
  provider("2310A", "Referring provider", 2, "DN P3", PROVIDER_PERSON, [3, "0B 1G G2"], "RF"),
  provider("2310B", "Rendering provider", 1, "82", PROVIDER, [4, "0B 1G G2 LU"], "PE"),
  serviceFacility("2310C", undefined),
  provider("2310D", "Assistant surgeon", 1, "DD", PROVIDER_PERSON, [4, "0B 1G G2 LU"], "AS"),
  provider("2310E", "Supervising provider", 1, "DQ", PROVIDER_PERSON, [4, "0B 1G G2 LU"]),
];

const otherPayerProviders: readonly GuideLoop[] = [
  otherPayerProvider("2330C", "Referring provider", 2, "DN P3", "1", [3, "0B 1G G2"]),
  otherPayerProvider("2330D", "Rendering provider", 1, "82", "1 2", [3, "0B 1G G2 LU"]),
  otherPayerProvider("2330E", "Supervising provider", 1, "DQ", "1", [3, "0B 1G G2 LU"]),
  otherPayerProvider("2330F", "Billing provider", 1, "85", "1 2", [2, "G2 LU"]),
  otherPayerProvider("2330G", "Service facility", 1, "77", "2", [3, "0B G2 LU"]),
  otherPayerProvider("2330H", "Assistant surgeon", 1, "DD", "1", [3, "0B 1G G2 LU"]),
];

// Loop 2400: a service line.

const service: readonly GuideSegment[] = [
  segment("SV3", "Dental service", R, 1, [
    procedure("Service", R, "AD", S),
    money("Charge", R),
    an("Place of service", S, 1, 2, "pos"),
    composite(
      "Areas of the mouth",
      S,
      times(5, (ordinal) => [id(`Area ${ordinal}`, ordinal === 1 ? R : S, 1, 3, ORAL_CAVITY)]),
    ),
    id("First placement or replacement", S, 1, 1, PROSTHESIS),
    quantity("Number of procedures", R),
    ...unused(4),
    diagnosisPointers(S, 4),
  ]),
  segment("TOO", "Tooth", S, 32, [
    id("List of the code", R, 1, 3, codes("JP"), CODE_LIST),
    an("Tooth", S, 1, 30, "tooth"),
    composite(
      "Surfaces",
      S,
      times(5, (ordinal) => [id(`Surface ${ordinal}`, ordinal === 1 ? R : S, 1, 2, TOOTH_SURFACE)]),
    ),
  ]),
];

const serviceDates: readonly GuideSegment[] = [
  dtp("Date of service", S, 1, "472", "D8 RD8"),
  dtp("Prior placement", S, 1, "441"),
  dtp("Appliance placement", S, 1, "452"),
  dtp("Replacement", S, 1, "446"),
  dtp("Treatment began", S, 1, "196"),
  dtp("Treatment completed", S, 1, "198"),
];

const serviceLine: GuideLoop = loop("2400", "Service line", R, 50, [
  lineNumber,
  ...service,
  ...serviceDates,
  contract(),
  ref("Predetermination", S, 5, "G3", "other-payer"),
  ref("Prior authorization", S, 5, "G1", "other-payer"),
  ref("Line item control number", S, 1, "6R"),
  ref("Repriced line", S, 1, "9B"),
  ref("Adjusted repriced line", S, 1, "9D"),
  ref("Referral", S, 5, "9F", "other-payer"),
  amt("Sales tax", S, 1, "T"),
  fixedFormat(),
  pricing("Repricing of the line", {
    methods: `${PRICING_METHODS} 06`,
    services: "AD",
    units: "UN",
  }),
  lineProvider("2420A", "Rendering provider", 1, "82", PROVIDER, "0B 1G G2 LU", "PE"),
  lineProvider("2420B", "Assistant surgeon", 1, "DD", PROVIDER_PERSON, "0B 1G G2 LU", "AS"),
  lineProvider("2420C", "Supervising provider", 1, "DQ", PROVIDER_PERSON, "0B 1G G2 LU"),
  lineFacility("2420D"),
  lineAdjudication({ service: [R, "AD ER"], revenue: false }),
]);

const claimLoop: GuideLoop = loop("2300", "Claim", S, 100, [
  claim,
  ...claimDates,
  ...teeth,
  attachment("Attachments of the claim", DENTAL_ATTACHMENTS),
  contract(),
  amt("Paid by the patient", S, 1, "F5"),
  ...claimReferences,
  fixedFormat(),
  note("Note on the claim", 5, "ADD"),
  diagnoses,
  pricing("Repricing of the claim", { methods: PRICING_METHODS }),
  ...claimProviders,
  otherCoverage({
    professional: false,
    subscriberNumbers: 1,
    predetermination: true,
    providers: otherPayerProviders,
  }),
  serviceLine,
]);

/** The 837D as data (X12 005010X224 with its errata A1 and A2); one claim (2300) at a time. */
export const guide837D: Guide = {
  transactionSet: "837",
  versions: VERSIONS,
  name: "837D",
  functionalIdentifier: "HC",
  unitLoops: ["2300"],
  root: loop("ST", "Dental claims", R, 1, [
    st("837", VERSIONS),
    beginning,
    submitter,
    receiver,
    billingProviderLevel(
      { name: PROVIDER, taxNumbers: "EI SY", licenses: "0B 1G", payToKinds: "1 2" },
      subscriberLevel({ professional: false, billingProviderNumbers: 2 }, claimLoop),
    ),
    se(),
  ]),
};
