import { type Cents, formatDollars } from "../money/index.ts";
import type { CalendarDate } from "./calendar.ts";
import type { LateCash } from "./category.ts";
import type { WorkItemDraft } from "./work-item.ts";

/** Half of a payment whose other half is late. */
export interface LateCashInput {
  readonly category: LateCash;
  readonly payer: { readonly id: string; readonly name: string };
  readonly traceNumber: string | undefined;
  readonly remittanceId?: string | undefined;
  readonly depositId?: string | undefined;
  readonly amountCents: Cents;
  /** The day of the half that is there, and the last day on which the other was in time. */
  readonly date: CalendarDate;
  readonly dueDate: CalendarDate;
  readonly rule: string;
}

const WORDS: Readonly<Record<LateCash, { readonly happened: string; readonly action: string }>> = {
  "missing-deposit": {
    happened: "A remittance announced money that has not come to the bank",
    action: "Trace the EFT or cheque with the payer by its trace number, then match the deposit",
  },
  "missing-remittance": {
    happened: "Money came to the bank without a remittance that explains it",
    action: "Ask the payer for the remittance by its late or missing procedure, then match it",
  },
};

/** The work item of an EFT without its ERA or an ERA without its EFT (POSTING 11, CAQH CORE 370). */
export function draftLateCash(input: LateCashInput): WorkItemDraft {
  const { happened, action } = WORDS[input.category];
  const details = [input.payer.name, formatDollars(input.amountCents), input.date];
  return {
    kind: "posting-exception",
    remittanceId: input.remittanceId,
    depositId: input.depositId,
    traceNumber: input.traceNumber,
    payer: input.payer,
    category: input.category,
    remarkCodes: [],
    amountCents: input.amountCents,
    words: `${happened} (${details.filter((each) => each !== "").join(", ")}).`,
    suggestedAction: action,
    owner: "billing",
    correctable: false,
    appealable: false,
    deadline: {
      date: input.dueDate,
      rule: input.rule,
      source: "CAQH CORE 370 rule 4.3, adopted by 45 CFR 162.1603",
      fromEvent: "remittance",
      fromDate: input.date,
      calendar: "business-days",
      certainty: "regulation",
    },
  };
}
