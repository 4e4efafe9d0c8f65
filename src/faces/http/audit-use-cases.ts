/** The use cases of who looks after the audit trail. */
import type { Question, UseCase } from "./use-case.ts";

/** The audit trail: held against itself and what is signed, signed anew, exported. */
export interface AuditUseCases {
  readonly verifyAudit: Question<{ events: number; checkpoints: number; ok: boolean }>;
  readonly checkpointAudit: Question<{ sequence: number; hash: string; keyId: string }>;
  readonly exportAudit: UseCase<"chain" | "fhir", { readonly lines: AsyncIterable<string> }>;
}
