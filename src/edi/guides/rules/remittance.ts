/** Rules of remittances (835): the three balances, and what payment and status demand. */
import type { Segment } from "../../x12/index.ts";
import type { Loop } from "../loop.ts";
import { allAdjustedCents, centsIn } from "./amount.ts";
import {
  type Breach,
  type LoopRule,
  missing,
  missingElement,
  NONE,
  off,
  type SetRule,
  unwanted,
  wrong,
} from "./rule.ts";

const REMITTANCE: readonly string[] = ["835"];
/** BPR04: money that moves between banks. */
const TRANSFERS: readonly string[] = ["ACH", "BOP", "FWT"];
const NO_PAYMENT = "NON";
/** BPR06 to BPR10 and BPR12 to BPR15: both banks, both accounts, and who pays. */
const BANK_ELEMENTS: readonly number[] = [6, 7, 8, 9, 10, 12, 13, 14, 15];
/** CLP02: processed, and passed on to another payer. */
const PASSED_ON: readonly string[] = ["19", "20", "21", "23"];
const PATIENT_SHARE = "PR";

export const remittanceRules: readonly LoopRule[] = [
  {
    name: "service-unbalanced",
    guides: REMITTANCE,
    loops: ["2110"],
    demands:
      "What was paid for a service (SVC03) is its charge (SVC02) less its adjustments (CAS).",
    fix: "Ask the payer for a corrected remittance; it will be parked, never plugged.",
    source: "005010X221A1 1.10.2.1.1; X12 RFI 2601",
    snip: 3,
    severity: "error",
    breaches: ({ segments }) => {
      const [svc] = segments;
      if (svc?.id !== "SVC") return NONE;
      const rest = restOf(svc, 2, 3, allAdjustedCents(segments));
      return rest === 0 ? NONE : [off(svc, 3, rest)];
    },
  },
  {
    name: "claim-unbalanced",
    guides: REMITTANCE,
    loops: ["2100"],
    demands: "What was paid for a claim (CLP04) is its charge (CLP03) less all adjustments (CAS).",
    fix: "Ask the payer for a corrected remittance; it will be parked, never plugged.",
    source: "005010X221A1 1.10.2.1.2; X12 RFI 358",
    snip: 3,
    severity: "error",
    breaches: (payment) => {
      const [clp] = payment.segments;
      if (clp?.id !== "CLP") return NONE;
      const rest = restOf(clp, 3, 4, adjustedWithServices(payment));
      return rest === 0 ? NONE : [off(clp, 4, rest)];
    },
  },
  {
    name: "patient-share-unsupported",
    guides: REMITTANCE,
    loops: ["2100"],
    demands: "The patient's share of a claim (CLP05) is the sum of its PR adjustments.",
    fix: "Ask the payer which of the two is right; the adjustments are posted.",
    source: "005010X221A1 2100 CLP05",
    snip: 3,
    severity: "warning",
    breaches: (payment) => {
      const [clp] = payment.segments;
      if (clp?.id !== "CLP" || !clp.holds(5)) return NONE;
      const told = centsIn(clp, 5);
      const supported = adjustedWithServices(payment, PATIENT_SHARE);
      if (told === undefined || supported === undefined || told === supported) return NONE;
      return [off(clp, 5, told - supported)];
    },
  },
  {
    name: "crossover-payer-missing",
    guides: REMITTANCE,
    loops: ["2100"],
    demands:
      "A claim that was passed on (CLP02 is 19, 20, 21 or 23) names to which payer (NM1*TT).",
    fix: "Ask the payer to whom the claim went, before billing the next payer.",
    source: "005010X221A1 2100 CLP02, NM1*TT",
    snip: 4,
    severity: "warning",
    breaches: (payment) => {
      const status = payment.segment("CLP")?.element(2) ?? "";
      return PASSED_ON.includes(status) && !payment.segment("NM1", "TT") ? [missing("NM1")] : NONE;
    },
  },
  {
    name: "adjudication-twofold",
    guides: REMITTANCE,
    loops: ["2100"],
    demands: "A claim was adjudicated as inpatient (MIA) or as outpatient (MOA), not as both.",
    fix: "Ask the payer for a corrected remittance.",
    source: "005010X221A1 2100 MIA, MOA",
    snip: 4,
    severity: "error",
    breaches: (payment) => {
      const moa = payment.segment("MOA");
      if (moa === undefined || payment.segment("MIA") === undefined) return NONE;
      return [unwanted(moa)];
    },
  },
  {
    name: "service-date-missing",
    guides: REMITTANCE,
    loops: ["2110"],
    demands: "A service has a date (DTM*472, or 150 and 151) where its claim has none (DTM*232).",
    fix: "Ask the payer for the dates; until then the dates of the claim as sent are used.",
    source: "005010X221A1 2110 DTM",
    snip: 4,
    severity: "warning",
    breaches: (service) => {
      if (hasDate(service, "472", "150")) return NONE;
      const payment = service.parent;
      return payment !== undefined && !hasDate(payment, "232") ? [missing("DTM")] : NONE;
    },
  },
  {
    name: "bank-details-missing",
    guides: REMITTANCE,
    loops: ["ST"],
    demands: "A transfer (BPR04 is ACH, BOP or FWT) names both banks, both accounts and the payer.",
    fix: "Ask the payer for a remittance that names banks and accounts.",
    source: "005010X221A1 BPR05 to BPR15",
    snip: 4,
    severity: "error",
    breaches: (root) => {
      const bpr = root.segment("BPR");
      if (bpr === undefined || !TRANSFERS.includes(bpr.element(4))) return NONE;
      return BANK_ELEMENTS.filter((element) => !bpr.holds(element)).map((element) =>
        missingElement(bpr, element),
      );
    },
  },
  {
    name: "no-payment-with-amount",
    guides: REMITTANCE,
    loops: ["ST"],
    demands: "A remittance without payment (BPR04 is NON) has the amount 0 (BPR02).",
    fix: "Ask the payer whether money was sent, and how.",
    source: "005010X221A1 BPR02, BPR04",
    snip: 4,
    severity: "error",
    breaches: (root) => {
      const bpr = root.segment("BPR");
      if (bpr?.element(4) !== NO_PAYMENT) return NONE;
      return (centsIn(bpr, 2) ?? 0) !== 0 ? [wrong(bpr, 2)] : NONE;
    },
  },
  {
    name: "payer-identifiers-differ",
    guides: REMITTANCE,
    loops: ["ST"],
    demands:
      "The payer's identifier beside the trace number (TRN03) is that of the payment (BPR10).",
    fix: "Match the payment by its number and amount; tell the payer.",
    source: "005010X221A1 BPR10, TRN03",
    snip: 4,
    severity: "warning",
    breaches: (root) => {
      const payer = root.segment("BPR")?.element(10) ?? "";
      const trn = root.segment("TRN");
      if (payer === "" || trn === undefined || trn.element(3) === "") return NONE;
      return trn.element(3) !== payer ? [wrong(trn, 3)] : NONE;
    },
  },
];

