import { isInpatient } from "../billing/claims/index.ts";
import { formatAmount } from "../billing/money/index.ts";
import type { Adjustment, Procedure } from "../billing/remits/remittance.ts";
import type { LoopValue, SegmentValue } from "../edi/x12/index.ts";
import { compactDate } from "./calendar.ts";
import { type ClaimDecision, type LineDecision, patientShareOf } from "./decision.ts";
import type { SamplePayer } from "./payers.ts";
import type { Payment, PlbEntry } from "./payments.ts";

/**
 * Loop "ST" of the 835 that tells a payment, without ST and SE; BPR02 is the payment's own, even if
 * wrong.
 */
export function remittanceLoop(payment: Payment): LoopValue {
  const { payer, date, traceNumber, decisions, plb } = payment;
  const payee = decisions[0]?.claim.billingProvider;
  if (payee === undefined) throw new RangeError("a payment tells a decision at least");
  const claims = decisions.map(claimLoop);
  return {
    id: "ST",
    segments: [
      paymentSegment(payment),
      ["TRN", "1", traceNumber, payer.originatorId],
      ["DTM", "405", compactDate(date)],
      ...plbSegments(plb, payee.npi, date),
    ],
    loops: [
      payerLoop(payer),
      {
        id: "1000B",
        segments: [
          ["N1", "PE", payee.name, "XX", payee.npi],
          ...(payee.taxId === "" ? [] : [["REF", "TJ", payee.taxId] as const]),
        ],
        loops: [],
      },
      { id: "2000", segments: [["LX", "1"]], loops: claims },
    ],
  };
}

/** An invented bank number with a right check digit, and invented accounts. */
const BANK = { routing: "999999992", payerAccount: "1000200030", payeeAccount: "4000500060" };
const TRIPLES_IN_CAS = 6;
const PAIRS_IN_PLB = 6;

function paymentSegment({ payer, paymentCents, date }: Payment): SegmentValue {
  const amount = formatAmount(paymentCents);
  const day = compactDate(date);
  const empty = ["", "", "", "", "", "", "", "", "", "", ""] as const;
  if (paymentCents === 0) return ["BPR", "H", "0", "C", "NON", ...empty, day];
  if (payer.paymentMethod === "CHK") return ["BPR", "I", amount, "C", "CHK", ...empty, day];
  const { routing, payerAccount, payeeAccount } = BANK;
  const from = ["01", routing, "DA", payerAccount, payer.originatorId, ""] as const;
  const to = ["01", routing, "DA", payeeAccount] as const;
  return ["BPR", "I", amount, "C", "ACH", "CCP", ...from, ...to, day];
}

function payerLoop(payer: SamplePayer): LoopValue {
  const { street, city, state } = payer.address;
  return {
    id: "1000A",
    segments: [
      ["N1", "PR", payer.name, "XV", payer.id],
      ["N3", street],
      ["N4", city, state, payer.postalCode],
      ["REF", "2U", payer.id],
      ["PER", "BL", "PROVIDER SERVICES", "TE", "8005550199"],
    ],
    loops: [],
  };
}

function claimLoop(decision: ClaimDecision): LoopValue {
  const { claim, payerClaimControlNumber } = decision;
  const { patient } = claim;
  const share = patientShareOf(decision);
  const reversal = decision.statusCode === "22";
  return {
    id: "2100",
    segments: [
      [
        "CLP",
        claim.patientControlNumber,
        decision.statusCode,
        formatAmount(decision.chargeCents),
        formatAmount(decision.paidCents),
        share === 0 || reversal ? "" : formatAmount(share),
        decision.coverageCode,
        payerClaimControlNumber,
        claim.placeOfServiceCode,
        claim.frequencyCode,
        "",
        claim.institutional?.diagnosisRelatedGroup ?? "",
      ],
      ...adjustmentSegments(decision.adjustments),
      ["NM1", "QC", "1", patient.lastName, patient.firstName, "", "", "", "MI", patient.memberId],
      ...correctedInsured(decision),
      ...(claim.renderingProviderNpi === undefined
        ? []
        : [renderingProvider(claim.renderingProviderNpi)]),
      ...crossoverCarrier(decision),
      ...remarkSegments(decision),
      ...(claim.originalReference === undefined
        ? []
        : [["REF", "F8", claim.originalReference] as const]),
      ...statementDates(decision),
      ...(decision.interestCents === 0
        ? []
        : [["AMT", "I", formatAmount(decision.interestCents)] as const]),
    ],
    loops: decision.lines.map(serviceLoop),
  };
}

