/** 835, health care claim payment and remittance advice: 005010X221A1. */
import {
  an,
  codes,
  composite,
  date,
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
  unused,
} from "./elements.ts";
import type { Guide, GuideLoop, GuideSegment, Usage } from "./guide.ts";
import { CLAIM_FILING, CODE_LIST, TRANSMISSION } from "./meanings/claims.ts";
import { IDENTIFIER, ROLE } from "./meanings/parties.ts";
import {
  ACCOUNT,
  BANK_NUMBER,
  CREDIT_OR_DEBIT,
  HANDLING,
  PAYMENT_FORMAT,
  PAYMENT_METHOD,
} from "./meanings/payments.ts";
import { TRACE } from "./meanings/references.ts";
import {
  address,
  amt,
  cas,
  dtm,
  loop,
  MANY,
  mia,
  moa,
  nm1,
  per,
  qty,
  ref,
  se,
  segment,
  st,
} from "./segments.ts";

const CLAIM_STATUSES = codes("1 2 3 4 19 20 21 22 23 25");
const COVERAGES = codes("12 13 14 15 16 17 AM CH DS HM LM MA MB MC OF TV VA WC ZZ");
const PROVIDER_ADJUSTMENTS = codes(
  "50 51 72 90 AH AM AP B2 B3 BD BN C5 CR CS CT CV CW DM E3 FB FC GO HM IP IR IS J1 L3 L6 LE LS " +
    "OA OB PI PL RA RE SL TL WO WU",
);
const PERSON = { kinds: "1", last: S, suffix: S } as const;
const EITHER = { kinds: "1 2", last: S, suffix: S } as const;
const PAYER_IDS = "AD FI NI PI PP XV";

const header: readonly GuideSegment[] = [
  segment("BPR", "Payment", R, 1, [
    id("How the payment and advice travel", R, 1, 2, HANDLING),
    money("Amount paid", R),
    id("Credit or debit", R, 1, 1, CREDIT_OR_DEBIT),
    id("Method of payment", R, 3, 3, PAYMENT_METHOD),
    id("Format of the payment", S, 1, 10, PAYMENT_FORMAT),
    id("Kind of sender's bank number", S, 2, 2, BANK_NUMBER),
    an("Sender's bank", S, 3, 12),
    id("Kind of sender's account", S, 1, 3, codes("DA"), ACCOUNT),
    an("Sender's account", S, 1, 35),
    an("Payer identifier", S, 10, 10),
    an("Payer's supplemental code", S, 9, 9),
    id("Kind of receiver's bank number", S, 2, 2, BANK_NUMBER),
    an("Receiver's bank", S, 3, 12),
    id("Kind of receiver's account", S, 1, 3, ACCOUNT),
    an("Receiver's account", S, 1, 35),
    date("Date of the check or transfer", R),
    ...unused(5),
  ]),
  segment("TRN", "Check or transfer number", R, 1, [
    id("Kind of trace", R, 1, 2, codes("1"), TRACE),
    reference("Check or transfer number", R),
    an("Payer identifier", R, 10, 10),
    reference("Payer's supplemental code", S),
  ]),
  segment("CUR", "Foreign currency", S, 1, [
    id("Whose currency", R, 2, 3, codes("PR"), ROLE),
    id("Currency", R, 3, 3, "currency"),
    ...unused(19),
  ]),
  ref("Receiver of the advice", S, 1, "EV"),
  ref("Version of the payer's system", S, 1, "F2"),
  dtm("Production date", S, 1, "405"),
];

const payer: GuideLoop = loop("1000A", "Payer", R, 1, [
  segment("N1", "Payer", R, 1, [
    id("Role", R, 2, 3, codes("PR"), ROLE),
    an("Name", R, 1, 60),
    id("Kind of identifier", S, 1, 2, codes("XV"), IDENTIFIER),
    an("Identifier", S, 2, 80),
    ...unused(2),
  ]),
  ...address("Payer", R),
  ref("Further payer identifiers", S, 4, "2U EO HI NF"),
  per("Payer's business contact", S, 1, "CX", S, [
    [S, "EM FX TE"],
    [S, "EM EX FX TE"],
    [S, "EX"],
  ]),
  per("Payer's technical contact", R, MANY, "BL", S, [
    [S, "EM TE UR"],
    [S, "EM EX FX TE UR"],
    [S, "EM EX FX UR"],
  ]),
  per("Payer's policy web site", S, 1, "IC", "N", [[R, "UR"]]),
]);