export const remittanceSetRules: readonly SetRule[] = [
  {
    name: "transaction-unbalanced",
    guides: REMITTANCE,
    loops: ["2100"],
    demands: "The payment (BPR02) is what was paid for all claims less provider adjustments (PLB).",
    fix: "Ask the payer for a corrected remittance; it will be parked, never plugged.",
    source: "005010X221A1 1.10.2.1.3; X12 RFI 1324",
    snip: 3,
    severity: "error",
    watch: () => {
      let total: number | undefined = 0;
      return {
        closed: (payment) => {
          const [clp] = payment.segments;
          const paid = clp?.id === "CLP" ? centsIn(clp, 4) : undefined;
          total = total === undefined || paid === undefined ? undefined : total + paid;
          return NONE;
        },
        ended: (root) => totalBreaches(root, total),
      };
    },
  },
];

/** Charge less adjustments less payment; 0 where one of them cannot be read. */
function restOf(
  segment: Segment,
  charge: number,
  paid: number,
  adjusted: number | undefined,
): number {
  const charged = centsIn(segment, charge);
  const payment = centsIn(segment, paid);
  if (charged === undefined || payment === undefined || adjusted === undefined) return 0;
  return charged - adjusted - payment;
}

function totalBreaches(root: Loop, paid: number | undefined): readonly Breach[] {
  const bpr = root.segment("BPR");
  const payment = bpr && centsIn(bpr, 2);
  if (bpr === undefined || payment === undefined || paid === undefined) return NONE;
  let rest = payment - paid;
  for (const plb of root.segmentsOf("PLB")) {
    for (let element = 4; element <= 14; element += 2) {
      const amount = centsIn(plb, element);
      if (amount === undefined) return NONE;
      rest += amount;
    }
  }
  return rest !== 0 ? [off(bpr, 2, rest)] : NONE;
}

/** Sum of the CAS of a claim and of its services, of one group when it is given. */
function adjustedWithServices(payment: Loop, group?: string): number | undefined {
  let total = allAdjustedCents(payment.segments, group);
  for (const { segments } of payment.loops) {
    const ofService = allAdjustedCents(segments, group);
    total = total === undefined || ofService === undefined ? undefined : total + ofService;
  }
  return total;
}

/** Whether DTM tells a date of one of two kinds. */
function hasDate({ segments }: Loop, kind: string, other = kind): boolean {
  for (const segment of segments) {
    if (segment.id !== "DTM") continue;
    const told = segment.element(1);
    if (told === kind || told === other) return true;
  }
  return false;
}
