import { addBusinessDays, addDays, addYears, type CalendarDate, daysBetween } from "./calendar.ts";

/** Which clock runs on an item; the rows of the taxonomy and of the exceptions name one each. */
export type Clock =
  /** An appeal, dispute or redetermination must be filed. */
  | "appeal"
  /** A corrected or first claim must reach the payer of this claim. */
  | "filing"
  /** Records must reach the payer that asked for them. */
  | "records"
  /**
   * Some other payer's or plan's limit, which this claim does not tell; looked at again in 30 days.
   */
  | "review"
  /** Money is parked in our own books; no payer waits, we do. */
  | "parked-money";

/** What kind of payer decides, as far as its filing indicator (CLP06, SBR09) tells. */
export type PayerKind =
  | "medicare"
  | "medicare-advantage"
  | "medicaid"
  | "tricare"
  | "commercial"
  | "unknown";

/** How far a deadline can be trusted before someone has looked at the contract. */
type DeadlineCertainty = "regulation" | "contract" | "verify-in-contract" | "default-review";

/** What the days are counted from. */
type DeadlineEvent = "remittance" | "service-date" | "today";

/** A date by which something must be done, and why that date. */
export interface Deadline {
  readonly date: CalendarDate;
  /** The rule in one plain sentence. */
  readonly rule: string;
  readonly source: string;
  readonly fromEvent: DeadlineEvent;
  readonly fromDate: CalendarDate;
  readonly calendar: "calendar-days" | "business-days";
  readonly certainty: DeadlineCertainty;
}

/**
 * A clock as a contract states it; it goes before every rule of this file (DENIALS §4: never hard-
 * code).
 */
export interface ContractClock {
  readonly payerId: string;
  readonly clock: "appeal" | "filing" | "records";
  readonly days: number;
  readonly fromEvent: "remittance" | "service-date";
  readonly calendar: "calendar-days" | "business-days";
  /** Contract and clause, or page and date of the provider manual. */
  readonly source: string;
  readonly effectiveFrom: CalendarDate;
  readonly effectiveTo?: CalendarDate | undefined;
}

/** What a deadline is computed from. */
export interface DeadlineFacts {
  readonly clock: Clock;
  readonly payerId: string;
  /** CLP06 or SBR09. */
  readonly filingIndicatorCode: string | undefined;
  /** The date of the remittance, taken as the day it was received. */
  readonly remittanceDate: CalendarDate | undefined;
  readonly serviceDateFrom: CalendarDate | undefined;
  readonly today: CalendarDate;
  readonly contractClocks?: readonly ContractClock[] | undefined;
}

interface Rule {
  readonly clock: Clock;
  readonly payerKind: PayerKind;
  readonly fromEvent: "remittance" | "service-date";
  readonly days?: number;
  readonly years?: number;
  readonly rule: string;
  readonly source: string;
  readonly certainty: DeadlineCertainty;
}

const COMMERCIAL_APPEAL =
  "29 CFR 2560.503-1(h): a claimant has at least 180 days; a provider's contract may say less";

/** The clocks that a published rule fixes or bounds, by payer kind (DENIALS §4). */
const RULES: readonly Rule[] = [
  {
    clock: "appeal",
    payerKind: "medicare",
    fromEvent: "remittance",
    days: 120,
    rule: "Medicare redetermination: 120 days from receipt, taken as the remittance date",
    source: "42 CFR 405.942(a); the presumed 5 days of delivery are kept in reserve",
    certainty: "regulation",
  },
  {
    clock: "appeal",
    payerKind: "medicare-advantage",
    fromEvent: "remittance",
    days: 60,
    rule: "Medicare Advantage: 60 days for providers without a contract; else the contract",
    source: "42 CFR 422.582(b), from domain knowledge, not re-read",
    certainty: "verify-in-contract",
  },
  {
    clock: "appeal",
    payerKind: "medicaid",
    fromEvent: "remittance",
    days: 180,
    rule: "Medicaid appeal: 180 days taken as default, states differ; verify in contract",
    source: "house default; no federal rule for provider appeals",
    certainty: "verify-in-contract",
  },
  {
    clock: "appeal",
    payerKind: "tricare",
    fromEvent: "remittance",
    days: 90,
    rule: "TRICARE: 90 days for participating providers outside the network; else the contract",
    source: "32 CFR 199.10, from secondary sources",
    certainty: "verify-in-contract",
  },
  {
    clock: "appeal",
    payerKind: "commercial",
    fromEvent: "remittance",
    days: 180,
    rule: "Commercial appeal: 180 days by default, contracts often say less; verify in contract",
    source: COMMERCIAL_APPEAL,
    certainty: "verify-in-contract",
  },
  {
    clock: "filing",
    payerKind: "medicare",
    fromEvent: "service-date",
    years: 1,
    rule: "Medicare filing limit: one calendar year from the service date",
    source: "42 CFR 424.44(a)",
    certainty: "regulation",
  },
  {
    clock: "filing",
    payerKind: "medicaid",
    fromEvent: "service-date",
    days: 180,
    rule: "Medicaid filing: at most 12 months, 180 days taken as default; verify in contract",
    source: "42 CFR 447.45(d); some states allow 180 days",
    certainty: "verify-in-contract",
  },
];