const payee: GuideLoop = loop("1000B", "Payee", R, 1, [
  segment("N1", "Payee", R, 1, [
    id("Role", R, 2, 3, codes("PE"), ROLE),
    an("Name", R, 1, 60),
    id("Kind of identifier", R, 1, 2, codes("FI XV XX"), IDENTIFIER),
    an("Identifier", R, 2, 80),
    ...unused(2),
  ]),
  ...address("Payee", S),
  ref("Further payee identifiers", S, MANY, "0B D3 PQ TJ"),
  segment("RDM", "How the advice is delivered", S, 1, [
    id("Way of delivery", R, 1, 2, codes("BM EM FT OL"), TRANSMISSION),
    an("Name", S, 1, 60),
    an("Number or address", S, 1, 256),
    ...unused(2),
  ]),
]);

const providerSummary: readonly GuideSegment[] = [
  segment("TS3", "Provider summary", S, 1, [
    reference("Provider", R),
    an("Type of facility", R, 1, 2, "facility"),
    date("End of the fiscal period", R),
    quantity("Number of claims", R),
    money("Total charges", R),
    ...unused(7),
    money("Total of Medicare as secondary payer", S),
    ...unused(1),
    money("Total charges other than laboratory", S),
    ...unused(1),
    money("Total charges under HCPCS", S),
    money("Total payable under HCPCS", S),
    ...unused(1),
    money("Total professional component", S),
    money("Total patient liability met, Medicare secondary", S),
    money("Total reimbursed to patients", S),
    quantity("Number of periodic interim payment claims", S),
    money("Periodic interim payment adjustment", S),
  ]),
  segment("TS2", "Provider summary, inpatient", S, 1, [
    money("Total by DRG", S),
    money("Total federal specific", S),
    money("Total hospital specific", S),
    money("Total disproportionate share", S),
    money("Total capital", S),
    money("Total indirect medical education", S),
    quantity("Outlier days", S),
    money("Total day outlier", S),
    money("Total cost outlier", S),
    quantity("Average length of stay by DRG", S),
    quantity("Discharges", S),
    quantity("Cost report days", S),
    quantity("Covered days", S),
    quantity("Days not covered", S),
    money("Total pass-through, Medicare secondary", S),
    quantity("Average weight of the DRG", S),
    money("Total capital, federal specific", S),
    money("Total capital, hospital specific", S),
    money("Total capital, disproportionate share", S),
  ]),
];

const servicePayment: GuideLoop = loop("2110", "Service payment", S, 999, [
  segment("SVC", "Service payment", R, 1, [
    procedure("Service as adjudicated", R, "AD ER HC HP IV N4 N6 NU UI WK", "N"),
    money("Charge", R),
    money("Paid", R),
    an("Revenue code", S, 1, 48, "revenue"),
    quantity("Units paid", S),
    procedure("Service as submitted", S, "AD ER HC HP IV N4 NU WK", S),
    quantity("Units submitted", S),
  ]),
  dtm("Date of service", S, 2, "150 151 472"),
  cas("Adjustments of the service", 99, "CO OA PI PR"),
  ref("Service identifiers", S, 8, "1S APC BB E9 G1 G3 LU RB"),
  ref("Line item control number", S, 1, "6R"),
  ref("Rendering provider of the service", S, 10, "0B 1A 1B 1C 1D 1G 1H 1J D3 G2 HPI SY TJ"),
  ref("Payer's health care policy", S, 5, "0K"),
  amt("Further amounts of the service", S, 9, "B6 KH T T2 ZK ZL ZM ZN ZO"),
  qty("Further quantities of the service", S, 6, "ZK ZL ZM ZN ZO"),
  segment("LQ", "Remark codes of the service", S, 99, [
    id("Code list", R, 1, 3, codes("HE RX"), CODE_LIST),
    an("Remark", R, 1, 30, "rarc"),
  ]),
]);

