import { type Cents, formatDollars } from "../money/index.ts";
import { PARK_REASONS, type ParkReason, residualWords } from "../remits/index.ts";
import type { CalendarDate } from "./calendar.ts";
import type { PostingExceptionReason, Team } from "./category.ts";
import { deadline } from "./deadline.ts";
import type { WorkItemDraft } from "./work-item.ts";

/** What clears a posting exception, and who. */
export interface ExceptionRemedy {
  /** In the imperative. */
  readonly action: string;
  readonly owner: Team;
}

/** What clears each reason to park; the reason's own words say what happened. */
export const REMEDIES: Readonly<Record<PostingExceptionReason, ExceptionRemedy>> = {
  unmatched: {
    action: "Find the claim by member, dates and charge and match it, or return the money",
    owner: "billing",
  },
  "claim-unbalanced": {
    action: "Ask the payer for a corrected remittance and post the claim from it",
    owner: "billing",
  },
  unreadable: {
    action: "Ask the payer for a readable remittance and post the claim from it",
    owner: "billing",
  },
  "status-unknown": {
    action: "Ask the payer what it decided and for a corrected remittance",
    owner: "billing",
  },
  "status-with-money": {
    action: "Ask the payer whether the claim is decided and for a corrected remittance",
    owner: "billing",
  },
  "adjustment-group-unknown": {
    action: "Ask the payer who bears the adjustment and for a corrected remittance",
    owner: "billing",
  },
  "charge-mismatch": {
    action: "Compare the charge with the claim sent, match the right claim or ask the payer",
    owner: "billing",
  },
  "line-not-billed": {
    action: "Compare the lines with the claim sent, match them by hand or dispute the added line",
    owner: "billing",
  },
  "awaiting-reversal": {
    action: "Wait for the reversal, which releases this; call the payer if none comes",
    owner: "billing",
  },
  "reversal-without-original": {
    action: "Find the remittance that paid the claim and post it first, which releases this",
    owner: "billing",
  },
  "reversal-mismatch": {
    action: "Compare with the payment posted earlier, then mirror it in full or ask the payer",
    owner: "billing",
  },
  "claim-level-reversal": {
    action: "Compare with the payment posted earlier and mirror it line by line",
    owner: "billing",
  },
  "transaction-unbalanced": {
    action: "Compare with the deposit and ask the payer for a corrected remittance",
    owner: "billing",
  },
  "transaction-damaged": {
    action: "Fetch the file again, or ask the payer to send it again",
    owner: "billing",
  },
  "payment-negative": {
    action: "Ask the payer for a corrected remittance; a debt is carried forward, never negative",
    owner: "billing",
  },
  "payment-kind": {
    action: "Compare with the deposit and ask the payer whether it paid",
    owner: "billing",
  },
  prenote: {
    action: "Confirm the bank details announced; there is nothing to post",
    owner: "billing",
  },
  unposted: {
    action: "Post it again, match it to the right claim, or return the money",
    owner: "billing",
  },
  conflict: {
    action: "Compare both remittances with the deposit and ask the payer which one stands",
    owner: "billing",
  },
  "provider-adjustment-in-suspense": {
    action: "Find out what the adjustment is for, post it to its account and add a rule",
    owner: "contracts",
  },
  "balance-beyond": {
    action: "Ask the payer which debt it recovered, and for what it took too much",
    owner: "billing",
  },
  "corrected-insured": {
    action: "Check the patient's eligibility with the payer's data, then correct the coverage",
    owner: "front-desk",
  },
  "corrected-payer": {
    action: "Ask the patient and the named payer which coverage is first, then bill that one",
    owner: "front-desk",
  },
};

/** What happened, where nothing was parked. */
const HAPPENED: Readonly<Record<Exclude<PostingExceptionReason, ParkReason>, string>> = {
  "provider-adjustment-in-suspense":
    "The payer adjusted the payment by a provider-level code without a rule.",
  "balance-beyond": "The payer recovered more than it had forwarded, advanced or announced.",
  "corrected-insured": "The payer knows the insured by other data than we sent.",
  "corrected-payer": "The payer says that another one is to be billed before it.",
};

/** What was parked. */
export interface PostingExceptionInput {
  readonly reason: PostingExceptionReason;
  readonly today: CalendarDate;
  readonly payer: { readonly id: string; readonly name: string };
  readonly remittance: {
    readonly traceNumber: string;
    readonly remittanceId?: string | undefined;
  };
  /** CLP01; absent for a whole transaction set or a provider adjustment. */
  readonly patientControlNumber?: string | undefined;
  readonly claimId?: string | undefined;
  /** The money parked, as the remittance signs it. */
  readonly amountCents: Cents;
  /** By how much it fails to balance, where it does. */
  readonly residualCents?: Cents | undefined;
  /** PLB03-1 or the like. */
  readonly code?: string | undefined;
  /** PLB03-2 of the chain that it is about. */
  readonly reference?: string | undefined;
  readonly correction?: WorkItemDraft["correction"];
}

/** The work item of something parked. No payer waits for us, so the deadline is our own. */
export function draftPostingException(input: PostingExceptionInput): WorkItemDraft {
  const remedy = REMEDIES[input.reason];
  return {
    kind: "posting-exception",
    patientControlNumber: input.patientControlNumber,
    claimId: input.claimId,
    remittanceId: input.remittance.remittanceId,
    traceNumber: input.remittance.traceNumber,
    payer: input.payer,
    category: input.reason,
    reasonCode: input.code,
    ...(input.reference === undefined ? {} : { reference: input.reference }),
    remarkCodes: [],
    amountCents: input.amountCents,
    words: words(input),
    ...(input.correction === undefined ? {} : { correction: input.correction }),
    suggestedAction: remedy.action,
    owner: remedy.owner,
    correctable: false,
    appealable: false,
    deadline: deadline({
      clock: "parked-money",
      payerId: input.payer.id,
      filingIndicatorCode: undefined,
      remittanceDate: undefined,
      serviceDateFrom: undefined,
      today: input.today,
    }),
  };
}

/** What happened, in the words of whoever parked it, then the money. */
function words(input: PostingExceptionInput): string {
  const { reason, payer, amountCents, residualCents, code, reference } = input;
  const happened = { ...PARK_REASONS, ...HAPPENED }[reason];
  const details = [payer.name];
  if (amountCents !== 0 || reason in PARK_REASONS) details.push(formatDollars(amountCents));
  const off = residualWords(reason, residualCents ?? 0);
  if (off !== "") details.push(off);
  if (code !== undefined) details.push(`code ${code}`);
  if (reference !== undefined) details.push(`reference ${reference}`);
  return `${happened.replace(/\.$/, "")} (${details.join(", ")}).`;
}
