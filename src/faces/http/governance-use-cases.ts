/** The use cases by which nobody does alone, or unseen, what two should look at. */
import type { Act, Page, Paging, Question, UseCase } from "./use-case.ts";

/** What takes two people above a limit, and who decides on it. */
interface ApprovalUseCases {
  readonly writeOffClaim: UseCase<WriteOffInput, DoneOrAsked<WriteOff>>;
  readonly takeWriteOffBack: Act<{ reason: string }, WriteOff>;
  readonly listApprovals: UseCase<Paging & { readonly status?: string }, Page<Approval>>;
  readonly approve: Act<{ note?: string }, { approval: Approval; done: unknown }>;
  readonly refuse: Act<{ reason: string }, Approval>;
  readonly showSettings: Question<{ approvalLimitCents: number }>;
  readonly changeSettings: UseCase<SettingsInput, DoneOrAsked<object>>;
}

/** What went to somebody for another end than treatment, payment and operations. */
interface DisclosureUseCases {
  readonly accountDisclosures: Act<{ all?: boolean }, { readonly items: readonly object[] }>;
  readonly recordDisclosure: Act<DisclosureInput, object>;
}

/** A disclosure as a person records it. */
export interface DisclosureInput {
  readonly date?: string;
  readonly recipient: string;
  readonly address?: string;
  readonly description: string;
  readonly purpose: string;
}

/** What is to be written off of what payers owe for a claim. */
export interface WriteOffInput {
  readonly patientControlNumber: string;
  readonly amountCents: number;
  readonly reason: string;
  readonly line?: string;
}

/** What is to be changed of a practice's settings, and why. */
export interface SettingsInput {
  readonly reason: string;
  readonly approvalLimitCents?: number;
  readonly massReadPatients?: number;
  readonly practiceHours?: {
    readonly timeZone: string;
    readonly opens: string;
    readonly closes: string;
    readonly days: readonly number[];
  };
}

/** What became of an act: it is done, or a second person is asked. */
export interface DoneOrAsked<Done> {
  readonly done?: Done | undefined;
  readonly approval?: Approval | undefined;
}

/** A write-off of a claim. */
interface WriteOff {
  readonly id: string;
  readonly amountCents: number;
  readonly openInsuranceCents: number;
}

/** An act that waits for a second person, or what became of it. */
interface Approval {
  readonly id: string;
  readonly act: string;
  readonly amountCents: number | null;
  readonly status: string;
}

/** Emergency access, the review of what stood out, and what takes two people. */
export interface GovernanceUseCases extends ApprovalUseCases, DisclosureUseCases {
  readonly openGlass: UseCase<{ reason: string; minutes?: number }, Glass>;
  readonly endOwnGlass: Question<Glass>;
  readonly endGlass: UseCase<string, Glass>;
  readonly listGlasses: Question<readonly Glass[]>;
  readonly scanAudit: Question<{ events: number; found: number; added: number }>;
  readonly listReviews: UseCase<Paging & { readonly status?: string }, Page<Review>>;
  readonly signReview: Act<{ outcome: string; note: string }, Review>;
}

/** An emergency access; its reason only where reviewers ask. */
interface Glass {
  readonly id: string;
  readonly endsAt: string;
  readonly running: boolean;
}

/** Something that stood out. */
interface Review {
  readonly id: string;
  readonly reviewKind: string;
  readonly status: string;
}
