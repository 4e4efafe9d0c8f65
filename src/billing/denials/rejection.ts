import type { Cents } from "../money/index.ts";
import type { CalendarDate } from "./calendar.ts";
import type { RejectionCategory } from "./category.ts";
import { type ContractClock, deadline } from "./deadline.ts";
import type { ClaimFacts } from "./facts.ts";
import type { WorkItemDraft } from "./work-item.ts";

/** What the answer to a submission says of one claim. */
export interface RejectionInput {
  readonly claim: ClaimFacts;
  readonly today: CalendarDate;
  /** The transaction that rejects. */
  readonly acknowledgement: "277CA" | "999" | "997" | "TA1";
  /** STC01-1 of a 277CA: A3, A4, A6, A7, A8; anything else rejects nothing. */
  readonly categoryCode?: string | undefined;
  /** STC01-2 and the like: claim status codes that name the field. */
  readonly statusCodes?: readonly string[] | undefined;
  /** STC01-3: the entity the status speaks of. */
  readonly entityCode?: string | undefined;
  readonly chargeCents: Cents;
  readonly traceNumber?: string | undefined;
  readonly contractClocks?: readonly ContractClock[] | undefined;
}

interface RejectionRow {
  readonly category: RejectionCategory;
  readonly words: string;
  readonly action: string;
}

const NEVER_ADJUDICATED = "resubmit it as an original (frequency 1): it was never adjudicated";

/** 277CA category codes that reject (DENIALS §5). */
const CATEGORIES: Readonly<Record<string, RejectionRow>> = {
  A3: {
    category: "rejected-unprocessable",
    words: "returned the claim as unprocessable; it did not enter adjudication",
    action: `Fix what the status code names and ${NEVER_ADJUDICATED}`,
  },
  A4: {
    category: "rejected-not-found",
    words: "cannot find the claim in its adjudication system",
    action: `Confirm the payer id and ${NEVER_ADJUDICATED}`,
  },
  A6: {
    category: "rejected-missing-information",
    words: "rejected the claim because information is missing",
    action: `Add the field that the status code names and ${NEVER_ADJUDICATED}`,
  },
  A7: {
    category: "rejected-invalid-information",
    words: "rejected the claim because information is invalid",
    action: `Correct the field that the status code names and ${NEVER_ADJUDICATED}`,
  },
  A8: {
    category: "rejected-related-fields",
    words: "rejected the claim because fields that belong together contradict each other",
    action: `Bring the fields that the status code names into agreement and ${NEVER_ADJUDICATED}`,
  },
};

const SYNTAX: RejectionRow = {
  category: "rejected-syntax",
  words: "rejected the transaction for its syntax before any claim of it was read",
  action: `Correct the segment that the acknowledgement names, then fix and ${NEVER_ADJUDICATED}`,
};

/**
 * The work item of a rejected claim; undefined where the acknowledgement rejects nothing (A0, A1,
 * A2, A5 …). Its clock is the filing limit, for the claim has not been filed yet.
 */
export function draftRejection(input: RejectionInput): WorkItemDraft | undefined {
  const { claim, acknowledgement } = input;
  const row = acknowledgement === "277CA" ? CATEGORIES[input.categoryCode ?? ""] : SYNTAX;
  if (row === undefined) return undefined;
  const codes = [input.categoryCode, ...(input.statusCodes ?? []), input.entityCode];
  const named = codes.filter((code) => code !== undefined && code !== "").join(":");
  const answer = named === "" ? acknowledgement : `${acknowledgement} ${named}`;
  return {
    kind: "rejection",
    patientControlNumber: claim.patientControlNumber,
    claimId: claim.claimId,
    traceNumber: input.traceNumber,
    payer: claim.payer,
    category: row.category,
    reasonCode: input.statusCodes?.[0] ?? input.categoryCode,
    remarkCodes: [],
    amountCents: input.chargeCents,
    words: `${claim.payer.name} ${row.words} (${answer}).`,
    suggestedAction: row.action,
    owner: "billing",
    correctable: true,
    appealable: false,
    deadline: deadline({
      clock: "filing",
      payerId: claim.payer.id,
      filingIndicatorCode: claim.filingIndicatorCode,
      remittanceDate: undefined,
      serviceDateFrom: claim.serviceDateFrom,
      today: input.today,
      contractClocks: input.contractClocks,
    }),
  };
}
