/** The use cases of who keeps records, and destroys them when their time is over. */
import type { PatientBundle } from "../../app/records/export-patient.ts";
import type { Act, Question, UseCase } from "./use-case.ts";

/** A legal hold as `holds list` gives it. */
interface HoldView {
  readonly id: string;
  readonly patientId: string | null;
  readonly status: string;
  readonly reason: string;
  readonly by: string;
  readonly at: string;
}

/** What a purge did, or would do. */
interface PurgeView {
  readonly before: string;
  readonly dryRun: boolean;
  readonly purged: Readonly<Record<string, number>>;
  readonly kept: Readonly<Record<string, number>>;
  readonly filesKept: number;
}

/** What is told of a patient who was found. */
interface PatientView {
  readonly patientId: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly claims: number;
}

/** Retention and legal hold, and what is held of a patient. */
export interface RecordsUseCases {
  readonly listHolds: Question<readonly HoldView[]>;
  readonly putHold: UseCase<{ readonly reason: string; readonly patientId?: string }, HoldView>;
  readonly liftHold: Act<{ readonly reason: string }, HoldView>;
  readonly findPatients: UseCase<
    { readonly memberId?: string; readonly name?: string; readonly birthDate?: string },
    readonly PatientView[]
  >;
  readonly exportPatient: UseCase<string, PatientBundle>;
  readonly erasePatient: Act<
    { readonly reason: string },
    { readonly patientId: string; readonly purged: Readonly<Record<string, number>> }
  >;
  readonly purgeRecords: UseCase<{ readonly before: string; readonly dryRun?: boolean }, PurgeView>;
}
