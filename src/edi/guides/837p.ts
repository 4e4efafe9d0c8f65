/** 837P, professional health care claim: 005010X222A1. */
import {
  an,
  codes,
  composite,
  date,
  dt,
  id,
  money,
  n0,
  procedure,
  quantity,
  R,
  r,
  reference,
  S,
  times,
  tm,
  unused,
  yesNo,
} from "./elements.ts";
import type { Guide, GuideElement, GuideLoop, GuideSegment, Usage } from "./guide.ts";
import {
  address,
  amt,
  cas,
  dtp,
  hl,
  loop,
  MANY,
  moa,
  nm1,
  per,
  qty,
  ref,
  se,
  segment,
  st,
} from "./segments.ts";

const VERSIONS = ["005010X222A1", "005010X222A2", "005010X222"];
const PERSON = { kinds: "1", last: R, suffix: S } as const;
const EITHER = { kinds: "1 2", last: R, suffix: S } as const;
const PROVIDER = { ...EITHER, id: [S, "XX"] } as const;
const PROVIDER_PERSON = { ...PERSON, id: [S, "XX"] } as const;
const PLAN = { kinds: "2", last: R, id: [R, "PI XV"] } as const;
const NUMBERS = "EM EX FX TE";
const ADJUSTMENT_GROUPS = "CO CR OA PI PR";
const PROFESSIONAL_SERVICES = "ER HC IV WK";

const PAYER_SEQUENCE = codes("A B C D E F G H P S T U");
const RELATIONSHIPS = "01 19 20 21 39 40 53 G8";
const CLAIM_FILING = codes("11 12 13 14 15 16 17 AM BL CH CI DS FI HM LM MA MB MC OF TV VA WC ZZ");
const INSURANCE_TYPES = codes("12 13 14 15 16 41 42 43 47");
const ATTACHMENT_TYPES = codes(
  "03 04 05 06 07 08 09 10 11 13 15 21 A3 A4 AM AS B2 B3 B4 BR BS BT CB CK CT D2 DA DB DG DJ DS " +
    "EB HC HR I5 IR LA M1 MT NN OB OC OD OE OX OZ P4 P5 PE PN PO PQ PY PZ RB RR RT RX SG V5 XP",
);
const AMBULANCE_CONDITIONS = "01 04 05 06 07 08 09 12";
const PRICING_METHODS = "00 01 02 03 04 05 07 08 09 10 11 12 13 14";

// Segments that stand in more than one loop.

function currency(): GuideSegment {
  return segment("CUR", "Foreign currency", S, 1, [
    id("Whose currency", R, 2, 3, codes("85")),
    id("Currency", R, 3, 3, "currency"),
    ...unused(19),
  ]);
}

function specialty(name: string, role: string): GuideSegment {
  return segment("PRV", name, S, 1, [
    id("Role", R, 1, 3, codes(role)),
    id("Kind of code", R, 2, 3, codes("PXC")),
    reference("Taxonomy", R, "taxonomy"),
    ...unused(3),
  ]);
}

function coverage(name: string, relationship: Usage, relationships: string): GuideSegment {
  return segment("SBR", name, R, 1, [
    id("Which payer in turn", R, 1, 1, PAYER_SEQUENCE),
    id("Relationship to the subscriber", relationship, 2, 2, codes(relationships)),
    reference("Group or policy number", S),
    an("Name of the group", S, 1, 60),
    id("Why Medicare pays second", S, 1, 3, INSURANCE_TYPES),
    ...unused(3),
    id("Kind of coverage", S, 1, 2, CLAIM_FILING),
  ]);
}

function patientFacts(name: string, usage: Usage, relationship: GuideElement): GuideSegment {
  return segment("PAT", name, usage, 1, [
    relationship,
    ...unused(3),
    id("Format of the date", S, 2, 3, codes("D8")),
    an("Date of death", S, 1, 35),
    id("Unit of weight", S, 2, 2, codes("01")),
    r("Weight", S, 1, 10),
    yesNo("Pregnant", S, "Y"),
  ]);
}

