import type { Actor, App } from "../../app/context.ts";
import type { AuditUseCases } from "./audit-use-cases.ts";
import type { DepositUseCases, ExceptionUseCases } from "./desk-use-cases.ts";
import type { GovernanceUseCases } from "./governance-use-cases.ts";
import type { QueueUseCases } from "./queue-use-cases.ts";
import type { RecordsUseCases } from "./records-use-cases.ts";
import type { SettingsUseCases } from "./settings-use-cases.ts";
import type { Act, Outcome, Page, Paging, Question, UseCase } from "./use-case.ts";

export type { DisclosureInput, SettingsInput, WriteOffInput } from "./governance-use-cases.ts";
export type { WorkItemFilter, WorkItemRow, WorkItemView } from "./queue-use-cases.ts";
export type { Outcome, Page, Paging } from "./use-case.ts";

/** A file that waits for a payer or was given to one. */
export interface OutboundFile {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly bytes: number;
  readonly claims?: number;
  readonly chargeCents?: number;
  readonly payer?: string;
}

/** A claim as `claims list` gives it. */
export interface ClaimRow {
  readonly patientControlNumber: string;
  readonly payer: string;
  readonly serviceDateFrom?: string | undefined;
  readonly chargeCents: number;
  readonly paidCents: number;
  readonly patientResponsibilityCents?: number;
  readonly openInsuranceCents: number;
  /** The axes: axis → state. */
  readonly status: Readonly<Record<string, string>> | string;
}

/** A claim as `claims show` gives it. */
export interface ClaimView extends ClaimRow {
  readonly contractualCents: number;
  readonly otherAdjustmentCents: number;
  readonly patientResponsibilityCents: number;
  readonly creditCents: number;
  readonly lines: readonly ClaimLineView[];
  readonly adjudications: readonly AdjudicationView[];
  readonly timeline: readonly {
    readonly at: Date | string;
    readonly event: string;
    readonly detail: string;
  }[];
  readonly flags?: readonly string[];
}

/** What one payer decided on a claim at one time. */
export interface AdjudicationView {
  readonly traceNumber: string;
  readonly payer: string;
  readonly payerSequence: string;
  readonly paymentDate?: string | null | undefined;
  readonly statusCode: string;
  readonly chargeCents: number;
  readonly paidCents: number;
  readonly reverses: string | null;
  readonly adjustments: readonly {
    /** Empty for the claim as a whole. */
    readonly lineControlNumber: string;
    readonly groupCode: string;
    readonly reasonCode: string;
    readonly amountCents: number;
  }[];
  readonly remarkCodes: readonly string[];
}

/** A service line of `claims show`. */
export interface ClaimLineView {
  readonly lineControlNumber: string;
  readonly procedureCode: string;
  readonly modifiers: readonly string[];
  readonly chargeCents: number;
  readonly paidCents: number;
  readonly contractualCents: number;
  readonly patientResponsibilityCents: number;
  readonly openInsuranceCents: number;
}

/** The proof that belongs to a posted remittance: lines, claims, the payment, the ledger. */
export interface Certificate {
  readonly transaction: {
    readonly paymentCents: number;
    readonly claimPaidCents: number;
    readonly providerAdjustmentCents: number;
    readonly residualCents: number;
  };
  readonly claims: { readonly proved: number; readonly failed: number };
  readonly services: { readonly proved: number; readonly failed: number };
  readonly ledger: {
    readonly postedCents: number;
    readonly unappliedCents: number;
    readonly providerAdjustmentCents: number;
    readonly cashCents: number;
    readonly residualCents: number;
    readonly journalEntries: number;
  };
}

/** A remittance as `remits list` and `remits show` give it. */
export interface RemittanceView {
  readonly traceNumber: string;
  readonly payer: string;
  readonly paymentDate?: string | null | undefined;
  readonly bprCents: number;
  readonly postedCents: number;
  readonly unappliedCents: number;
  readonly providerAdjustmentCents: number;
  readonly claimPayments: number;
  readonly posted: number;
  readonly parked: readonly {
    readonly patientControlNumber: string;
    readonly reason: string;
    readonly residualCents?: number | undefined;
  }[];
  readonly certificate?: Certificate | null | undefined;
  readonly flags?: readonly string[];
}

/** Where a denied or rejected claim is to be mended, and how it will go out. */
export interface Correction {
  readonly patientControlNumber: string;
  /** CLM05-3 of the mended claim; undefined where it cannot go out. */
  readonly frequencyCode: string | undefined;
  readonly because: string;
  readonly fields: readonly {
    readonly pointer: string;
    readonly label: string;
    readonly value: unknown;
  }[];
}

/** What to change of the encounter, by JSON pointer. */
export interface ResubmitInput {
  readonly changes: readonly { readonly pointer: string; readonly value: unknown }[];
  readonly dryRun?: boolean;
  readonly version?: number;
}

