import { type ClaimPayment, type ParkReason, patientShare } from "../remits/index.ts";

/** One remittance, as far as it says how its payer works. */
export interface ScoredRemittance {
  readonly payer: string;
  /** Its trace number was another remittance's before. */
  readonly traceReused: boolean;
  /** It was parked whole, because its equation does not hold. */
  readonly unbalanced: boolean;
}

/** One claim payment, posted or parked. */
export interface ScoredPayment {
  readonly payer: string;
  readonly payment: ClaimPayment;
  /** Why it is parked; undefined when it posted. */
  readonly parked: ParkReason | undefined;
  /** From the first sending of its claim to the payment; undefined unless it is the first answer. */
  readonly days: number | undefined;
}

type Unit = "remittances" | "claimPayments" | "lines" | "reversals" | "adjustments";

/** What a payer is measured by: how many of its units break a rule of the standard. */
interface Measure {
  readonly words: string;
  readonly source: string;
  readonly of: Unit;
}

/** Every measure; what is counted stands in `faultsOf` under the same name. */
export const PAYER_MEASURES = {
  "trace-reused": {
    words: "Remittances whose trace number an earlier one had",
    source: "RFI 604: TRN02 is unique for its payer",
    of: "remittances",
  },
  "remittance-unbalanced": {
    words: "Remittances whose payment is not their claims less provider adjustments",
    source: "005010X221A1 1.10.2.1.3; RFI 1324",
    of: "remittances",
  },
  "claim-unbalanced": {
    words: "Claim payments whose charge less adjustments is not the payment",
    source: "005010X221A1 1.10.2.1.2; RFI 358",
    of: "claimPayments",
  },
  "line-number-missing": {
    words: "Service lines without the line control number of the claim",
    source: "005010X221A1 2110 REF*6R; RFI 1684",
    of: "lines",
  },
  "claim-number-missing": {
    words: "Claim payments without the payer's own claim number",
    source: "005010X221A1 2100 CLP07",
    of: "claimPayments",
  },
  "patient-share-differs": {
    words: "Claim payments whose patient share is not the sum of the PR adjustments",
    source: "005010X221A1 2100 CLP05",
    of: "claimPayments",
  },
  "status-denied": {
    words: "Claim payments with status 4 though the patient was known",
    source: "RFI 1423, 1079: status 4 is for unknown patients",
    of: "claimPayments",
  },
  "reversal-by-claim": {
    words: "Reversals without the lines that they take back",
    source: "005010X221A1 1.10.2.8; RFI 1429",
    of: "reversals",
  },
  "reversal-group": {
    words: "Adjustments of group CR, which 5010 no longer has",
    source: "RFI 319",
    of: "adjustments",
  },
  "remark-missing": {
    words: "Adjustments whose reason asks for a remark code, without one",
    source: "code list 139: reasons that ask for a remark; CORE 360",
    of: "adjustments",
  },
} as const satisfies Record<string, Measure>;

/** The name of a measure. */
export type PayerMeasure = keyof typeof PAYER_MEASURES;

/** Reasons (CARC) that say of themselves that a remark code must come with them. */
const ASKS_FOR_REMARK: ReadonlySet<string> = new Set(
  "16 96 125 129 148 226 227 234 251 252 A1".split(" "),
);
const REVERSAL = "22";
const DENIED = "4";

/** What one payer came to. */
export interface PayerScore {
  readonly payer: string;
  readonly units: Readonly<Record<Unit, number>>;
  readonly measures: readonly {
    readonly measure: PayerMeasure;
    readonly words: string;
    readonly count: number;
    readonly of: number;
    /** Share of the units; null where there are none. */
    readonly rate: number | null;
  }[];
  /** Days from the first sending to the first answer. */
  readonly days: {
    readonly answered: number;
    readonly median: number | null;
    readonly longest: number | null;
  };
}

interface Tally {
  readonly units: Record<Unit, number>;
  readonly faults: Map<PayerMeasure, number>;
  readonly days: number[];
}

/** Adds up what payers do against the standard, one remittance and payment after the other. */
export class PayerScorecard {
  readonly #tallies = new Map<string, Tally>();

  /** Takes a remittance. */
  remittance({ payer, traceReused, unbalanced }: ScoredRemittance): void {
    const tally = this.#tally(payer);
    tally.units.remittances += 1;
    if (traceReused) count(tally, "trace-reused");
    if (unbalanced) count(tally, "remittance-unbalanced");
  }

  /** Takes a claim payment. */
  payment(scored: ScoredPayment): void {
    const tally = this.#tally(scored.payer);
    const { payment, days } = scored;
    tally.units.claimPayments += 1;
    tally.units.lines += payment.services.length;
    if (payment.statusCode === REVERSAL) tally.units.reversals += 1;
    for (const { adjustments } of [payment, ...payment.services]) {
      tally.units.adjustments += adjustments.length;
    }
    for (const fault of faultsOf(scored)) count(tally, fault);
    if (days !== undefined) tally.days.push(days);
  }

  /** The payers by name. */
  scores(): PayerScore[] {
    return [...this.#tallies]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([payer, tally]) => scoreOf(payer, tally));
  }

  #tally(payer: string): Tally {
    let tally = this.#tallies.get(payer);
    if (tally === undefined) {
      tally = {
        units: { remittances: 0, claimPayments: 0, lines: 0, reversals: 0, adjustments: 0 },
        faults: new Map(),
        days: [],
      };
      this.#tallies.set(payer, tally);
    }
    return tally;
  }
}

function count(tally: Tally, fault: PayerMeasure): void {
  tally.faults.set(fault, (tally.faults.get(fault) ?? 0) + 1);
}

/** One entry for each unit that breaks a rule. */
function faultsOf({ payment, parked }: ScoredPayment): PayerMeasure[] {
  const faults: PayerMeasure[] = [];
  const { patientResponsibilityCents: told, services, statusCode } = payment;
  if (parked === "claim-unbalanced") faults.push("claim-unbalanced");
  if (payment.payerClaimControlNumber === undefined) faults.push("claim-number-missing");
  if (told !== undefined && told !== patientShare(payment)) faults.push("patient-share-differs");
  if (statusCode === DENIED && parked === undefined) faults.push("status-denied");
  if (statusCode === REVERSAL && services.length === 0) faults.push("reversal-by-claim");
  for (const { lineControlNumber } of services) {
    if (lineControlNumber === undefined) faults.push("line-number-missing");
  }
  for (const { adjustments, remarkCodes } of [payment, ...services]) {
    const hasRemark = remarkCodes.length + payment.remarkCodes.length > 0;
    for (const { groupCode, reasonCode } of adjustments) {
      if (groupCode === "CR") faults.push("reversal-group");
      if (!hasRemark && ASKS_FOR_REMARK.has(reasonCode)) faults.push("remark-missing");
    }
  }
  return faults;
}

function scoreOf(payer: string, { units, faults, days }: Tally): PayerScore {
  const sorted = [...days].sort((a, b) => a - b);
  const names = Object.keys(PAYER_MEASURES) as PayerMeasure[];
  return {
    payer,
    units,
    measures: names.map((measure) => {
      const { words, of } = PAYER_MEASURES[measure];
      const found = faults.get(measure) ?? 0;
      const all = units[of];
      return { measure, words, count: found, of: all, rate: all === 0 ? null : found / all };
    }),
    days: {
      answered: sorted.length,
      median: sorted[Math.floor((sorted.length - 1) / 2)] ?? null,
      longest: sorted.at(-1) ?? null,
    },
  };
}