function demographics(name: string, usage: Usage): GuideSegment {
  return segment("DMG", name, usage, 1, [
    id("Format of the date", R, 2, 3, codes("D8")),
    an("Date of birth", R, 1, 35),
    id("Sex", R, 1, 1, codes("F M U")),
    ...unused(8),
  ]);
}

function attachment(name: string): GuideSegment {
  return segment("PWK", name, S, 10, [
    id("Kind of attachment", R, 2, 2, ATTACHMENT_TYPES),
    id("How it travels", R, 1, 2, codes("AA BM EL EM FT FX")),
    ...unused(2),
    id("Kind of identifier", S, 1, 2, codes("AC")),
    an("Attachment control number", S, 2, 80),
    ...unused(3),
  ]);
}

function contract(): GuideSegment {
  return segment("CN1", "Contract", S, 1, [
    id("Kind of contract", R, 2, 2, codes("01 02 03 04 05 06 09")),
    money("Amount", S),
    r("Percentage", S, 1, 6),
    reference("Contract", S),
    r("Discount percentage", S, 1, 6),
    an("Version", S, 1, 30),
  ]);
}

function fixedFormat(): GuideSegment {
  return segment("K3", "Fixed format information", S, 10, [an("Data", R, 1, 80), ...unused(2)]);
}

function note(name: string, kinds: string): GuideSegment {
  return segment("NTE", name, S, 1, [
    id("Kind of note", R, 3, 3, codes(kinds)),
    an("Text", R, 1, 80),
  ]);
}

function ambulanceTransport(): GuideSegment {
  return segment("CR1", "Ambulance transport", S, 1, [
    id("Unit of weight", S, 2, 2, codes("LB")),
    r("Patient's weight", S, 1, 10),
    ...unused(1),
    id("Reason for the transport", R, 1, 1, codes("A B C D E")),
    id("Unit of distance", R, 2, 2, codes("DH")),
    quantity("Distance", R),
    ...unused(2),
    an("Why a round trip", S, 1, 80),
    an("Why a stretcher", S, 1, 80),
  ]);
}

function conditions(
  name: string,
  repeat: number,
  category: string,
  answers: string,
  values: string,
  count: number,
): GuideSegment {
  return segment("CRC", name, S, repeat, [
    id("Category", R, 2, 2, codes(category)),
    yesNo("Applies", R, answers),
    ...times(count, (ordinal) => [
      id(`Condition ${ordinal}`, ordinal === 1 ? R : S, 2, 3, codes(values)),
    ]),
    ...unused(5 - count),
  ]);
}

function pricing(name: string, methods: string, line: Usage): GuideSegment {
  return segment("HCP", name, S, 1, [
    id("Method", R, 2, 2, codes(methods)),
    money("Allowed", R),
    money("Saved", S),
    reference("Who repriced", S),
    r("Per diem or flat rate", S, 1, 9),
    reference("Patient group code", S),
    money("Patient group amount", S),
    ...unused(1),
    id("Kind of service code", line, 2, 2, codes(PROFESSIONAL_SERVICES)),
    an("Service code", line, 1, 48),
    id("Unit", line, 2, 2, codes("MJ UN")),
    quantity("Units", line),
    id("Why rejected", S, 2, 2, codes("T1 T2 T3 T4 T5 T6")),
    id("Compliance with the policy", S, 1, 2, codes("1 2 3 4 5")),
    id("Exception", S, 1, 2, codes("1 2 3 4 5 6")),
  ]);
}

function code(name: string, usage: Usage, qualifiers: string, codeSet?: string): GuideElement {
  return composite(name, usage, [
    id("Kind of code", R, 1, 3, codes(qualifiers)),
    an("Code", R, 1, 30, codeSet),
    ...unused(7),
  ]);
}

