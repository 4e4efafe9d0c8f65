import { CLAIM_LEVEL } from "../ledger/index.ts";
import { type Cents, formatDollars, sumOf } from "../money/index.ts";
import type { DeniedAmount } from "../remits/index.ts";
import type { CalendarDate } from "./calendar.ts";
import { type ContractClock, deadline } from "./deadline.ts";
import type { ClaimFacts, RemittanceFacts } from "./facts.ts";
import { neverDenial } from "./never.ts";
import { reasonWords, remarkWords } from "./reasons.ts";
import { classify, TAXONOMY, type Taxonomy } from "./taxonomy.ts";
import type { WorkItemDraft, WorkItemKind } from "./work-item.ts";

/** One payer's decision on one claim, as far as it refused. */
export interface DenialInput {
  readonly claim: ClaimFacts;
  readonly today: CalendarDate;
  readonly remittance: RemittanceFacts;
  /** As the posting plan hands them over. */
  readonly denied: readonly DeniedAmount[];
  readonly paidCents: Cents;
  readonly chargeCents: Cents;
  /**
   * What of the charge the patient's share, an earlier payer or capitation took. Where it is not
   * given, whatever was neither paid nor denied counts, contractual write-offs too.
   */
  readonly explainedCents?: Cents | undefined;
  readonly contractClocks?: readonly ContractClock[] | undefined;
  readonly taxonomy?: Taxonomy | undefined;
}

/** The payer neither pays nor refuses: it wants documents first. */
const RECORDS_REQUESTS: ReadonlySet<string> = new Set(["252", "163", "164", "250", "251", "226"]);

/**
 * The work item of one adjudication, led by the reason that refuses most (the first among equals);
 * undefined where nothing is left after the adjustments that never are denials.
 */
export function draftDenial(input: DenialInput): WorkItemDraft | undefined {
  const denied = input.denied.filter((each) => !neverDenial(each));
  const leading = leadingReason(denied);
  if (leading === undefined) return undefined;
  const { claim, remittance } = input;
  const row = classify(leading, input.taxonomy ?? TAXONOMY);
  const amountCents = sumOf(denied, (each) => each.amountCents);
  const kind = kindOf(input, denied, leading);
  return {
    kind,
    patientControlNumber: claim.patientControlNumber,
    claimId: claim.claimId,
    remittanceId: remittance.remittanceId,
    traceNumber: remittance.traceNumber,
    payer: claim.payer,
    category: row.category,
    groupCode: leading.groupCode,
    reasonCode: leading.reasonCode,
    remarkCodes: leading.remarkCodes,
    amountCents,
    lines: denied.map((each) => ({
      lineControlNumber:
        each.lineControlNumber === CLAIM_LEVEL ? undefined : each.lineControlNumber,
      procedureCode: each.procedureCode,
      amountCents: each.amountCents,
      groupCode: each.groupCode,
      reasonCode: each.reasonCode,
    })),
    words: words(input, leading, amountCents, kind),
    suggestedAction: row.suggestedAction,
    owner: row.owner,
    correctable: row.fix.includes("correctable"),
    appealable: row.fix.includes("appealable"),
    deadline: deadline({
      clock: row.clock,
      payerId: claim.payer.id,
      filingIndicatorCode: claim.filingIndicatorCode,
      remittanceDate: remittance.paymentDate,
      serviceDateFrom: claim.serviceDateFrom,
      today: input.today,
      contractClocks: input.contractClocks,
    }),
  };
}

/** The reason (group, code, remarks of its largest line) that refuses most over all lines. */
function leadingReason(denied: readonly DeniedAmount[]): DeniedAmount | undefined {
  const totals = new Map<string, { total: number; largest: DeniedAmount }>();
  for (const each of denied) {
    const key = `${each.groupCode}-${each.reasonCode}`;
    const known = totals.get(key);
    if (known === undefined) totals.set(key, { total: each.amountCents, largest: each });
    else {
      known.total += each.amountCents;
      if (each.amountCents > known.largest.amountCents) known.largest = each;
    }
  }
  let leading: { total: number; largest: DeniedAmount } | undefined;
  for (const each of totals.values()) {
    if (leading === undefined || each.total > leading.total) leading = each;
  }
  return leading?.largest;
}

function kindOf(
  input: DenialInput,
  denied: readonly DeniedAmount[],
  leading: DeniedAmount,
): WorkItemKind {
  if (RECORDS_REQUESTS.has(leading.reasonCode)) return "records-request";
  if (leading.groupCode === "PI") return "dispute";
  return input.paidCents === 0 && explained(input, denied) <= 0 ? "denial" : "partial-denial";
}

/** What explains the missing payment besides the denial; a refusal left to the patient is one. */
function explained(input: DenialInput, denied: readonly DeniedAmount[]): number {
  if (input.explainedCents === undefined) {
    return input.chargeCents - input.paidCents - sumOf(denied, (each) => each.amountCents);
  }
  const patients = denied.filter((each) => each.groupCode === "PR");
  return input.explainedCents - sumOf(patients, (each) => each.amountCents);
}

function words(
  input: DenialInput,
  leading: DeniedAmount,
  amountCents: Cents,
  kind: WorkItemKind,
): string {
  const payer = input.claim.payer.name;
  const code = `${leading.groupCode}-${leading.reasonCode}`;
  const amount = formatDollars(amountCents);
  const whole = amountCents >= input.chargeCents;
  const part = whole
    ? `the whole claim, ${amount}`
    : `${amount} of ${formatDollars(input.chargeCents)}`;
  const verb = kind === "records-request" ? "holds back" : "refused";
  const meaning = [reasonWords(leading.reasonCode), ...remarks(leading)].join("; ");
  return `${payer} ${verb} ${part} (${code}): ${meaning}.`;
}

function remarks({ remarkCodes }: DeniedAmount): string[] {
  return remarkCodes.map((code) => `${code}: ${remarkWords(code) ?? "see the remark code list"}`);
}
