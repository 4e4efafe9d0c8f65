import type { PayerKind } from "./deadline.ts";

/** One step of an appeal: until when it must be sent, and when its answer is due. */
export interface AppealLevel {
  readonly level: number;
  readonly name: string;
  /** Days to send it, from the remittance at the first level, from the answer before at later ones. */
  readonly days: number;
  /** Days that the payer has to answer. */
  readonly answerDays: number;
  readonly source: string;
}

const CMS = "42 CFR 405 subpart I, as Palmetto JJA and NGS restate it (DENIALS §4)";
const CONTRACT = "house default; the contract or the provider manual decides";

const MEDICARE: readonly AppealLevel[] = [
  { level: 1, name: "Redetermination", days: 120, answerDays: 60, source: CMS },
  { level: 2, name: "Reconsideration (QIC)", days: 180, answerDays: 60, source: CMS },
  {
    level: 3,
    name: "Hearing by an administrative law judge",
    days: 60,
    answerDays: 90,
    source: CMS,
  },
  { level: 4, name: "Review by the Appeals Council", days: 60, answerDays: 90, source: CMS },
];
const CONTRACTED: readonly AppealLevel[] = [
  { level: 1, name: "Provider appeal", days: 180, answerDays: 60, source: CONTRACT },
  { level: 2, name: "Second-level provider appeal", days: 60, answerDays: 60, source: CONTRACT },
];

/** The levels of an appeal by kind of payer; data, so that a practice can look where it stands. */
const LEVELS: Readonly<Record<PayerKind, readonly AppealLevel[]>> = {
  medicare: MEDICARE,
  "medicare-advantage": CONTRACTED,
  medicaid: CONTRACTED,
  tricare: CONTRACTED,
  commercial: CONTRACTED,
  unknown: CONTRACTED,
};

/** An appeal that was sent. */
export interface Appeal {
  readonly level: number;
  readonly name: string;
  /** UTC instant. */
  readonly at: string;
  readonly by: string;
  /** The letter with its enclosures, as it was sent. */
  readonly fileId: string;
  readonly how: AppealRoute;
  /** The proof of sending: tracking, fax or portal number. */
  readonly reference: string;
  /** What the payer answered; undefined while it has not. */
  readonly decision?: AppealDecision | undefined;
}

/** How an appeal can be sent, and how it can end. */
export const APPEAL_ROUTES = ["mail", "fax", "portal", "e-mail"] as const;
export type AppealRoute = (typeof APPEAL_ROUTES)[number];
export const APPEAL_DECISIONS = ["overturned", "partly-overturned", "upheld"] as const;
export type AppealDecision = (typeof APPEAL_DECISIONS)[number];

/** The level that comes next; undefined when all were gone through. */
export function nextAppeal(kind: PayerKind, appeals: readonly Appeal[]): AppealLevel | undefined {
  return LEVELS[kind][appeals.length];
}
