import type { Claim } from "../billing/claims/claim.ts";
import { formatAmount, sumOf } from "../billing/money/index.ts";
import type { LoopValue, SegmentValue } from "../edi/x12/index.ts";
import { payerNumberOf } from "./adjudicate.ts";
import { compactDate } from "./calendar.ts";
import type { Outcome } from "./outcomes.ts";
import type { SamplePayer } from "./payers.ts";

/** A batch of claims to one payer, and what the payer's front door says of each. */
export interface ClaimAcknowledgement {
  readonly payer: SamplePayer;
  /** BHT03 of the 837. */
  readonly batchReference: string;
  /** NM1*41 of the 837. */
  readonly submitter: { readonly name: string; readonly id: string };
  /** BHT03 and TRN02 of the answer. */
  readonly reference: string;
  /** ISO calendar dates. */
  readonly received: string;
  readonly today: string;
  /** HHMM. */
  readonly time: string;
  readonly entries: readonly { readonly claim: Claim; readonly outcome: Outcome }[];
}

/**
 * Loop "ST" of the 277CA, without ST and SE: A2 with REF*1K for what is accepted, the reason for
 * what is not.
 */
export function claimAcknowledgementLoop(acknowledgement: ClaimAcknowledgement): LoopValue {
  const { payer, reference, received, today, time } = acknowledgement;
  const day = compactDate(today);
  return {
    id: "ST",
    segments: [["BHT", "0085", "08", reference, day, time, "TH"]],
    loops: [
      {
        id: "2000A",
        segments: [["HL", "1", "", "20", "1"]],
        loops: [
          {
            id: "2100A",
            segments: [["NM1", "PR", "2", payer.name, "", "", "", "", "PI", payer.id]],
            loops: [],
          },
          {
            id: "2200A",
            segments: [
              ["TRN", "1", reference],
              ["DTP", "050", "D8", compactDate(received)],
              ["DTP", "009", "D8", day],
            ],
            loops: [],
          },
          submitterLoop(acknowledgement),
        ],
      },
    ],
  };
}

function submitterLoop(acknowledgement: ClaimAcknowledgement): LoopValue {
  const { submitter, batchReference, entries, today } = acknowledgement;
  const accepted = entries.filter(({ outcome }) => outcome.rejection === undefined);
  const rejected = entries.filter(({ outcome }) => outcome.rejection !== undefined);
  return {
    id: "2000B",
    segments: [["HL", "2", "1", "21", "1"]],
    loops: [
      {
        id: "2100B",
        segments: [["NM1", "41", "2", submitter.name, "", "", "", "", "46", submitter.id]],
        loops: [],
      },
      {
        id: "2200B",
        segments: [
          ["TRN", "2", batchReference],
          ["STC", ["A1", "19", "PR"], compactDate(today), "WQ", totalOf(entries)],
          ...totals("90", "YU", accepted),
          ...totals("AA", "YY", rejected),
        ],
        loops: [],
      },
      ...providerLoops(entries, compactDate(today), acknowledgement.payer),
    ],
  };
}

type Entries = ClaimAcknowledgement["entries"];

function totals(quantity: string, amount: string, entries: Entries): SegmentValue[] {
  if (entries.length === 0) return [];
  return [
    ["QTY", quantity, String(entries.length)],
    ["AMT", amount, totalOf(entries)],
  ];
}

function totalOf(entries: Entries): string {
  return formatAmount(sumOf(entries, ({ claim }) => claim.chargeCents));
}

/** Billing providers with their patients; the hierarchy counts on from the submitter's level. */
function providerLoops(entries: Entries, day: string, payer: SamplePayer): LoopValue[] {
  const providers = new Map<string, Entries[number][]>();
  for (const entry of entries) {
    const { npi } = entry.claim.billingProvider;
    const own = providers.get(npi);
    if (own === undefined) providers.set(npi, [entry]);
    else own.push(entry);
  }
  let level = 2;
  return [...providers.values()].map((own) => {
    level += 1;
    const parent = String(level);
    const patients = own.map((entry) => {
      level += 1;
      return patientLoop(entry, String(level), parent, day, payer);
    });
    const { name, npi } = own[0]?.claim.billingProvider ?? { name: "", npi: "" };
    return {
      id: "2000C",
      segments: [["HL", parent, "2", "19", "1"]],
      loops: [
        {
          id: "2100C",
          segments: [["NM1", "85", "2", name, "", "", "", "", "XX", npi]],
          loops: [],
        },
        ...patients,
      ],
    };
  });
}

function patientLoop(
  { claim, outcome }: Entries[number],
  level: string,
  parent: string,
  day: string,
  payer: SamplePayer,
): LoopValue {
  const { lastName, firstName, memberId } = claim.patient;
  return {
    id: "2000D",
    segments: [["HL", level, parent, "PT"]],
    loops: [
      {
        id: "2100D",
        segments: [["NM1", "QC", "1", lastName, firstName, "", "", "", "MI", memberId]],
        loops: [],
      },
      {
        id: "2200D",
        segments: [
          ["TRN", "2", claim.patientControlNumber],
          statusSegment(claim, outcome, day),
          ...(outcome.rejection === undefined
            ? [["REF", "1K", payerNumberOf(claim, payer)] as const]
            : []),
          ...typeOfBill(claim),
          ["DTP", "472", ...periodOf(claim, day)],
        ],
        loops: [],
      },
    ],
  };
}

/** REF*BLT of an institutional claim: facility type and frequency. */
function typeOfBill({ kind, placeOfServiceCode, frequencyCode }: Claim): SegmentValue[] {
  return kind === "institutional" ? [["REF", "BLT", `${placeOfServiceCode}${frequencyCode}`]] : [];
}

function statusSegment(claim: Claim, { rejection }: Outcome, day: string): SegmentValue {
  const charge = formatAmount(claim.chargeCents);
  if (rejection === undefined) return ["STC", ["A2", "20", "PR"], day, "WQ", charge];
  const { category, status, entity, message } = rejection;
  const unused = ["", "", "", "", "", "", ""] as const;
  return ["STC", [category, status, entity], day, "U", charge, ...unused, message.toUpperCase()];
}

function periodOf(claim: Claim, day: string): readonly [format: string, period: string] {
  const from = claim.serviceDateFrom === undefined ? day : compactDate(claim.serviceDateFrom);
  const to = claim.serviceDateTo === undefined ? from : compactDate(claim.serviceDateTo);
  return from === to ? ["D8", from] : ["RD8", `${from}-${to}`];
}