function renderingProvider(npi: string): SegmentValue {
  return ["NM1", "82", "1", "", "", "", "", "", "XX", npi];
}

function correctedInsured({ correctedMemberId, claim }: ClaimDecision): SegmentValue[] {
  if (correctedMemberId === undefined) return [];
  const { lastName, firstName } = claim.patient;
  return [["NM1", "74", "1", lastName, firstName, "", "", "", "C", correctedMemberId]];
}

function crossoverCarrier({ crossover }: ClaimDecision): SegmentValue[] {
  if (crossover === undefined) return [];
  return [["NM1", "TT", "2", crossover.name, "", "", "", "", "PI", crossover.id]];
}

/** MIA of a stay, with no covered days where all of it is refused; MOA of anything else. */
function remarkSegments({ claim, remarkCodes }: ClaimDecision): SegmentValue[] {
  const [first, ...others] = remarkCodes;
  if (first === undefined) return [];
  if (claim.kind !== "institutional" || !isInpatient(claim)) {
    return [["MOA", "", "", ...remarkCodes]];
  }
  const between = Array.from({ length: 14 }, () => "");
  return [["MIA", "0", "", "", "", first, ...between, ...others]];
}

/** DTM*232 and 233 where no line tells its own date. */
function statementDates({ claim, lines }: ClaimDecision): SegmentValue[] {
  const { serviceDateFrom, serviceDateTo } = claim;
  if (lines.length > 0 || serviceDateFrom === undefined) return [];
  return [
    ["DTM", "232", compactDate(serviceDateFrom)],
    ["DTM", "233", compactDate(serviceDateTo ?? serviceDateFrom)],
  ];
}

function serviceLoop(line: LineDecision): LoopValue {
  const { paidUnits, submittedUnits } = line;
  return {
    id: "2110",
    segments: [
      [
        "SVC",
        composite(line.procedure),
        formatAmount(line.chargeCents),
        formatAmount(line.paidCents),
        line.revenueCode ?? "",
        paidUnits,
        line.submittedProcedure === undefined ? "" : composite(line.submittedProcedure),
        submittedUnits === paidUnits ? "" : submittedUnits,
      ],
      ...serviceDates(line),
      ...adjustmentSegments(line.adjustments),
      ["REF", "6R", line.lineControlNumber],
      ...(line.allowedCents === undefined
        ? []
        : [["AMT", "B6", formatAmount(line.allowedCents)] as const]),
      ...line.remarkCodes.map((code) => ["LQ", "HE", code] as const),
    ],
    loops: [],
  };
}

function composite({ qualifier, code, modifiers }: Procedure): readonly string[] {
  return [qualifier, code, ...modifiers];
}

function serviceDates({ serviceDateFrom: from, serviceDateTo: to }: LineDecision): SegmentValue[] {
  if (from === undefined) return [];
  if (to === undefined || to === from) return [["DTM", "472", compactDate(from)]];
  return [
    ["DTM", "150", compactDate(from)],
    ["DTM", "151", compactDate(to)],
  ];
}

/** One CAS for each group code, a further one from the seventh reason on. */
function adjustmentSegments(adjustments: readonly Adjustment[]): SegmentValue[] {
  const groups = new Set(adjustments.map(({ groupCode }) => groupCode));
  return [...groups].flatMap((group) => {
    const own = adjustments.filter(({ groupCode }) => groupCode === group);
    return inParts(own, TRIPLES_IN_CAS).map((part): SegmentValue => {
      const triples = part.flatMap(({ reasonCode, amountCents, quantity }) => [
        reasonCode,
        formatAmount(amountCents),
        quantity ?? "",
      ]);
      return ["CAS", group, ...triples];
    });
  });
}

function plbSegments(plb: readonly PlbEntry[], npi: string, date: string): SegmentValue[] {
  const fiscalYearEnd = `${date.slice(0, 4)}1231`;
  return inParts(plb, PAIRS_IN_PLB).map((part): SegmentValue => {
    const pairs = part.flatMap(({ reasonCode, reference, amountCents }) => [
      [reasonCode, reference],
      formatAmount(amountCents),
    ]);
    return ["PLB", npi, fiscalYearEnd, ...pairs];
  });
}

function inParts<T>(items: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return parts;
}