const claimPayment: GuideLoop = loop("2100", "Claim payment", R, MANY, [
  segment("CLP", "Claim payment", R, 1, [
    an("Patient control number", R, 1, 38),
    id("Claim status", R, 1, 2, CLAIM_STATUSES, "claim-payment-status"),
    money("Charge", R),
    money("Paid", R),
    money("Patient responsibility", S),
    id("Kind of coverage", R, 1, 2, COVERAGES, CLAIM_FILING),
    reference("Payer claim control number", R),
    an("Type of facility", S, 1, 2, "facility"),
    id("Claim frequency", S, 1, 1, "claim-frequency"),
    ...unused(1),
    id("DRG", S, 1, 4, "drg"),
    quantity("Weight of the DRG", S),
    r("Discharge fraction", S, 1, 10),
    ...unused(1),
  ]),
  cas("Adjustments of the claim", 99, "CO OA PI PR"),
  nm1("Patient", R, "QC", { ...PERSON, id: [S, "34 HN II MI MR"] }),
  nm1("Subscriber", S, "IL", { ...EITHER, id: [R, "FI II MI"] }),
  nm1("Corrected patient or insured", S, "74", { ...EITHER, id: [S, "C"] }),
  nm1("Rendering provider", S, "82", { ...EITHER, id: [R, "BD BS FI MC PC SL UP XX"] }),
  nm1("Payer to which the claim crossed over", S, "TT", {
    kinds: "2",
    last: R,
    id: [R, PAYER_IDS],
  }),
  nm1("Payer that should pay first", S, "PR", { kinds: "2", last: R, id: [R, PAYER_IDS] }),
  nm1("Other subscriber", S, "GB", { ...EITHER, id: [S, "FI II MI"] }),
  mia(S),
  moa(),
  ref("Further claim identifiers", S, 5, "1L 1W 28 6P 9A 9C BB CE EA F8 G1 G3 IG SY"),
  ref("Rendering provider identifiers", S, 10, "0B 1A 1B 1C 1D 1G 1H 1J D3 G2 LU"),
  dtm("Statement from and to", S, 2, "232 233"),
  dtm("Coverage expired", S, 1, "036"),
  dtm("Claim received", S, 1, "050"),
  per("Contact for the claim", S, 2, "CX", S, [
    [R, "EM FX TE"],
    [S, "EM EX FX TE"],
    [S, "EX"],
  ]),
  amt("Further amounts of the claim", S, 13, "AU D8 DY F5 I NL T T2 ZK ZL ZM ZN ZO"),
  qty("Further quantities of the claim", S, 14, "CA CD LA LE NE NR OU PS VS ZK ZL ZM ZN ZO"),
  servicePayment,
]);

const providerAdjustments: GuideSegment = segment("PLB", "Provider adjustments", S, MANY, [
  reference("Provider", R),
  date("End of the fiscal period", R),
  ...times(6, (ordinal) => {
    const usage: Usage = ordinal === 1 ? R : S;
    return [
      composite(`Adjustment ${ordinal}`, usage, [
        id("Reason", R, 2, 2, PROVIDER_ADJUSTMENTS, "provider-adjustment"),
        reference("Reference", S),
      ]),
      money(`Amount ${ordinal}`, usage),
    ];
  }),
]);

/** The 835 as data (X12 005010X221 with its errata A1); one claim payment (2100) at a time. */
export const guide835: Guide = {
  transactionSet: "835",
  versions: ["005010X221A1", "005010X221"],
  name: "835",
  functionalIdentifier: "HP",
  unitLoops: ["2100"],
  root: loop("ST", "Remittance advice", R, 1, [
    st("835"),
    ...header,
    payer,
    payee,
    loop("2000", "Group of claim payments", S, MANY, [
      segment("LX", "Header number", R, 1, [n0("Number", R, 1, 6)]),
      ...providerSummary,
      claimPayment,
    ]),
    providerAdjustments,
    se(),
  ]),
};
