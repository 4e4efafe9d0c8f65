import type { Claim, PayerSequence } from "../../billing/claims/claim.ts";
import type { WorkItem } from "../../billing/denials/index.ts";
import type {
  BankDifference,
  DepositFormat,
  MatchEvidence,
  Trace,
} from "../../billing/deposits/index.ts";
import type {
  Adjudication,
  ClaimTotals,
  JournalKind,
  JournalLine,
  WriteOff,
} from "../../billing/ledger/index.ts";
import type { Cents } from "../../billing/money/index.ts";
import type {
  ClaimFlag,
  ClaimPayment,
  DeskAction,
  ParkReason,
  ProviderAdjustment,
  Remittance,
  SentBy,
  TransactionProof,
} from "../../billing/remits/index.ts";
import type { Finding } from "../../edi/x12/finding.ts";
import type { AuditEvent } from "../../trust/audit/index.ts";

/** What every stored document has: an opaque id, and the practice that it belongs to. */
export interface Stored {
  readonly _id: string;
  readonly practiceId: string;
}

/** A file that came in or goes out; its bytes are in GridFS under the same id. */
export interface FileDoc extends Stored {
  /** Taken in, generated for a payer, or a letter that people send. */
  readonly direction: "in" | "out" | "letter";
  /** Base name only, without any patient data. */
  readonly name: string;
  readonly sha256: string;
  readonly byteLength: number;
  /** ST01 kinds inside: `837P`, `835`, `999` … */
  readonly kinds: readonly string[];
  readonly at: Date;
}

/** An encounter as it was handed in, held or turned into a claim. */
export interface EncounterDoc extends Stored {
  readonly externalId: string;
  readonly digest: string;
  /** Digests of patient, date, procedure and provider of each line, to find what was billed before. */
  readonly services: readonly string[];
  /** `replaced`: a mended encounter has taken its place on the claim. */
  readonly status: "held" | "claimed" | "replaced";
  /** The encounter's own JSON text. */
  readonly body: string;
  readonly findings: readonly Finding[];
  readonly claimId: string | null;
  readonly at: Date;
}

/** One sending of a claim to one payer. */
export interface Submission {
  readonly patientControlNumber: string;
  readonly sequence: PayerSequence;
  readonly payerId: string;
  readonly payerName: string;
  readonly frequencyCode: string;
  /** What it charged for, as `chargesOf` says it: tells the same sending from a mended one. */
  readonly charges: string;
  readonly source: "generated" | "registered";
  /** The batch (one ST of one 837) it went in. */
  readonly batchId: string;
  readonly status: "sent" | "received" | "accepted" | "rejected";
  readonly at: Date;
}

/** One line of a claim's story. No patient data. */
export interface TimelineEvent {
  /** UTC instant, ISO. */
  readonly at: string;
  readonly event: string;
  readonly detail: string;
}

/** Where a claim stands, on axes that do not depend on one another. */
export interface ClaimStatus {
  readonly submission: "sent" | "received" | "accepted" | "rejected";
  readonly adjudication:
    | "none"
    | "paid"
    | "partly-paid"
    | "denied"
    | "no-payment-due"
    | "reversed-awaiting-correction";
  readonly insurance: "open" | "closed" | "credit";
  /** `held`: a share is told, but a payer whose turn comes before has not decided (POSTING C5). */
  readonly patient: "none" | "held" | "owes";
}

/** A claim: what was sent, and the projection of what was posted to it. The projection can be rebuilt. */
export interface ClaimDoc extends Stored {
  /** CLM01 of every submission; unique over the practice. */
  readonly patientControlNumbers: readonly string[];
  /** CLP07 and REF*1K values that payers gave it. */
  readonly payerClaimControlNumbers: readonly string[];
  /** REF*F8: the payer's number of the claim that this one replaces or voids. */
  readonly originalReference?: string | undefined;
  /** The patient, told apart within the practice: a blind index of name and day of birth. */
  readonly patientId: string;
  /** Blind indexes of the patient's member id, name and day of birth. */
  readonly searchKeys: readonly string[];
  /** The claim as first sent. Patient data. */
  readonly claim: Claim;
  readonly submissions: readonly Submission[];
  readonly superseded: boolean;
  readonly adjudications: readonly Adjudication[];
  /** What a person wrote off of it, oldest first; absent where nobody did. */
  readonly writeOffs?: readonly WriteOff[] | undefined;
  readonly totals: ClaimTotals;
  readonly status: ClaimStatus;
  readonly flags: readonly (ClaimFlag | "trace-reused")[];
  readonly timeline: readonly TimelineEvent[];
  readonly at: Date;
  readonly version: number;
}

