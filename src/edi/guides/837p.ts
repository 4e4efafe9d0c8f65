/** 837P, professional health care claim: 005010X222A1, and A2 which is alike in its data. */
import { billingProviderLevel } from "./837/billing-provider.ts";
import {
  attachment,
  authorizationException,
  causes,
  conditions,
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
  lineFacility,
  lineProvider,
  otherPayerProvider,
  PROVIDER,
  PROVIDER_PERSON,
  provider,
  serviceFacility,
} from "./837/provider.ts";
import { diagnosisPointers, drug, lineAdjudication, lineNumber } from "./837/service-line.ts";
import { subscriberLevel } from "./837/subscriber.ts";
import {
  an,
  codes,
  composite,
  dt,
  id,
  money,
  procedure,
  quantity,
  R,
  r,
  reference,
  S,
  times,
  unused,
  yesNo,
} from "./elements.ts";
import type { Guide, GuideLoop, GuideSegment } from "./guide.ts";
import { code } from "./health-care-code.ts";
import { UNIT } from "./meanings/amounts.ts";
import {
  ATTACHMENT,
  CERTIFICATION,
  CODE_LIST,
  COPAY,
  MEASURED_FOR,
  MEASUREMENT,
  PATIENT_CONDITION,
  RENTAL_SPAN,
  SERVICE_CODE,
  SIGNATURE,
  SPECIAL_PROGRAM,
  TRANSMISSION,
  TRANSPORT_REASON,
} from "./meanings/claims.ts";
import { address, amt, dtp, loop, MANY, nm1, per, qty, ref, se, segment, st } from "./segments.ts";

const VERSIONS = ["005010X222A1", "005010X222A2", "005010X222"];
const PROFESSIONAL_SERVICES = "ER HC IV WK";
const AMBULANCE_CONDITIONS = "01 04 05 06 07 08 09 12";
const PRICING_METHODS = "00 01 02 03 04 05 07 08 09 10 11 12 13 14";

// Segments that stand in the claim and in the line, or twice in either.

function ambulanceTransport(): GuideSegment {
  return segment("CR1", "Ambulance transport", S, 1, [
    id("Unit of weight", S, 2, 2, codes("LB"), UNIT),
    r("Patient's weight", S, 1, 10),
    ...unused(1),
    id("Reason for the transport", R, 1, 1, TRANSPORT_REASON),
    id("Unit of distance", R, 2, 2, codes("DH"), UNIT),
    quantity("Distance", R),
    ...unused(2),
    an("Why a round trip", S, 1, 80),
    an("Why a stretcher", S, 1, 80),
  ]);
}

function ambulanceCertification(): GuideSegment {
  return conditions("Ambulance certification", 3, "07", "N Y", AMBULANCE_CONDITIONS, 5);
}

const pickUp: readonly GuideSegment[] = [
  nm1("Ambulance pick-up", R, "PW", { kinds: "2" }),
  ...address("Ambulance pick-up", R),
];

const dropOff: readonly GuideSegment[] = [
  nm1("Ambulance drop-off", R, "45", { kinds: "2", last: S }),
  ...address("Ambulance drop-off", R),
];

// Loop 2300: its own segments.

const claim: GuideSegment = segment("CLM", "Claim", R, 1, [
  an("Patient control number", R, 1, 38),
  money("Charge", R),
  ...unused(2),
  facility("B", "Place of service", "pos"),
  yesNo("Provider's signature on file", R, "N Y"),
  ...consents("A B C"),
  id("Who signed for the patient", S, 1, 1, SIGNATURE),
  causes,
  id("Special program", S, 2, 3, codes("02 03 05 09"), SPECIAL_PROGRAM),
  ...unused(7),
  delay,
]);