/** Days after which an item without any known clock is looked at again. */
const REVIEW_DAYS = 30;
/** Days in which a payer that asked for records usually wants them; the short end of 30 to 45. */
const RECORDS_DAYS = 30;
/** Business days in which parked money is to be cleared; house practice. */
const PARKED_MONEY_DAYS = 5;

/** Filing indicators of payers whose appeal clock a rule or a plan contract bounds. */
const PAYER_KINDS: Readonly<Record<string, PayerKind>> = {
  MA: "medicare",
  MB: "medicare",
  "16": "medicare-advantage",
  MC: "medicaid",
  CH: "tricare",
  "12": "commercial",
  "13": "commercial",
  "14": "commercial",
  "15": "commercial",
  "17": "commercial",
  BL: "commercial",
  CI: "commercial",
  HM: "commercial",
};

/**
 * The payer kind of a filing indicator; "unknown" for auto, workers' compensation, VA and the rest.
 */
export function payerKind(filingIndicatorCode: string | undefined): PayerKind {
  return PAYER_KINDS[filingIndicatorCode ?? ""] ?? "unknown";
}

/**
 * The deadline of an item with its provenance; never undefined. First the contract, then a
 * published rule, and where neither speaks a default review date that says so.
 */
export function deadline(facts: DeadlineFacts): Deadline {
  return contractDeadline(facts) ?? ruleDeadline(facts) ?? defaultDeadline(facts);
}

/** Days left to a deadline; negative once it has passed. */
export function daysLeft(due: Deadline, today: CalendarDate): number {
  return daysBetween(today, due.date);
}

function contractDeadline(facts: DeadlineFacts): Deadline | undefined {
  for (const contract of facts.contractClocks ?? []) {
    if (contract.payerId !== facts.payerId || contract.clock !== facts.clock) continue;
    const fromDate = eventDate(facts, contract.fromEvent);
    if (fromDate === undefined) continue;
    if (fromDate < contract.effectiveFrom) continue;
    if (contract.effectiveTo !== undefined && fromDate > contract.effectiveTo) continue;
    const business = contract.calendar === "business-days";
    return {
      date: business ? addBusinessDays(fromDate, contract.days) : addDays(fromDate, contract.days),
      rule: `Contract: ${contract.days} ${business ? "business " : ""}days`,
      source: contract.source,
      fromEvent: contract.fromEvent,
      fromDate,
      calendar: contract.calendar,
      certainty: "contract",
    };
  }
  return undefined;
}

function ruleDeadline(facts: DeadlineFacts): Deadline | undefined {
  const kind = payerKind(facts.filingIndicatorCode);
  const rule = RULES.find((each) => each.clock === facts.clock && each.payerKind === kind);
  if (rule === undefined) return undefined;
  const fromDate = eventDate(facts, rule.fromEvent);
  if (fromDate === undefined) return undefined;
  return {
    date: addDays(addYears(fromDate, rule.years ?? 0), rule.days ?? 0),
    rule: rule.rule,
    source: rule.source,
    fromEvent: rule.fromEvent,
    fromDate,
    calendar: "calendar-days",
    certainty: rule.certainty,
  };
}

function defaultDeadline(facts: DeadlineFacts): Deadline {
  const common = { certainty: "default-review", calendar: "calendar-days" } as const;
  if (facts.clock === "records" && facts.remittanceDate !== undefined) {
    return {
      ...common,
      date: addDays(facts.remittanceDate, RECORDS_DAYS),
      rule: `Records are usually wanted within ${RECORDS_DAYS} to 45 days; see the request letter`,
      source: "house default, short end of the usual window",
      fromEvent: "remittance",
      fromDate: facts.remittanceDate,
    };
  }
  if (facts.clock === "parked-money") {
    return {
      ...common,
      date: addBusinessDays(facts.today, PARKED_MONEY_DAYS),
      rule: `House rule: parked money is cleared within ${PARKED_MONEY_DAYS} business days`,
      source: "house practice; no payer clock runs",
      fromEvent: "today",
      fromDate: facts.today,
      calendar: "business-days",
    };
  }
  return {
    ...common,
    date: addDays(facts.today, REVIEW_DAYS),
    rule: `No known clock: default review after ${REVIEW_DAYS} days; check the contract`,
    source: "house default",
    fromEvent: "today",
    fromDate: facts.today,
  };
}

function eventDate(
  facts: DeadlineFacts,
  event: "remittance" | "service-date",
): CalendarDate | undefined {
  return event === "remittance" ? facts.remittanceDate : facts.serviceDateFrom;
}