/** One posted decision, whole: what the payer said and what was done with it. Append-only. */
export interface AdjudicationDoc extends Stored {
  readonly claimId: string;
  readonly patientControlNumber: string;
  readonly remittanceId: string;
  readonly ordinal: number;
  readonly traceNumber: string;
  readonly payer: { readonly id: string; readonly name: string };
  readonly paymentDate: string | null;
  readonly month: string;
  readonly first: boolean;
  readonly adjudication: Adjudication;
  readonly payment: ClaimPayment;
  /** It takes an earlier decision back. */
  readonly reversal: boolean;
  readonly paidCents: Cents;
  /** Part of the charge is the patient's, or was an earlier payer's. */
  readonly explained: boolean;
  readonly procedureCodes: readonly string[];
  readonly deniedCents: Cents;
  readonly denialReasons: readonly {
    readonly groupCode: string;
    readonly reasonCode: string;
    readonly category: string;
    readonly procedureCode: string;
    readonly amountCents: Cents;
  }[];
  readonly chargeCents: Cents;
  readonly providerNpi: string;
  readonly autoPosted: boolean;
  /** What it added to the claim's flags; absent in old documents. */
  readonly flags?: readonly string[];
  /** The decision that this one unposts: both are left out of every figure. */
  readonly withdraws?: string;
  /** The decision whose place this one takes, since other posting rules were put in force. */
  readonly replaces?: string;
  /** The version of the posting rules that decided it; absent in old documents. */
  readonly rules?: string;
  /** Which unposting or posting again of its remittance made it; absent for the first posting. */
  readonly turn?: number;
  /** Which part of a claim payment that a person split among claims, from 1; absent for a whole one. */
  readonly part?: number;
  readonly at: Date;
}

/** A journal entry. Append-only; a mistake is corrected by another entry. */
export interface JournalDoc extends Stored {
  readonly kind: JournalKind;
  readonly lines: readonly JournalLine[];
  readonly claimId: string | null;
  readonly remittanceId: string | null;
  readonly adjudicationId: string | null;
  /** The place in the remittance: `CLP[3]`, `PLB[1].2`. */
  readonly place: string | null;
  /** Of an entry that a deposit's match, return or refund made. */
  readonly depositId?: string;
  readonly depositMatchId?: string;
  /** The entry that this one undoes, and the reason that a person gave; of the same kind as that. */
  readonly negates?: string | null;
  readonly reason?: string;
  /** The entry whose place this one takes, since other posting rules were put in force; null where nothing had moved. */
  readonly replaces?: string | null;
  /** BPR16 for money, the day of recording for charges. */
  readonly effectiveDate: string;
  readonly at: Date;
}

/** The proof that belongs to a posted remittance. */
export interface Certificate {
  readonly transaction: TransactionProof;
  readonly claims: { readonly proved: number; readonly failed: number };
  readonly services: { readonly proved: number; readonly failed: number };
  readonly ledger: {
    readonly postedCents: Cents;
    readonly unappliedCents: Cents;
    readonly providerAdjustmentCents: Cents;
    /** posted + unapplied − provider adjustments; equals BPR02. */
    readonly cashCents: Cents;
    readonly residualCents: Cents;
    readonly journalEntries: number;
  };
}