const claimDates: readonly GuideSegment[] = [
  dtp("Onset of the illness or symptom", S, 1, "431"),
  dtp("Initial treatment", S, 1, "454"),
  dtp("Last seen", S, 1, "304"),
  dtp("Acute manifestation", S, 1, "453"),
  dtp("Accident", S, 1, "439"),
  dtp("Last menstrual period", S, 1, "484"),
  dtp("Last X-ray", S, 1, "455"),
  dtp("Hearing or vision prescription", S, 1, "471"),
  dtp("Disability", S, 1, "314 360 361", "D8 RD8"),
  dtp("Last worked", S, 1, "297"),
  dtp("Return to work authorized", S, 1, "296"),
  dtp("Admission", S, 1, "435"),
  dtp("Discharge", S, 1, "096"),
  dtp("Care assumed or relinquished", S, 2, "090 091"),
  dtp("First contact, property and casualty", S, 1, "444"),
  dtp("Received by the repricer", S, 1, "050"),
];

const claimReferences: readonly GuideSegment[] = [
  authorizationException,
  ref("Medicare section 4081 crossover", S, 1, "F5"),
  ref("Mammography certification", S, 1, "EW"),
  ref("Referral", S, 1, "9F"),
  ref("Prior authorization", S, 1, "G1"),
  ref("Payer claim control number", S, 1, "F8"),
  ref("CLIA number", S, 1, "X4"),
  ref("Repriced claim number", S, 1, "9A"),
  ref("Adjusted repriced claim number", S, 1, "9C"),
  ref("Investigational device exemption", S, 1, "LX"),
  ref("Clearinghouse's claim number", S, 1, "D9"),
  ref("Medical record number", S, 1, "EA"),
  ref("Demonstration project", S, 1, "P4"),
  ref("Care plan oversight", S, 1, "1J"),
];

const spinalManipulation: GuideSegment = segment("CR2", "Spinal manipulation", S, 1, [
  ...unused(7),
  id("Condition of the patient", R, 1, 1, PATIENT_CONDITION),
  ...unused(1),
  an("Description of the condition 1", S, 1, 80),
  an("Description of the condition 2", S, 1, 80),
  ...unused(1),
]);

const claimCodes: readonly GuideSegment[] = [
  segment("HI", "Diagnoses", R, 1, [
    code("Principal diagnosis", R, "ABK BK", "icd10cm"),
    ...times(11, (ordinal) => [code(`Diagnosis ${ordinal + 1}`, S, "ABF BF", "icd10cm")]),
  ]),
  segment("HI", "Surgery to which anesthesia belongs", S, 1, [
    code("Principal procedure", R, "BP", "procedure"),
    code("Other procedure", S, "BO", "procedure"),
    ...unused(10),
  ]),
  segment("HI", "Condition codes", S, 2, [
    ...times(12, (ordinal) => [
      code(`Condition ${ordinal}`, ordinal === 1 ? R : S, "BG", "nubc-condition"),
    ]),
  ]),
];

// Loops 2310A to 2310F: providers and places of the claim.

const claimProviders: readonly GuideLoop[] = [
  provider("2310A", "Referring provider", 2, "DN P3", PROVIDER_PERSON, [3, "0B 1G G2"]),
  provider("2310B", "Rendering provider", 1, "82", PROVIDER, [4, "0B 1G G2 LU"], "PE"),
  serviceFacility("2310C", "contact"),
  provider("2310D", "Supervising provider", 1, "DQ", PROVIDER_PERSON, [4, "0B 1G G2 LU"]),
  loop("2310E", "Ambulance pick-up", S, 1, pickUp),
  loop("2310F", "Ambulance drop-off", S, 1, dropOff),
];

// Loops 2330C to 2330G.

const otherPayerProviders: readonly GuideLoop[] = [
  otherPayerProvider("2330C", "Referring provider", 2, "DN P3", "1", [3, "0B 1G G2"]),
  otherPayerProvider("2330D", "Rendering provider", 1, "82", "1 2", [3, "0B 1G G2 LU"]),
  otherPayerProvider("2330E", "Service facility", 1, "77", "2", [3, "0B G2 LU"]),
  otherPayerProvider("2330F", "Supervising provider", 1, "DQ", "1", [3, "0B 1G G2 LU"]),
  otherPayerProvider("2330G", "Billing provider", 1, "85", "1 2", [2, "G2 LU"]),
];

// Loop 2400: a service line, its own segments.