function pointer(ordinal: number): GuideElement {
  const usage: Usage = ordinal === 1 ? R : S;
  return n0(`Diagnosis ${ordinal}`, usage, 1, 2, codes("1 2 3 4 5 6 7 8 9 10 11 12"));
}

const pickUp: readonly GuideSegment[] = [
  nm1("Ambulance pick-up", R, "PW", { kinds: "2" }),
  ...address("Ambulance pick-up", R),
];

const dropOff: readonly GuideSegment[] = [
  nm1("Ambulance drop-off", R, "45", { kinds: "2", last: S }),
  ...address("Ambulance drop-off", R),
];

// Loops 1000A and 1000B.

const submitter: GuideLoop = loop("1000A", "Submitter", R, 1, [
  nm1("Submitter", R, "41", { kinds: "1 2", last: R, id: [R, "46"] }),
  per("Submitter's contact", R, 2, "IC", S, [
    [R, "EM FX TE"],
    [S, NUMBERS],
    [S, NUMBERS],
  ]),
]);

const receiver: GuideLoop = loop("1000B", "Receiver", R, 1, [
  nm1("Receiver", R, "40", { kinds: "2", last: R, id: [R, "46"] }),
]);

// Loop 2300: its own segments.

const claim: GuideSegment = segment("CLM", "Claim", R, 1, [
  an("Patient control number", R, 1, 38),
  money("Charge", R),
  ...unused(2),
  composite("Where and how often", R, [
    an("Place of service", R, 1, 2, "pos"),
    id("Kind of place code", R, 1, 2, codes("B")),
    id("Claim frequency", R, 1, 1, "claim-frequency"),
  ]),
  yesNo("Provider's signature on file", R, "N Y"),
  id("Accepts assignment", R, 1, 1, codes("A B C")),
  yesNo("Benefits assigned", R, "N W Y"),
  id("Release of information", R, 1, 1, codes("I Y")),
  id("Who signed for the patient", S, 1, 1, codes("P")),
  composite("Cause of the condition", S, [
    id("Cause 1", R, 2, 3, codes("AA EM OA")),
    id("Cause 2", S, 2, 3, codes("AA EM OA")),
    ...unused(1),
    id("State of the accident", S, 2, 2, "state"),
    id("Country of the accident", S, 2, 3, "country"),
  ]),
  id("Special program", S, 2, 3, codes("02 03 05 09")),
  ...unused(7),
  id("Why late", S, 1, 2, codes("1 2 3 4 5 6 7 8 9 10 11 15")),
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
  ref("Why no authorization was asked", S, 1, "4N"),
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
  id("Condition of the patient", R, 1, 1, codes("A C D E F G M")),
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
    code("Principal procedure", R, "BP"),
    code("Other procedure", S, "BO"),
    ...unused(10),
  ]),
  segment("HI", "Condition codes", S, 2, [
    ...times(12, (ordinal) => [code(`Condition ${ordinal}`, ordinal === 1 ? R : S, "BG")]),
  ]),
];

// Loops 2310A to 2310F: providers and places of the claim.

const claimProviders: readonly GuideLoop[] = [
  loop("2310A", "Referring provider", S, 2, [
    nm1("Referring provider", R, "DN P3", PROVIDER_PERSON),
    ref("Referring provider's other identifiers", S, 3, "0B 1G G2"),
  ]),
  loop("2310B", "Rendering provider", S, 1, [
    nm1("Rendering provider", R, "82", PROVIDER),
    specialty("Rendering provider's specialty", "PE"),
    ref("Rendering provider's other identifiers", S, 4, "0B 1G G2 LU"),
  ]),
  loop("2310C", "Service facility", S, 1, [
    nm1("Service facility", R, "77", { kinds: "2", last: R, id: [S, "XX"] }),
    ...address("Service facility", R),
    ref("Service facility's other identifiers", S, 3, "0B G2 LU"),
    per("Service facility's contact", S, 1, "IC", S, [
      [R, "TE"],
      [S, "EX"],
    ]),
  ]),
  loop("2310D", "Supervising provider", S, 1, [
    nm1("Supervising provider", R, "DQ", PROVIDER_PERSON),
    ref("Supervising provider's other identifiers", S, 4, "0B 1G G2 LU"),
  ]),
  loop("2310E", "Ambulance pick-up", S, 1, pickUp),
  loop("2310F", "Ambulance drop-off", S, 1, dropOff),
];

