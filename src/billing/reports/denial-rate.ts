import {
  type CalendarDate,
  DENIAL_CATEGORIES,
  type DenialCategory,
  daysBetween,
  lastDayOfMonth,
  reasonWords,
} from "../denials/index.ts";
import { type Cents, cents, sumOf } from "../money/index.ts";
import { rate } from "./rate.ts";

/** A reason a payer gave, with the money it refused. */
export interface DenialRateReason {
  readonly groupCode: string;
  readonly reasonCode: string;
  readonly category: DenialCategory;
  readonly amountCents: Cents;
  /** The procedure of the line refused; absent for the claim as a whole. */
  readonly procedureCode?: string | undefined;
}

/** One adjudication of one claim by one payer, as the report reads it. */
export interface DenialRateRow {
  readonly claimId: string;
  readonly payerId: string;
  readonly payerName: string;
  /** Month of the remittance, 2026-11. */
  readonly month: string;
  readonly providerNpi: string;
  readonly denied: boolean;
  /** Denied in part only; counts as partial whether `denied` is set beside it or not. */
  readonly partial: boolean;
  readonly deniedCents: Cents;
  readonly chargeCents: Cents;
  readonly reasons: readonly DenialRateReason[];
  /** The payer's first decision on the claim; all later ones are excluded. */
  readonly firstAdjudication: boolean;
  /** Every procedure of the claim, denied or not: the denominators by procedure. */
  readonly procedureCodes?: readonly string[] | undefined;
}

/** What the rate can be broken down by. */
export const DENIAL_RATE_BREAKDOWNS = [
  "payer",
  "reason",
  "month",
  "category",
  "provider",
  "procedure",
] as const;

export type DenialRateBreakdown = (typeof DENIAL_RATE_BREAKDOWNS)[number];

/** What is counted and what is not; changes with its version only. */
const DENIAL_RATE_DEFINITION = {
  name: "initial-denial-rate",
  version: 1,
  text:
    "Claims denied whole at their first adjudication by a payer, divided by claims adjudicated " +
    "by that payer for the first time. Unit: claim, once per payer. Cohort: month of the " +
    "remittance. Claims denied in part are counted apart. Later adjudications are excluded; " +
    "rejections are not denials. By reason and by category every claim adjudicated is in the " +
    "denominator, and a claim counts under each of its reasons, so rows do not add up to the " +
    "total. By procedure the denominator is the claims that bill it. Dollars: gross charges of " +
    "claims denied whole, divided by gross charges adjudicated.",
  source: "HFMA remittance denial rate (MAP AR-5) and Claim Integrity Task Force, initial denials",
} as const;

/** Counts and dollars of one group of claims, or of all. */
interface DenialTally {
  /** Claims denied whole. */
  readonly numerator: number;
  /** Claims adjudicated. */
  readonly denominator: number;
  /** Unrounded; null where nothing was adjudicated. */
  readonly rate: number | null;
  /** Claims denied in part. */
  readonly partial: number;
  readonly partialRate: number | null;
  readonly dollars: {
    /** Gross charges of the claims denied whole. */
    readonly numeratorCents: Cents;
    /** Gross charges adjudicated. */
    readonly denominatorCents: Cents;
    readonly rate: number | null;
    /** What was refused, whole and partial denials together. */
    readonly deniedCents: Cents;
  };
  /** The claims behind numerator and partial. */
  readonly claimIds: readonly string[];
}

/** One row of a breakdown. */
interface DenialRateGroup extends DenialTally {
  readonly key: string;
  readonly label: string;
}

/** The denial rate with everything needed to check it. */
export interface DenialRateReport extends DenialTally {
  readonly name: typeof DENIAL_RATE_DEFINITION.name;
  /** What is counted and what is not. */
  readonly definition: string;
  readonly definitionVersion: number;
  readonly source: string;
  readonly unit: "claim";
  readonly cohort: "remittance-month";
  readonly by: DenialRateBreakdown | null;
  /** Adjudications left out because they were not the first. */
  readonly excluded: number;
  readonly rows: readonly DenialRateGroup[];
  readonly warnings: readonly RunOutWarning[];
}

/** A cohort too young to be final: what is still to come can change its figure. */
interface RunOutWarning {
  readonly code: "run-out";
  readonly months: readonly string[];
  readonly message: string;
}

/** KPIS rule 3. */
const RUN_OUT_DAYS = 90;

/** A claim's first decision by one payer; the payments of a split claim are one (POSTING M7). */
interface Decision {
  readonly row: DenialRateRow;
  readonly whole: boolean;
  readonly partial: boolean;
  readonly chargeCents: Cents;
  readonly deniedCents: Cents;
  readonly reasons: readonly DenialRateReason[];
  readonly procedures: ReadonlySet<string>;
}

/**
 * The initial denial rate by its published definition; every rate from its own counts, never an
 * average.
 */
export function denialRate(
  rows: readonly DenialRateRow[],
  options: { readonly by?: DenialRateBreakdown | undefined; readonly today: CalendarDate },
): DenialRateReport {
  const first = rows.filter((row) => row.firstAdjudication);
  const decisions = merge(first);
  return {
    name: DENIAL_RATE_DEFINITION.name,
    definition: DENIAL_RATE_DEFINITION.text,
    definitionVersion: DENIAL_RATE_DEFINITION.version,
    source: DENIAL_RATE_DEFINITION.source,
    unit: "claim",
    cohort: "remittance-month",
    by: options.by ?? null,
    ...tally(decisions, decisions, deniedOf(decisions)),
    excluded: rows.length - first.length,
    rows: options.by === undefined ? [] : groups(decisions, options.by),
    warnings: runOut(decisions, options.today),
  };
}