/** What a resubmission came to, or would. */
export interface Resubmitted {
  readonly frequencyCode: string | undefined;
  readonly because: string;
  readonly difference: readonly {
    readonly pointer: string;
    readonly before: unknown;
    readonly after: unknown;
  }[];
  readonly findings: readonly {
    readonly severity: string;
    readonly code: string;
    readonly message: string;
    readonly fix?: string | undefined;
  }[];
  readonly held: boolean;
  readonly file: { readonly id: string; readonly name: string } | null;
}

/** The letter of the next appeal, to be read and changed. */
export interface AppealDraft {
  readonly level: {
    readonly level: number;
    readonly name: string;
    readonly days: number;
    readonly answerDays: number;
    readonly source: string;
  };
  readonly text: string;
  readonly missing: readonly string[];
  readonly enclosures: readonly string[];
  readonly appeals: readonly {
    readonly level: number;
    readonly name: string;
    readonly at: string;
    readonly fileId: string;
    readonly reference: string;
    readonly decision?: string | undefined;
  }[];
}

/** A letter as it was sent. */
export interface AppealInput {
  readonly text: string;
  readonly how: "mail" | "fax" | "portal" | "e-mail";
  readonly reference: string;
  readonly attached?: readonly string[];
  readonly version?: number;
}

/** What the payer answered to the last appeal. */
export interface AppealAnswer {
  readonly decision: "overturned" | "partly-overturned" | "upheld";
  readonly text?: string;
  readonly version?: number;
}

/** The denial rate with its definition and its rows. */
export interface DenialRate {
  readonly definition: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly rate: number | null;
  /** Claims denied in part, which the rate does not count. */
  readonly partial: number;
  readonly rows: readonly DenialRateRow[];
}

/** One payer, reason or month of the denial rate. */
interface DenialRateRow {
  readonly key: string;
  readonly label: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly rate: number | null;
  readonly dollars: { readonly deniedCents: number };
}

/** What is known of a patient; each that is given must agree. */
export interface PatientQuery {
  readonly memberId?: string;
  readonly name?: string;
  readonly birthDate?: string;
}

/**
 * The use cases of src/app that this face calls, and what it needs of their answers. Each scopes by
 * `actor.practiceId`, records its audit event, and answers `not-found` for another practice's ids.
 */
export interface UseCases
  extends AuditUseCases,
    DepositUseCases,
    ExceptionUseCases,
    GovernanceUseCases,
    QueueUseCases,
    RecordsUseCases,
    SettingsUseCases {
  readonly ingestFile: UseCase<{ name: string; bytes: Uint8Array }, Outcome>;
  readonly generateClaims: UseCase<{ text: string }, Outcome>;
  readonly listOutboundFiles: Question<readonly OutboundFile[]>;
  readonly readOutboundFile: UseCase<string, { name: string; bytes: Uint8Array }>;
  readonly listClaims: UseCase<Paging & PatientQuery & { status?: string }, Page<ClaimRow>>;
  readonly showClaim: Act<{ asOf?: string }, ClaimView>;
  readonly whyBalance: (
    app: App,
    actor: Actor,
    patientControlNumber: string,
    question: {
      readonly account?: string;
      readonly lineControlNumber?: string;
      readonly asOf?: string;
    },
  ) => Promise<{ readonly balanceCents: number; readonly reasons: readonly object[] }>;
  readonly payerScorecard: Question<{ readonly payers: readonly object[] }>;
  readonly listRemittances: UseCase<Paging, Page<RemittanceView>>;
  readonly showRemittance: UseCase<string, RemittanceView>;
  readonly unpost: PostingAction<{ readonly reason: string; readonly clp?: number }>;
  readonly postAgain: PostingAction<{ readonly clp?: number }>;
  readonly openLateCrossovers: Question<Outcome>;
  readonly showCorrection: UseCase<string, Correction>;
  readonly resubmitClaim: Act<ResubmitInput, Resubmitted>;
  readonly draftAppeal: UseCase<string, AppealDraft>;
  readonly sendAppeal: Act<AppealInput, { readonly fileId: string; readonly until: string }>;
  readonly answerAppeal: Act<AppealAnswer, { readonly decision: string }>;
  readonly readLetter: UseCase<string, { name: string; bytes: Uint8Array }>;
  readonly trialBalance: UseCase<
    { readonly asOf?: string },
    {
      accounts: Readonly<Record<string, number>>;
      totalCents: number;
    }
  >;
  readonly listProviderBalances: UseCase<{ readonly asOf?: string }, readonly object[]>;
  readonly denialRate: UseCase<{ by?: string; from?: string; to?: string }, DenialRate>;
}

/** Changes what is posted of a remittance, named by its id or trace number. */
type PostingAction<Input> = Act<
  Input,
  { readonly id: string; readonly status: string; readonly changed: boolean }
>;
