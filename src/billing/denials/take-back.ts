import { type Cents, formatDollars } from "../money/index.ts";
import type { CalendarDate } from "./calendar.ts";
import { type ContractClock, deadline } from "./deadline.ts";
import type { ClaimFacts, RemittanceFacts } from "./facts.ts";
import type { WorkItemDraft } from "./work-item.ts";

/** A payment that was reversed and not replaced. */
export interface TakeBackInput {
  readonly claim: ClaimFacts;
  readonly today: CalendarDate;
  readonly remittance: RemittanceFacts;
  /** What the payer takes back, positive. */
  readonly amountCents: Cents;
  /** PLB03-2 of the recovery, where it is known. */
  readonly recoveryReference?: string | undefined;
  readonly contractClocks?: readonly ContractClock[] | undefined;
}

/** The work item of a full take-back: a reversal without a correction (POSTING R5). */
export function draftTakeBack(input: TakeBackInput): WorkItemDraft {
  const { claim, remittance } = input;
  return {
    kind: "take-back",
    patientControlNumber: claim.patientControlNumber,
    claimId: claim.claimId,
    remittanceId: remittance.remittanceId,
    traceNumber: remittance.traceNumber,
    payer: claim.payer,
    category: "take-back",
    remarkCodes: [],
    amountCents: input.amountCents,
    words: words(input),
    suggestedAction:
      "Ask the payer why it took the payment back; then bill the right payer, appeal, or accept",
    owner: "follow-up",
    correctable: true,
    appealable: true,
    deadline: deadline({
      clock: "appeal",
      payerId: claim.payer.id,
      filingIndicatorCode: claim.filingIndicatorCode,
      remittanceDate: remittance.paymentDate,
      serviceDateFrom: claim.serviceDateFrom,
      today: input.today,
      contractClocks: input.contractClocks,
    }),
  };
}

function words({ claim, amountCents, recoveryReference }: TakeBackInput): string {
  const recovery = recoveryReference === undefined ? "" : ` (recovery ${recoveryReference})`;
  const taken = `its payment of ${formatDollars(amountCents)}${recovery}`;
  return `${claim.payer.name} took back ${taken} without a new decision.`;
}
