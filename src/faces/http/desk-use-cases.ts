/** The use cases of the two desks that people work at: deposits, and payments that wait. */
import type { DoneOrAsked } from "./governance-use-cases.ts";
import type { Act, Outcome, Page, Paging, Question, UseCase } from "./use-case.ts";

/** Money as a person enters it. */
export interface CashInput {
  readonly amountCents: number;
  readonly date: string;
  readonly payer?: string;
  readonly reference?: string;
  readonly traceNumbers?: readonly string[];
  readonly originatorId?: string;
  readonly reason?: string;
}

/** Which deposits a person puts to which remittances. */
export interface HandMatch {
  readonly depositIds: readonly string[];
  readonly remittances: readonly string[];
  /** What the bank kept or added, each with its reason. */
  readonly differences?: readonly {
    readonly kind: "fee" | "interest";
    readonly amountCents: number;
    readonly reason: string;
  }[];
}

/** A deposit or refund as `deposits list` gives it. */
interface DepositRow {
  readonly id: string;
  readonly depositKind: string;
  readonly date: string;
  readonly amountCents: number;
  readonly status: string;
}

/** How a payment was sent back to its payer, and when to look again. */
export interface SendBack {
  readonly how: "phone" | "portal" | "mail" | "fax" | "e-mail";
  readonly reference: string;
  readonly nextActionDate: string;
  readonly note?: string;
}

/** What a person gives of a payment to one line of a claim, or to the claim as a whole. */
export interface Part {
  readonly patientControlNumber: string;
  readonly lineControlNumber?: string;
  readonly chargeCents: number;
  readonly paidCents: number;
  readonly adjustments?: readonly {
    readonly groupCode: string;
    readonly reasonCode: string;
    readonly amountCents: number;
  }[];
}

/** How many payments posted by what a person did, and how many followed. */
interface Posted {
  readonly posted: number;
  readonly released: number;
}

type Decided = { readonly id: string; readonly status: string };

/** Payments that wait for a person. */
export interface ExceptionUseCases {
  readonly listExceptions: UseCase<
    Paging & { status?: "parked" | "unapplied" | "posted" | "withdrawn" },
    Page<{ readonly id: string }>
  >;
  readonly showException: UseCase<string, { readonly id: string }>;
  readonly matchException: Act<string, Posted>;
  readonly splitException: Act<{ parts: readonly Part[] }, Posted>;
  readonly mirrorReversal: UseCase<string, Posted>;
  readonly keepUnapplied: Act<{ reason: string }, Decided>;
  readonly sendBack: Act<SendBack, Decided>;
  readonly takeDeskBack: Act<{ reason: string }, Decided>;
}

/** Deposits: money in the bank and what it pays. */
export interface DepositUseCases {
  readonly listDeposits: UseCase<Paging & { status?: string }, Page<DepositRow>>;
  readonly showDeposit: UseCase<string, DepositRow>;
  readonly importDeposits: UseCase<{ name: string; bytes: Uint8Array }, Outcome>;
  readonly addDeposit: UseCase<CashInput, DepositRow>;
  readonly addRefund: UseCase<CashInput, DoneOrAsked<DepositRow>>;
  readonly returnDeposit: Act<{ reason: string; date?: string }, DepositRow>;
  readonly unmatchDeposit: Act<{ reason: string }, DepositRow>;
  readonly matchAll: Question<Outcome>;
  readonly matchByHand: UseCase<HandMatch, { readonly id: string; readonly amountCents: number }>;
  readonly listLate: Question<{ readonly late: number; readonly items: readonly object[] }>;
  readonly openLateItems: Question<Outcome>;
}