const service: readonly GuideSegment[] = [
  lineNumber,
  segment("SV1", "Professional service", R, 1, [
    procedure("Service", R, PROFESSIONAL_SERVICES, S),
    money("Charge", R),
    id("Unit", R, 2, 2, codes("MJ UN"), UNIT),
    quantity("Units", R),
    an("Place of service", S, 1, 2, "pos"),
    ...unused(1),
    diagnosisPointers(R, 12),
    ...unused(1),
    yesNo("Emergency", S, "Y"),
    ...unused(1),
    yesNo("Early and periodic screening", S, "Y"),
    yesNo("Family planning", S, "Y"),
    ...unused(2),
    id("Exempt from the copay", S, 1, 1, COPAY),
    ...unused(6),
  ]),
  segment("SV5", "Durable medical equipment", S, 1, [
    composite("Equipment", R, [
      id("Kind of code", R, 2, 2, codes("HC"), SERVICE_CODE),
      an("Code", R, 1, 48),
      ...unused(6),
    ]),
    id("Unit", R, 2, 2, codes("DA"), UNIT),
    quantity("Length of need", R),
    money("Rental price", R),
    money("Purchase price", R),
    id("Price of rental per", R, 1, 1, RENTAL_SPAN),
    ...unused(1),
  ]),
  attachment("Attachments of the line", MEDICAL_ATTACHMENTS),
  segment("PWK", "Certificate of medical necessity", S, 1, [
    id("Kind of attachment", R, 2, 2, codes("CT"), ATTACHMENT),
    id("How it travels", R, 1, 2, codes("AB AD AF AG NS"), TRANSMISSION),
    ...unused(7),
  ]),
  ambulanceTransport(),
  segment("CR3", "Equipment certification", S, 1, [
    id("Kind of certification", R, 1, 1, CERTIFICATION),
    id("Unit", R, 2, 2, codes("MO"), UNIT),
    quantity("Duration", R),
    ...unused(2),
  ]),
  ambulanceCertification(),
  conditions("Hospice employee", 1, "70", "N Y", "65", 1),
  conditions("Equipment condition", 1, "09", "N Y", "38 ZV", 2),
];

const serviceDates: readonly GuideSegment[] = [
  dtp("Date of service", R, 1, "472", "D8 RD8"),
  dtp("Prescription", S, 1, "471"),
  dtp("Certification revised", S, 1, "607"),
  dtp("Therapy began", S, 1, "463"),
  dtp("Last certification", S, 1, "461"),
  dtp("Last seen", S, 1, "304"),
  dtp("Test", S, 2, "738 739"),
  dtp("Shipped", S, 1, "011"),
  dtp("Last X-ray", S, 1, "455"),
  dtp("Initial treatment", S, 1, "454"),
];

const serviceFacts: readonly GuideSegment[] = [
  qty("Patients in the ambulance", S, 1, "PT"),
  qty("Obstetric anesthesia units", S, 1, "FL"),
  segment("MEA", "Test result", S, 5, [
    id("What was measured for", R, 2, 2, MEASURED_FOR),
    id("Kind of measurement", R, 1, 3, MEASUREMENT),
    r("Result", R, 1, 20),
    ...unused(9),
  ]),
  contract(),
  ref("Repriced line", S, 1, "9B"),
  ref("Adjusted repriced line", S, 1, "9D"),
  ref("Prior authorization", S, 5, "G1", "other-payer"),
  ref("Line item control number", S, 1, "6R"),
  ref("Mammography certification", S, 1, "EW"),
  ref("CLIA number", S, 1, "X4"),
  ref("CLIA number of the referring laboratory", S, 1, "F4"),
  ref("Immunization batch", S, 1, "BT"),
  ref("Referral", S, 5, "9F", "other-payer"),
  amt("Sales tax", S, 1, "T"),
  amt("Postage", S, 1, "F4"),
  fixedFormat(),
  note("Note on the line", 1, "ADD DCP"),
  note("Note for a third party", 1, "TPO"),
  segment("PS1", "Purchased service", S, 1, [
    reference("Who provided it", R),
    money("Charge", R),
    ...unused(1),
  ]),
  pricing("Repricing of the line", {
    methods: `${PRICING_METHODS} 06`,
    services: PROFESSIONAL_SERVICES,
    units: "MJ UN",
  }),
];

