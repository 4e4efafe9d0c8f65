import { type Cents, formatDollars } from "../money/index.ts";
import type { CalendarDate } from "./calendar.ts";
import { deadline } from "./deadline.ts";
import type { RemittanceFacts } from "./facts.ts";
import type { WorkItemDraft } from "./work-item.ts";

/** A claim that a payer says it forwarded, of which the next payer has told nothing. */
export interface LateCrossoverInput {
  readonly patientControlNumber: string;
  readonly claimId: string;
  /** The decision that says so, with its remittance and payer. */
  readonly adjudicationId: string;
  readonly remittance: RemittanceFacts;
  readonly forwardedBy: string;
  /** NM1*TT; the name is empty where the payer does not say to whom. */
  readonly payer: { readonly id: string; readonly name: string };
  /** What the next payer may still pay. */
  readonly amountCents: Cents;
  /** How long it was waited for. */
  readonly days: number;
  readonly today: CalendarDate;
}

/** The work item of a crossover without its remittance: bill the next payer (POSTING 5, CLP02 19 to 21). */
export function draftLateCrossover(input: LateCrossoverInput): WorkItemDraft {
  const { payer, remittance, forwardedBy, days } = input;
  const next = payer.name === "" ? "the next payer" : payer.name;
  const money = formatDollars(input.amountCents);
  return {
    kind: "no-response",
    patientControlNumber: input.patientControlNumber,
    claimId: input.claimId,
    adjudicationId: input.adjudicationId,
    remittanceId: remittance.remittanceId,
    traceNumber: remittance.traceNumber,
    payer,
    category: "late-crossover",
    remarkCodes: [],
    amountCents: input.amountCents,
    words: `${forwardedBy} forwarded the claim to ${next}, which has not answered in ${days} days (${money}).`,
    suggestedAction: `Ask ${next} whether it has the claim; if not, bill it with this remittance`,
    owner: "billing",
    correctable: true,
    appealable: false,
    deadline: deadline({
      clock: "review",
      payerId: payer.id,
      filingIndicatorCode: undefined,
      remittanceDate: remittance.paymentDate,
      serviceDateFrom: undefined,
      today: input.today,
    }),
  };
}
