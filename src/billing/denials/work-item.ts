import type { Cents } from "../money/index.ts";
import type { Appeal } from "./appeal.ts";
import type { CalendarDate } from "./calendar.ts";
import type {
  DenialCategory,
  LateCash,
  PostingExceptionReason,
  RejectionCategory,
  Team,
} from "./category.ts";
import type { Deadline } from "./deadline.ts";

/** What kind of work an item is. */
export const WORK_ITEM_KINDS = [
  "denial",
  "partial-denial",
  "underpayment",
  "rejection",
  "no-response",
  "posting-exception",
  "take-back",
  "credit",
  "records-request",
  "dispute",
] as const;

export type WorkItemKind = (typeof WORK_ITEM_KINDS)[number];

/** Where an item stands. */
export type WorkItemStatus = "open" | "in-progress" | "waiting" | "resolved";

/** The statuses of what still wants work: everything but resolved. */
export const OPEN_STATUSES = ["open", "in-progress", "waiting"] as const;

/** How an item can end. */
export const OUTCOMES = [
  "paid-on-resubmission",
  "overturned",
  "upheld",
  "written-off",
  "transferred-to-patient",
  "corrected",
  "no-action",
  "duplicate",
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** What an item is about, whatever opened it. */
export type WorkItemCategory =
  | DenialCategory
  | RejectionCategory
  | PostingExceptionReason
  | LateCash
  | "late-crossover"
  | "take-back";

/** One service line of an item with the money at stake on it. */
export interface WorkItemLine {
  /** Undefined for an adjustment of the claim as a whole. */
  readonly lineControlNumber?: string | undefined;
  readonly procedureCode: string;
  readonly amountCents: Cents;
  readonly groupCode: string;
  readonly reasonCode: string;
}

/** A remark a person left on an item. May hold patient data. */
export interface WorkItemNote {
  /** UTC instant. */
  readonly at: string;
  readonly by: string;
  readonly text: string;
}

/** A telephone call about an item. May hold patient data. */
export interface WorkItemCall {
  /** UTC instant. */
  readonly at: string;
  readonly by: string;
  /** Whom the call was with. */
  readonly who: string;
  readonly number?: string | undefined;
  /** The payer's reference of the call. */
  readonly reference?: string | undefined;
  readonly text: string;
}

/** What a decision says of an item before it has an identity: pure content, no state. */
export interface WorkItemDraft {
  readonly kind: WorkItemKind;
  /** CLM01; undefined where the item concerns no claim, as a provider adjustment. */
  readonly patientControlNumber?: string | undefined;
  readonly claimId?: string | undefined;
  readonly remittanceId?: string | undefined;
  readonly depositId?: string | undefined;
  /** The decision that opened it; when that is reversed, the item ends. */
  readonly adjudicationId?: string | undefined;
  readonly traceNumber?: string | undefined;
  readonly payer: { readonly id: string; readonly name: string };
  readonly category: WorkItemCategory;
  readonly groupCode?: string | undefined;
  readonly reasonCode?: string | undefined;
  /** PLB03-2 of the chain of provider adjustments that it is about. */
  readonly reference?: string | undefined;
  readonly remarkCodes: readonly string[];
  /** Dollars at stake. */
  readonly amountCents: Cents;
  readonly lines?: readonly WorkItemLine[] | undefined;
  /**
   * The coverage as a payer says it is (NM1*74, NM1*PR), ready to be checked and taken over. Patient
   * data.
   */
  readonly correction?:
    | {
        readonly memberId?: string | undefined;
        readonly lastName?: string | undefined;
        readonly firstName?: string | undefined;
        readonly payer?: { readonly id: string; readonly name: string } | undefined;
      }
    | undefined;
  /** What happened, in one plain sentence. */
  readonly words: string;
  /** What to do first, in the imperative. */
  readonly suggestedAction: string;
  readonly owner: Team;
  readonly correctable: boolean;
  readonly appealable: boolean;
  readonly deadline: Deadline;
}

/** A chance of success, and what it is taken from. */
export interface Chance {
  readonly chance: number;
  readonly chanceFrom: string;
}

/**
 * How much an item wants to be worked next, with every factor kept beside it:
 * score = recoverable cents × chance × urgency, a whole number.
 */
export interface Priority {
  readonly score: number;
  /** What can be won back, in cents; at least a dollar, so that urgency ranks a small item too. */
  readonly amountCents: number;
  /** The chance that working the item wins it, 0 to 1. */
  readonly chance: number;
  /** Where the chance comes from, in one sentence. */
  readonly chanceFrom: string;
  readonly urgency: number;
  /** The day on which urgency rises next; null where it has risen for the last time. */
  readonly until: CalendarDate | null;
}

/** A piece of work for a person, from the day it was found to its outcome. */
export interface WorkItem extends WorkItemDraft {
  readonly id: string;
  readonly practiceId: string;
  readonly status: WorkItemStatus;
  readonly assignee?: string | undefined;
  /** What a waiting item waits for, ISO calendar date. */
  readonly waitingUntil?: string | undefined;
  readonly notes: readonly WorkItemNote[];
  /** What was sent to the payer against its decision, the first level first. */
  readonly appeals?: readonly Appeal[] | undefined;
  /** Oldest first; absent where nobody called. */
  readonly calls?: readonly WorkItemCall[] | undefined;
  /** When somebody will look at it next, ISO calendar date, and what for (may hold patient data). */
  readonly nextActionDate?: string | undefined;
  readonly nextActionText?: string | undefined;
  /** Absent in items from before there was one. */
  readonly priority?: Priority | undefined;
  readonly outcome?: Outcome | undefined;
  /** The remittance whose posting ended it; when that is unposted, the item is opened again. */
  readonly settledBy?: string | undefined;
  /** UTC instants. */
  readonly createdAt: string;
  readonly resolvedAt?: string | undefined;
  /** 1 at birth, one more with every change. */
  readonly version: number;
}
