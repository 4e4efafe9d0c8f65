import type { Cents } from "../../billing/money/index.ts";
import type {
  DisclosurePurpose,
  PracticeHours,
  ReviewKind,
  ReviewOutcome,
} from "../../trust/audit/index.ts";
import type { Stored } from "./documents.ts";

/** An act that waits for a second person, or what became of it. */
export interface ApprovalDoc extends Stored {
  /** Its name in the table of acts. */
  readonly act: string;
  /** The id of what it is about; never a name or a claim number. */
  readonly subject: { readonly type: string; readonly id: string };
  readonly patientId?: string | undefined;
  /** What it moves: null for an act that moves no money. */
  readonly amountCents: Cents | null;
  /** Account → cents, debits positive: what it will do to the books. */
  readonly accounts: Readonly<Record<string, number>>;
  /** A digest of what the effect was worked out from; another one at the decision is refused. */
  readonly ground: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly status: "pending" | "approved" | "refused";
  readonly decided: { readonly at: string; readonly by: string } | null;
  /** What was asked for, as the act takes it. May name a patient, as the reasons may. */
  readonly input: unknown;
  readonly reason: string;
  /** Why it was refused, or what was said to the approval. */
  readonly answer: string | null;
  readonly version: number;
}

/** What a practice has set for itself; what is absent is as the program has it. */
export interface PracticeRulesDoc extends Stored {
  /** Write-offs and refunds above it take two people. */
  readonly approvalLimitCents?: number;
  /** What the review of the audit trail takes for ordinary. */
  readonly massReadPatients?: number;
  readonly practiceHours?: PracticeHours;
}

/** A disclosure that a person recorded (45 CFR 164.528). Append-only. */
export interface DisclosureDoc extends Stored {
  readonly patientId: string;
  /** The day it was made, ISO calendar date. */
  readonly date: string;
  readonly purpose: DisclosurePurpose;
  readonly recipient: string;
  readonly address: string | null;
  readonly description: string;
  readonly by: string;
  readonly at: Date;
}

/** Emergency access of one person, for a time. */
export interface BreakGlassDoc extends Stored {
  readonly userId: string;
  /** Who opened it: the person, or the program for him or her. */
  readonly openedBy: string;
  /** In words; may name a patient. */
  readonly reason: string;
  readonly openedAt: Date;
  /** When it ends by itself. */
  readonly endsAt: Date;
  /** When it was ended by hand before that. */
  readonly endedAt: Date | null;
}

/** Something in the audit trail that a person has to look at. No patient data but in the note, which is sealed. */
export interface ReviewDoc extends Stored {
  /** Names what was found, so that finding it again adds nothing. */
  readonly key: string;
  readonly kind: ReviewKind;
  /** Whose doing it is; a user, a key, or `anonymous`. */
  readonly actorId: string;
  /** Since when, or on which day. */
  readonly happenedAt: string;
  /** Counts, codes and ids. */
  readonly evidence: { readonly [name: string]: string | number | readonly string[] };
  readonly status: "open" | "signed-off";
  readonly signedOff: {
    readonly at: string;
    readonly by: string;
    readonly outcome: ReviewOutcome;
  } | null;
  /** What the reviewer found. */
  readonly note: string | null;
  readonly at: Date;
  readonly version: number;
}