// Loops 2320 and 2330A to 2330G: another payer of the claim.

const otherPayerProviders: readonly GuideLoop[] = [
  loop("2330C", "Referring provider as the other payer knows it", S, 2, [
    nm1("Referring provider", R, "DN P3", { kinds: "1" }),
    ref("Referring provider's identifiers", R, 3, "0B 1G G2"),
  ]),
  loop("2330D", "Rendering provider as the other payer knows it", S, 1, [
    nm1("Rendering provider", R, "82", { kinds: "1 2" }),
    ref("Rendering provider's identifiers", R, 3, "0B 1G G2 LU"),
  ]),
  loop("2330E", "Service facility as the other payer knows it", S, 1, [
    nm1("Service facility", R, "77", { kinds: "2" }),
    ref("Service facility's identifiers", R, 3, "0B G2 LU"),
  ]),
  loop("2330F", "Supervising provider as the other payer knows it", S, 1, [
    nm1("Supervising provider", R, "DQ", { kinds: "1" }),
    ref("Supervising provider's identifiers", R, 3, "0B 1G G2 LU"),
  ]),
  loop("2330G", "Billing provider as the other payer knows it", S, 1, [
    nm1("Billing provider", R, "85", { kinds: "1 2" }),
    ref("Billing provider's identifiers", R, 2, "G2 LU"),
  ]),
];

const otherPayer: GuideLoop = loop("2320", "Other coverage", S, 10, [
  coverage("Other coverage", R, `18 ${RELATIONSHIPS}`),
  cas("Adjustments of the claim", 5, ADJUSTMENT_GROUPS),
  amt("Paid by the other payer", S, 1, "D"),
  amt("Not covered by the other payer", S, 1, "A8"),
  amt("Remaining patient liability", S, 1, "EAF"),
  segment("OI", "Terms of the other coverage", R, 1, [
    ...unused(2),
    yesNo("Benefits assigned", R, "N W Y"),
    id("Who signed for the patient", S, 1, 1, codes("P")),
    ...unused(1),
    id("Release of information", R, 1, 1, codes("I Y")),
  ]),
  moa(),
  loop("2330A", "Other subscriber", R, 1, [
    nm1("Other subscriber", R, "IL", { ...EITHER, id: [R, "II MI"] }),
    ...address("Other subscriber", S),
    ref("Other subscriber's social security number", S, 1, "SY"),
  ]),
  loop("2330B", "Other payer", R, 1, [
    nm1("Other payer", R, "PR", PLAN),
    ...address("Other payer", S),
    dtp("Date of the check or remittance", S, 1, "573"),
    ref("Other payer's other identifiers", S, 2, "2U EI FY NF"),
    ref("Other payer's prior authorization", S, 1, "G1"),
    ref("Other payer's referral", S, 1, "9F"),
    ref("Other payer adjusts an earlier claim", S, 1, "T4"),
    ref("Other payer's claim control number", S, 1, "F8"),
  ]),
  ...otherPayerProviders,
]);

// Loop 2400: a service line, its own segments.