/** One ST to SE of an 835: its payment, what became of it, and its certificate. */
export interface RemittanceDoc extends Stored {
  readonly key: string;
  readonly contentDigest: string;
  readonly moneyDigest: string;
  readonly fileId: string;
  /** `awaiting-deposit`: nothing of it is in the ledger until a deposit is matched to it, as its payer's setting says. */
  readonly status: "awaiting-deposit" | "posting" | "posted" | "parked" | "unposting" | "unposted";
  readonly reason: ParkReason | null;
  readonly header: Omit<Remittance, "claimPayments" | "providerAdjustments" | "defects">;
  readonly providerAdjustments: readonly ProviderAdjustment[];
  readonly traceNumber: string;
  readonly claimPayments: number;
  /** How many claim payments have been decided; below `claimPayments` while it posts. */
  readonly decided: number;
  readonly posted: number;
  readonly parked: number;
  readonly postedCents: Cents;
  readonly unappliedCents: Cents;
  readonly providerAdjustmentCents: Cents;
  readonly journalEntries: number;
  readonly provedServices: number;
  readonly failedServices: number;
  readonly failedClaims: number;
  readonly certificate: Certificate | null;
  readonly flags: readonly string[];
  /** The standing match that brought its money; absent or null while the deposit is awaited. */
  readonly depositMatchId?: string | null;
  /** The work item that says its deposit is late. */
  readonly lateItemId?: string | null;
  /** Counts every unposting and posting again, of all of it or of one claim payment; absent before the first. */
  readonly turn?: number;
  /** The version of the posting rules that its provider adjustments went by. */
  readonly rules?: string;
  /** The last unposting of all of it; `at` is a UTC instant. */
  readonly unposted?: { readonly at: string; readonly by: string; readonly reason: string };
  /** While it is unposted: the CLP up to which that is done. */
  readonly undone?: number;
  readonly at: Date;
}

/** Money that came into the bank, or a refund that left it, and what became of it. */
export interface DepositDoc extends Stored {
  readonly kind: "deposit" | "refund";
  /** A digest that tells it from every other; the same money told twice is stored once. */
  readonly key: string;
  readonly format: DepositFormat | "hand";
  readonly fileId: string | null;
  /** Its line or record in the file. */
  readonly place: string | null;
  readonly amountCents: Cents;
  readonly date: string;
  readonly traces: readonly Trace[];
  readonly originatorId: string | null;
  readonly payerName: string | null;
  readonly references: readonly string[];
  /** What the bank says of it; may name anybody. */
  readonly text: string | null;
  /** A refund is `sent`; what the bank takes back is `returned`. */
  readonly status: "unmatched" | "matched" | "sent" | "returned";
  readonly matchId: string | null;
  /** Remittances from which a person took it back: the program does not match these again. */
  readonly refused: readonly string[];
  readonly lateItemId: string | null;
  readonly returned: { readonly date: string; readonly reason: string } | null;
  readonly at: Date;
  readonly version: number;
}

/** Deposits and remittances that belong together. It stays when it is taken back, and says so. */
export interface DepositMatchDoc extends Stored {
  readonly depositIds: readonly string[];
  /** What of it pays each remittance; the sum is that of the deposits, but for `differences`. */
  readonly parts: readonly { readonly remittanceId: string; readonly amountCents: Cents }[];
  /** Of the deposits. */
  readonly amountCents: Cents;
  /** Fees and interest of the bank, which a person named; absent where there are none. */
  readonly differences?: readonly BankDifference[];
  readonly date: string;
  readonly evidence: MatchEvidence;
  readonly by: string;
  readonly status: "standing" | "taken-back";
  /** `at` is a UTC instant. */
  readonly takenBack: { readonly at: string; readonly by: string; readonly reason: string } | null;
  readonly at: Date;
}

/** A claim payment that waits for a person or for its missing piece. */
export interface ParkedPaymentDoc extends Stored {
  readonly remittanceId: string;
  readonly traceNumber: string;
  readonly payer: Remittance["payer"];
  readonly paymentDate: string | null;
  readonly ordinal: number;
  readonly patientControlNumber: string;
  readonly payerClaimControlNumber: string | null;
  readonly claimId: string | null;
  readonly reason: ParkReason;
  readonly residualCents: Cents;
  /** What of it stands in unapplied insurance; 0 while the whole remittance is parked. */
  readonly unappliedCents: Cents;
  readonly payment: ClaimPayment;
  /** `unapplied`: a person has decided that its money stays in unapplied insurance. */
  readonly status: "parked" | "released" | "unapplied" | "withdrawn";
  /** Of the remittance, when it was parked anew. */
  readonly turn?: number;
  /** What was done with it at the desk, oldest first; absent where nothing was. */
  readonly desk?: readonly DeskRecord[];
  readonly at: Date;
}