function merge(rows: readonly DenialRateRow[]): Decision[] {
  const parts = new Map<string, DenialRateRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.claimId, row.payerId]);
    const known = parts.get(key);
    if (known === undefined) parts.set(key, [row]);
    else known.push(row);
  }
  return [...parts.values()].flatMap((split) => {
    const [row] = split.toSorted((a, b) => (a.month < b.month ? -1 : 1));
    if (row === undefined) return [];
    const whole = split.every((part) => part.denied && !part.partial);
    const reasons = split.flatMap((part) => part.reasons);
    return {
      row,
      whole,
      partial: !whole && split.some((part) => part.denied || part.partial),
      chargeCents: sumOf(split, (part) => part.chargeCents),
      deniedCents: sumOf(split, (part) => part.deniedCents),
      reasons,
      procedures: new Set([
        ...split.flatMap((part) => part.procedureCodes ?? []),
        ...reasons.flatMap((reason) => reason.procedureCode ?? []),
      ]),
    };
  });
}

/** `denied` may hold fewer claims than `adjudicated`: those denied for one reason, of all. */
function tally(
  adjudicated: readonly Decision[],
  denied: readonly Decision[],
  deniedCents: Cents,
): DenialTally {
  const whole = denied.filter((decision) => decision.whole);
  const partial = denied.filter((decision) => decision.partial);
  const numeratorCents = sumOf(whole, (decision) => decision.chargeCents);
  const denominatorCents = sumOf(adjudicated, (decision) => decision.chargeCents);
  return {
    numerator: whole.length,
    denominator: adjudicated.length,
    rate: rate(whole.length, adjudicated.length),
    partial: partial.length,
    partialRate: rate(partial.length, adjudicated.length),
    dollars: {
      numeratorCents,
      denominatorCents,
      rate: rate(numeratorCents, denominatorCents),
      deniedCents,
    },
    claimIds: [...whole, ...partial].map((decision) => decision.row.claimId),
  };
}

function deniedOf(decisions: readonly Decision[]): Cents {
  return sumOf(decisions, (decision) => decision.deniedCents);
}

function groups(decisions: readonly Decision[], by: DenialRateBreakdown): DenialRateGroup[] {
  const rows = reasonKeyed(by) ? byReason(decisions, by) : byClaim(decisions, by);
  return rows.sort((a, b) => {
    const first = by === "month" ? 0 : b.numerator - a.numerator || b.partial - a.partial;
    return first || (a.key < b.key ? -1 : 1);
  });
}

function reasonKeyed(by: DenialRateBreakdown): by is "reason" | "category" | "procedure" {
  return by === "reason" || by === "category" || by === "procedure";
}

/** Groups that share the claims out among them. */
function byClaim(
  decisions: readonly Decision[],
  by: "payer" | "month" | "provider",
): DenialRateGroup[] {
  const keys: Readonly<Record<typeof by, (row: DenialRateRow) => [string, string]>> = {
    payer: (row) => [row.payerId, row.payerName],
    month: (row) => [row.month, row.month],
    provider: (row) => [row.providerNpi, row.providerNpi],
  };
  const found = new Map<string, { label: string; members: Decision[] }>();
  for (const decision of decisions) {
    const [key, label] = keys[by](decision.row);
    const group = found.get(key);
    if (group === undefined) found.set(key, { label, members: [decision] });
    else group.members.push(decision);
  }
  return [...found].map(([key, { label, members }]) => ({
    key,
    label,
    ...tally(members, members, deniedOf(members)),
  }));
}

/** What a breakdown by reason collects of one group. */
interface ReasonGroup {
  /** Claims that bill the procedure; every claim where the group is no procedure. */
  readonly adjudicated: Decision[];
  readonly denied: Set<Decision>;
  deniedCents: number;
}

/** Groups of the reasons given; a claim stands in each of its own. */
function byReason(
  decisions: readonly Decision[],
  by: "reason" | "category" | "procedure",
): DenialRateGroup[] {
  const found = new Map<string, ReasonGroup>();
  const group = (key: string) => {
    const known = found.get(key) ?? { adjudicated: [], denied: new Set(), deniedCents: 0 };
    found.set(key, known);
    return known;
  };
  for (const decision of decisions) {
    if (by === "procedure") {
      for (const procedure of decision.procedures) group(procedure).adjudicated.push(decision);
    }
    for (const reason of decision.reasons) {
      const key = reasonKey(reason, by);
      if (key === undefined) continue;
      const known = group(key);
      known.denied.add(decision);
      known.deniedCents += reason.amountCents;
    }
  }
  return [...found].map(([key, { adjudicated, denied, deniedCents }]) => ({
    key,
    label: label(key, by),
    ...tally(by === "procedure" ? adjudicated : decisions, [...denied], cents(deniedCents)),
  }));
}

function reasonKey(
  reason: DenialRateReason,
  by: "reason" | "category" | "procedure",
): string | undefined {
  if (by === "reason") return `${reason.groupCode}-${reason.reasonCode}`;
  return by === "category" ? reason.category : reason.procedureCode;
}

function label(key: string, by: "reason" | "category" | "procedure"): string {
  if (by === "reason") return reasonWords(key.slice(key.indexOf("-") + 1));
  return by === "category" ? DENIAL_CATEGORIES[key as DenialCategory] : key;
}

function runOut(decisions: readonly Decision[], today: CalendarDate): RunOutWarning[] {
  const months = [...new Set(decisions.map((decision) => decision.row.month))]
    .filter((month) => daysBetween(lastDayOfMonth(month), today) < RUN_OUT_DAYS)
    .sort();
  if (months.length === 0) return [];
  const young = months.join(", ");
  const message = `Cohorts less than ${RUN_OUT_DAYS} days old can still change: ${young}`;
  return [{ code: "run-out", months, message }];
}