const service: readonly GuideSegment[] = [
  segment("LX", "Service line", R, 1, [n0("Number", R, 1, 6)]),
  segment("SV1", "Professional service", R, 1, [
    procedure("Service", R, PROFESSIONAL_SERVICES, S),
    money("Charge", R),
    id("Unit", R, 2, 2, codes("MJ UN")),
    quantity("Units", R),
    an("Place of service", S, 1, 2, "pos"),
    ...unused(1),
    composite("Diagnosis pointers", R, [pointer(1), pointer(2), pointer(3), pointer(4)]),
    ...unused(1),
    yesNo("Emergency", S, "Y"),
    ...unused(1),
    yesNo("Early and periodic screening", S, "Y"),
    yesNo("Family planning", S, "Y"),
    ...unused(2),
    id("Exempt from the copay", S, 1, 1, codes("0")),
    ...unused(6),
  ]),
  segment("SV5", "Durable medical equipment", S, 1, [
    composite("Equipment", R, [
      id("Kind of code", R, 2, 2, codes("HC")),
      an("Code", R, 1, 48),
      ...unused(6),
    ]),
    id("Unit", R, 2, 2, codes("DA")),
    quantity("Length of need", R),
    money("Rental price", R),
    money("Purchase price", R),
    id("Price of rental per", R, 1, 1, codes("1 4 6")),
    ...unused(1),
  ]),
  attachment("Attachments of the line"),
  segment("PWK", "Certificate of medical necessity", S, 1, [
    id("Kind of attachment", R, 2, 2, codes("CT")),
    id("How it travels", R, 1, 2, codes("AB AD AF AG NS")),
    ...unused(7),
  ]),
  ambulanceTransport(),
  segment("CR3", "Equipment certification", S, 1, [
    id("Kind of certification", R, 1, 1, codes("I R S")),
    id("Unit", R, 2, 2, codes("MO")),
    quantity("Duration", R),
    ...unused(2),
  ]),
  conditions("Ambulance certification", 3, "07", "N Y", AMBULANCE_CONDITIONS, 5),
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
    id("What was measured for", R, 2, 2, codes("OG TR")),
    id("Kind of measurement", R, 1, 3, codes("HT R1 R2 R3 R4")),
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
  note("Note on the line", "ADD DCP"),
  note("Note for a third party", "TPO"),
  segment("PS1", "Purchased service", S, 1, [
    reference("Who provided it", R),
    money("Charge", R),
    ...unused(1),
  ]),
  pricing("Repricing of the line", `${PRICING_METHODS} 06`, S),
];

// Loops 2410 to 2440: what stands under a service line.

const drug: GuideLoop = loop("2410", "Drug", S, 1, [
  segment("LIN", "Drug", R, 1, [
    ...unused(1),
    id("Kind of product code", R, 2, 2, codes("EN EO HI N4 ON UK UP")),
    an("Product code", R, 1, 48),
    ...unused(28),
  ]),
  segment("CTP", "Drug quantity", R, 1, [
    ...unused(3),
    quantity("Quantity", R),
    composite("Unit", R, [id("Unit", R, 2, 2, codes("F2 GR ME ML UN")), ...unused(14)]),
    ...unused(6),
  ]),
  ref("Prescription or compound", S, 1, "VY XZ"),
]);

