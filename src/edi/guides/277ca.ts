/** 277CA, health care claim acknowledgment: 005010X214. */
import {
  beginning,
  clearinghouseNumber,
  payerClaimControlNumber,
  status,
  trace,
  typeOfBill,
} from "./claim-status.ts";
import { an, codes, date, id, money, procedure, quantity, R, S, unused } from "./elements.ts";
import type { Guide, GuideLoop, GuideSegment, Usage } from "./guide.ts";
import { ACTION } from "./meanings/payments.ts";
import { amt, dtp, hl, loop, MANY, nm1, qty, ref, se, segment, st } from "./segments.ts";

const VERSIONS = ["005010X214"];
const RECEIVER_ENTITIES = "36 40 41 AY PR";
const PROVIDER_ENTITIES = "36 40 41 77 82 85 87 AY PR";
const CLAIM_ENTITIES =
  "03 1P 1Z 40 41 71 72 73 77 82 85 87 DK DN DQ FA GB HK IL LI MSC PR PRP QB QC QD SEP TL TTP TU";

/** STC: acceptance or rejection at one level, with up to three statuses. */
function stc(
  name: string,
  usage: Usage,
  entities: string,
  effective: Usage,
  charge: Usage,
  message: Usage,
): GuideSegment {
  return segment("STC", name, usage, MANY, [
    status("Status 1", R, codes(entities)),
    date("Effective", effective),
    id("Accepted or rejected", R, 1, 2, ACTION),
    money("Charge", charge),
    ...unused(5),
    status("Status 2", S, codes(entities)),
    status("Status 3", S, codes(entities)),
    an("Message", message, 1, 264),
  ]);
}

function totals(accepted: string, rejected: string): GuideSegment[] {
  return [
    qty("Number accepted", S, 1, accepted),
    qty("Number rejected", S, 1, rejected),
    amt("Amount accepted", S, 1, "YU"),
    amt("Amount rejected", S, 1, "YY"),
  ];
}

const serviceLine: GuideLoop = loop("2220D", "Service line", S, MANY, [
  segment("SVC", "Service line", R, 1, [
    procedure("Service", R, "AD ER HC HP IV NU WK", "N"),
    money("Charge", R),
    ...unused(1),
    an("Revenue code", S, 1, 48, "revenue"),
    ...unused(2),
    quantity("Units submitted", S),
  ]),
  stc("Status of the line", R, CLAIM_ENTITIES, R, "N", S),
  ref("Line item control number", S, 1, "FJ"),
  ref("Prescription", S, 1, "XZ"),
  dtp("Date of service", S, 1, "472", "D8 RD8"),
]);

const patientLevel: GuideLoop = loop(
  "2000D",
  "Patient",
  S,
  MANY,
  [
    hl("Patient level", "PT", R, ""),
    loop("2100D", "Patient", R, 1, [
      nm1("Patient", R, "QC", { kinds: "1", last: R, prefix: S, suffix: S, id: [R, "II MI"] }),
    ]),
    loop("2200D", "Claim", S, MANY, [
      trace("Patient control number", "2"),
      stc("Status of the claim", R, CLAIM_ENTITIES, R, R, S),
      payerClaimControlNumber,
      clearinghouseNumber,
      typeOfBill,
      dtp("Date of service", R, 1, "472", "D8 RD8"),
      serviceLine,
    ]),
  ],
  { levelCode: "PT", parents: ["2000C"] },
);

const providerLevel: GuideLoop = loop(
  "2000C",
  "Billing provider",
  S,
  MANY,
  [
    hl("Billing provider level", "19", R, "0 1"),
    loop("2100C", "Billing provider", R, 1, [
      nm1("Billing provider", R, "85", {
        kinds: "1 2",
        last: R,
        prefix: S,
        suffix: S,
        id: [R, "FI SV XX"],
      }),
    ]),
    loop("2200C", "Claims of the provider", S, 1, [
      trace("Provider's reference", "1"),
      stc("Status of the provider's claims", S, PROVIDER_ENTITIES, "N", R, "N"),
      ref("Provider's other identifier", S, 3, "0B 1G G2 LU SY TJ"),
      ...totals("QA", "QC"),
    ]),
    patientLevel,
  ],
  { levelCode: "19", parents: ["2000B"] },
);

const receiverLevel: GuideLoop = loop(
  "2000B",
  "Submitter",
  R,
  1,
  [
    hl("Submitter level", "21", R, "0 1"),
    loop("2100B", "Submitter", R, 1, [
      nm1("Submitter", R, "41", { kinds: "1 2", last: R, id: [R, "46"] }),
    ]),
    loop("2200B", "Batch", R, 1, [
      trace("Batch reference", "2"),
      stc("Status of the batch", R, RECEIVER_ENTITIES, R, R, "N"),
      ...totals("90", "AA"),
    ]),
    providerLevel,
  ],
  { levelCode: "21", parents: ["2000A"] },
);

const sourceLevel: GuideLoop = loop(
  "2000A",
  "Who acknowledges",
  R,
  MANY,
  [
    hl("Level of who acknowledges", "20", "N", "1"),
    loop("2100A", "Who acknowledges", R, 1, [
      nm1("Who acknowledges", R, "AY PR", { kinds: "2", last: R, id: [R, "46 FI PI XV"] }),
    ]),
    loop("2200A", "Transmission", R, 1, [
      trace("Transmission reference", "1"),
      dtp("Received", R, 1, "050"),
      dtp("Processed", R, 1, "009"),
    ]),
    receiverLevel,
  ],
  { levelCode: "20", parents: [] },
);

/**
 * The 277CA as data (X12 005010X214); one claim (2200D) at a time. A batch or all claims of a
 * provider may be rejected above it, by the STC of 2200B or 2200C, and then no claim follows.
 */
export const guide277CA: Guide = {
  transactionSet: "277",
  versions: VERSIONS,
  name: "277CA",
  functionalIdentifier: "HN",
  unitLoops: ["2200D"],
  root: loop("ST", "Acknowledgment of claims", R, 1, [
    st("277", VERSIONS),
    beginning("0085", "08", "TH"),
    sourceLevel,
    se(),
  ]),
};