/** Something that a person did with a payment that waits. It stays when it is taken back, and says so. */
export interface DeskRecord {
  readonly action: Exclude<DeskAction, "take-back">;
  /** UTC instant. */
  readonly at: string;
  readonly by: string;
  /** Why, in a person's words. */
  readonly reason: string | null;
  /** Of what was sent back: how, under which reference, and when to look again (ISO calendar date). */
  readonly sent: {
    readonly how: SentBy;
    readonly reference: string;
    readonly nextActionDate: string;
  } | null;
  /** Of what was posted: the claims, and the one that the payment was held for before. */
  readonly posting: {
    readonly claimIds: readonly string[];
    readonly claimBefore: string | null;
    /** A replacement took the place of a claim, whose number by the payer became known by this. */
    readonly superseded: boolean;
  } | null;
  readonly takenBack: { readonly at: string; readonly by: string; readonly reason: string } | null;
}

/** One ST of an 837: what its acknowledgements will name. */
export interface BatchDoc extends Stored {
  readonly interchangeControlNumber: string;
  readonly groupControlNumber: string;
  readonly setControlNumber: string;
  readonly senderId: string;
  readonly receiverId: string;
  readonly payerName: string;
  readonly claims: number;
  readonly chargeCents: Cents;
  readonly fileId: string;
  readonly source: "generated" | "registered";
  readonly status: "sent" | "received" | "accepted" | "rejected";
  readonly at: Date;
}

/** A 999, 997, TA1 or 277CA that was read, so that the same one is not taken twice. */
export interface AcknowledgementDoc extends Stored {
  readonly digest: string;
  readonly kind: "999" | "997" | "TA1" | "277CA";
  readonly status: string;
  readonly at: Date;
}

export type WorkItemDoc = WorkItem & Stored;
export type AuditEventDoc = AuditEvent & Stored;

/** The end of a practice's audit chain. */
export interface AuditHeadDoc extends Stored {
  readonly sequence: number;
  readonly hash: string;
}

/** How many items of the queue, and how many cents, are under one heading: `…:kind:denial`. Can be counted anew. */
export interface QueueCountDoc extends Stored {
  readonly items: number;
  readonly cents: number;
}

/** A list of the queue that a person has named. No patient data. */
export interface QueueViewDoc extends Stored {
  readonly owner: string;
  readonly name: string;
  /** As the list takes it. */
  readonly filter: Readonly<Record<string, string | number>>;
  readonly sort: string;
  /** Whether the others of the practice see it. */
  readonly shared: boolean;
  readonly at: Date;
}

/** A persistent counter: control numbers. */
export interface CounterDoc extends Stored {
  readonly value: number;
}

/** One version of something that a practice decides for itself. Append-only: the last number is in force. */
export interface SettingDoc extends Stored {
  readonly name: SettingName;
  /** From 1, without gaps. */
  readonly number: number;
  /** All that it says, as JSON. */
  readonly text: string;
  /** Of `text`. */
  readonly sha256: string;
  /** From when on it counts: the instant at which it was put in force (UTC). */
  readonly at: Date;
  readonly by: string;
  /** Why, in a person's words, which may name anybody. */
  readonly reason: string;
  /** Of posting rules: the difference that was shown before, and whether old postings were made to follow. */
  readonly shown?: Readonly<Record<string, unknown>>;
}

/** What a practice decides for itself, version by version. */
export type SettingName = "posting-rules" | "payers";

/** One code of an imported official release. No practice owns it; `practiceId` is `*`. */
export interface CodeDoc extends Stored {
  readonly set: string;
  /** Which import it belongs to; the set's head document names the one that counts. */
  readonly generation: string;
  readonly code: string;
  readonly description: string;
  readonly billable: boolean;
  readonly effectiveFrom: string | null;
  readonly effectiveTo: string | null;
}