const serviceProviders: readonly GuideLoop[] = [
  loop("2420A", "Rendering provider", S, 1, [
    nm1("Rendering provider", R, "82", PROVIDER),
    specialty("Rendering provider's specialty", "PE"),
    ref("Rendering provider's other identifiers", S, 20, "0B 1G G2 LU", "other-payer"),
  ]),
  loop("2420B", "Provider of the purchased service", S, 1, [
    nm1("Provider of the purchased service", R, "QB", { kinds: "1 2", id: [S, "XX"] }),
    ref("Its other identifiers", S, 20, "0B 1G G2", "other-payer"),
  ]),
  loop("2420C", "Service facility", S, 1, [
    nm1("Service facility", R, "77", { kinds: "2", last: R, id: [S, "XX"] }),
    ...address("Service facility", R),
    ref("Service facility's other identifiers", S, 3, "G2 LU", "other-payer"),
  ]),
  loop("2420D", "Supervising provider", S, 1, [
    nm1("Supervising provider", R, "DQ", PROVIDER_PERSON),
    ref("Supervising provider's other identifiers", S, 20, "0B 1G G2 LU", "other-payer"),
  ]),
  loop("2420E", "Ordering provider", S, 1, [
    nm1("Ordering provider", R, "DK", PROVIDER_PERSON),
    ...address("Ordering provider", S),
    ref("Ordering provider's other identifiers", S, 20, "0B 1G G2", "other-payer"),
    per("Ordering provider's contact", S, 1, "IC", S, [
      [R, "EM FX TE"],
      [S, NUMBERS],
      [S, NUMBERS],
    ]),
  ]),
  loop("2420F", "Referring provider", S, 2, [
    nm1("Referring provider", R, "DN P3", PROVIDER_PERSON),
    ref("Referring provider's other identifiers", S, 20, "0B 1G G2", "other-payer"),
  ]),
  loop("2420G", "Ambulance pick-up", S, 1, pickUp),
  loop("2420H", "Ambulance drop-off", S, 1, dropOff),
];

const lineAdjudication: GuideLoop = loop("2430", "Line as another payer adjudicated it", S, 15, [
  segment("SVD", "Line adjudication", R, 1, [
    an("Other payer", R, 2, 80),
    money("Paid", R),
    procedure("Service as adjudicated", R, PROFESSIONAL_SERVICES, S),
    ...unused(1),
    quantity("Units paid", R),
    n0("Line into which it was bundled", S, 1, 6),
  ]),
  cas("Adjustments of the line", 5, ADJUSTMENT_GROUPS),
  dtp("Date of the check or remittance", R, 1, "573"),
  amt("Remaining patient liability", S, 1, "EAF"),
]);

const form: GuideLoop = loop("2440", "Form", S, MANY, [
  segment("LQ", "Form", R, 1, [id("Kind of form", R, 1, 3, codes("AS UT")), an("Form", R, 1, 30)]),
  segment("FRM", "Answer on the form", R, 99, [
    an("Question", R, 1, 20),
    yesNo("Yes or no", S, "N W Y"),
    reference("Text", S),
    dt("Date", S, 8, 8),
    r("Percentage", S, 1, 6),
  ]),
]);

const claimLoopChildren: readonly (GuideSegment | GuideLoop)[] = [
  claim,
  ...claimDates,
  attachment("Attachments of the claim"),
  contract(),
  amt("Paid by the patient", S, 1, "F5"),
  ...claimReferences,
  fixedFormat(),
  note("Note on the claim", "ADD CER DCP DGN TPO"),
  ambulanceTransport(),
  spinalManipulation,
  conditions("Ambulance certification", 3, "07", "N Y", AMBULANCE_CONDITIONS, 5),
  conditions("Vision", 3, "E1 E2 E3", "N Y", "L1 L2 L3 L4 L5", 5),
  conditions("Homebound", 1, "75", "Y", "IH", 1),
  conditions("Early and periodic screening referral", 1, "ZZ", "N Y", "AV NU S2 ST", 3),
  ...claimCodes,
  pricing("Repricing of the claim", PRICING_METHODS, "N"),
  ...claimProviders,
  otherPayer,
  loop("2400", "Service line", R, 50, [
    ...service,
    ...serviceDates,
    ...serviceFacts,
    drug,
    ...serviceProviders,
    lineAdjudication,
    form,
  ]),
];

// Hierarchical levels: billing provider, subscriber, patient.

const patientLevel: GuideLoop = loop(
  "2000C",
  "Patient",
  S,
  MANY,
  [
    hl("Patient level", "23", R, "0"),
    patientFacts("Patient", R, id("Relationship to the subscriber", R, 2, 2, codes(RELATIONSHIPS))),
    loop("2010CA", "Patient", R, 1, [
      nm1("Patient", R, "QC", PERSON),
      ...address("Patient", R),
      demographics("Patient's birth and sex", R),
      ref("Property and casualty claim number", S, 1, "Y4"),
      ref("Patient's identifier, property and casualty", S, 1, "1W SY"),
      propertyContact("Patient's contact"),
    ]),
    loop("2300", "Claim", R, 100, claimLoopChildren),
  ],
  { levelCode: "23", parents: ["2000B"] },
);