// Loops 2420A to 2440: what stands under a service line.

const serviceProviders: readonly GuideLoop[] = [
  lineProvider("2420A", "Rendering provider", 1, "82", PROVIDER, "0B 1G G2 LU", "PE"),
  loop("2420B", "Provider of the purchased service", S, 1, [
    nm1("Provider of the purchased service", R, "QB", { kinds: "1 2", id: [S, "XX"] }),
    ref("Its other identifiers", S, 20, "0B 1G G2", "other-payer"),
  ]),
  lineFacility("2420C"),
  lineProvider("2420D", "Supervising provider", 1, "DQ", PROVIDER_PERSON, "0B 1G G2 LU"),
  loop("2420E", "Ordering provider", S, 1, [
    nm1("Ordering provider", R, "DK", PROVIDER_PERSON),
    ...address("Ordering provider", S),
    ref("Ordering provider's other identifiers", S, 20, "0B 1G G2", "other-payer"),
    per("Ordering provider's contact", S, 1, "IC", S, [
      [R, "EM FX TE"],
      [S, "EM EX FX TE"],
      [S, "EM EX FX TE"],
    ]),
  ]),
  lineProvider("2420F", "Referring provider", 2, "DN P3", PROVIDER_PERSON, "0B 1G G2"),
  loop("2420G", "Ambulance pick-up", S, 1, pickUp),
  loop("2420H", "Ambulance drop-off", S, 1, dropOff),
];

const form: GuideLoop = loop("2440", "Form", S, MANY, [
  segment("LQ", "Form", R, 1, [
    id("Kind of form", R, 1, 3, codes("AS UT"), CODE_LIST),
    an("Form", R, 1, 30),
  ]),
  segment("FRM", "Answer on the form", R, 99, [
    an("Question", R, 1, 20),
    yesNo("Yes or no", S, "N W Y"),
    reference("Text", S),
    dt("Date", S, 8, 8),
    r("Percentage", S, 1, 6),
  ]),
]);

const claimLoop: GuideLoop = loop("2300", "Claim", S, 100, [
  claim,
  ...claimDates,
  attachment("Attachments of the claim", MEDICAL_ATTACHMENTS),
  contract(),
  amt("Paid by the patient", S, 1, "F5"),
  ...claimReferences,
  fixedFormat(),
  note("Note on the claim", 1, "ADD CER DCP DGN TPO"),
  ambulanceTransport(),
  spinalManipulation,
  ambulanceCertification(),
  conditions("Vision", 3, "E1 E2 E3", "N Y", "L1 L2 L3 L4 L5", 5),
  conditions("Homebound", 1, "75", "Y", "IH", 1),
  screeningReferral,
  ...claimCodes,
  pricing("Repricing of the claim", { methods: PRICING_METHODS }),
  ...claimProviders,
  otherCoverage({
    professional: true,
    subscriberNumbers: 1,
    predetermination: false,
    providers: otherPayerProviders,
  }),
  loop("2400", "Service line", R, 50, [
    ...service,
    ...serviceDates,
    ...serviceFacts,
    drug("EN EO HI N4 ON UK UP"),
    ...serviceProviders,
    lineAdjudication({ service: [R, PROFESSIONAL_SERVICES], revenue: false }),
    form,
  ]),
]);

/** The 837P as data (X12 005010X222 with its errata A1); one claim (2300) at a time. */
export const guide837P: Guide = {
  transactionSet: "837",
  versions: VERSIONS,
  name: "837P",
  functionalIdentifier: "HC",
  unitLoops: ["2300"],
  root: loop("ST", "Professional claims", R, 1, [
    st("837", VERSIONS),
    beginning,
    submitter,
    receiver,
    billingProviderLevel(
      { name: PROVIDER, taxNumbers: "EI SY", licenses: "0B 1G", payToKinds: "1 2" },
      subscriberLevel({ professional: true, billingProviderNumbers: 2 }, claimLoop),
    ),
    se(),
  ]),
};