const subscriberLevel: GuideLoop = loop(
  "2000B",
  "Subscriber",
  R,
  MANY,
  [
    hl("Subscriber level", "22", R, "0 1"),
    coverage("Coverage", S, "18"),
    patientFacts("Patient who is the subscriber", S, id("Relationship", "N", 2, 2)),
    loop("2010BA", "Subscriber", R, 1, [
      nm1("Subscriber", R, "IL", { ...EITHER, id: [R, "II MI"] }),
      ...address("Subscriber", S),
      demographics("Subscriber's birth and sex", S),
      ref("Subscriber's social security number", S, 1, "SY"),
      ref("Property and casualty claim number", S, 1, "Y4"),
      propertyContact("Subscriber's contact"),
    ]),
    loop("2010BB", "Payer", R, 1, [
      nm1("Payer", R, "PR", PLAN),
      ...address("Payer", S),
      ref("Payer's other identifiers", S, 3, "2U EI FY NF"),
      ref("Billing provider as the payer knows it", S, 2, "G2 LU"),
    ]),
    loop("2300", "Claim", S, 100, claimLoopChildren),
    patientLevel,
  ],
  { levelCode: "22", parents: ["2000A"] },
);

const billingProviderLevel: GuideLoop = loop(
  "2000A",
  "Billing provider",
  R,
  MANY,
  [
    hl("Billing provider level", "20", "N", "1"),
    specialty("Billing provider's specialty", "BI"),
    currency(),
    loop("2010AA", "Billing provider", R, 1, [
      nm1("Billing provider", R, "85", PROVIDER),
      ...address("Billing provider", R),
      ref("Billing provider's tax number", R, 1, "EI SY"),
      ref("Billing provider's license or UPIN", S, 2, "0B 1G"),
      per("Billing provider's contact", S, 2, "IC", S, [
        [R, "EM FX TE"],
        [S, NUMBERS],
        [S, NUMBERS],
      ]),
    ]),
    loop("2010AB", "Pay-to address", S, 1, [
      nm1("Pay-to address", R, "87", { kinds: "1 2" }),
      ...address("Pay-to address", R),
    ]),
    loop("2010AC", "Pay-to plan", S, 1, [
      nm1("Pay-to plan", R, "PE", PLAN),
      ...address("Pay-to plan", R),
      ref("Pay-to plan's other identifier", S, 1, "2U FY NF"),
      ref("Pay-to plan's tax number", R, 1, "EI"),
    ]),
    subscriberLevel,
  ],
  { levelCode: "20", parents: [] },
);

function propertyContact(name: string): GuideSegment {
  return per(name, S, 1, "IC", S, [
    [R, "TE"],
    [S, "EX"],
  ]);
}

/** The 837P as data (X12 005010X222 with its errata A1); one claim (2300) at a time. */
export const guide837P: Guide = {
  transactionSet: "837",
  versions: VERSIONS,
  name: "837P",
  functionalIdentifier: "HC",
  unitLoop: "2300",
  root: loop("ST", "Professional claims", R, 1, [
    st("837", VERSIONS),
    segment("BHT", "Beginning of the transaction", R, 1, [
      id("Structure", R, 4, 4, codes("0019")),
      id("Original or repeated", R, 2, 2, codes("00 18")),
      reference("Batch reference", R),
      date("Date created", R),
      tm("Time created", R, 4, 8),
      id("Claims or encounters", R, 2, 2, codes("31 CH RP")),
    ]),
    submitter,
    receiver,
    billingProviderLevel,
    se(),
  ]),
};
