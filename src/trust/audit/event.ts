import type { Json } from "./canonical.ts";

/** Who did it: a person, a machine with a key, or the program itself. */
interface AuditActor {
  readonly id: string;
  readonly kind: "person" | "machine" | "system";
  /** The roles held at that moment. */
  readonly roles: readonly string[];
  /** Which of them were lent, and the ids of those on whose behalf they are held; absent where none was. */
  readonly lent?: readonly { readonly role: string; readonly by: string }[];
}

/** Why patient data was used, as people say it: 45 CFR 164.506(c) names the first three, 164.524 the last. */
type SaidPurpose = "payment" | "operations" | "treatment" | "patient-request";

/** Why patient data was used; `emergency` is access beyond one's roles, 164.312(a)(2)(ii), and nobody just says it. */
export type Purpose = SaidPurpose | "emergency";

/** Every purpose that people may say. */
export const PURPOSES: readonly SaidPurpose[] = [
  "payment",
  "operations",
  "treatment",
  "patient-request",
];

/** How it ended: done, refused by policy, or failed. */
type Outcome = "success" | "denied" | "failure";

/** What a use case says of what it did; recording adds who, when, from where and the chain. */
export interface AuditDraft {
  /** `noun.verb`: `claim.read`, `remittance.post`, `denial.assign`, `session.create`. */
  readonly action: string;
  readonly entity: { readonly type: string; readonly id: string };
  /** Whose data it was, where it was one patient's: an opaque id, never a name. */
  readonly patientId?: string;
  /** Names of the fields that were changed; never their values. Those of reads are in shown-fields.ts. */
  readonly fields?: readonly string[];
  readonly purpose: Purpose;
  readonly outcome: Outcome;
  /** Counts, codes and versions. No patient data. */
  readonly detail?: { readonly [key: string]: Json };
}

/** A draft with who, whose practice and from where: all but its place in the chain. */
export interface UnsealedEvent extends AuditDraft {
  readonly practiceId: string;
  readonly actor: AuditActor;
  readonly requestId: string;
  readonly source: string;
}

/**
 * One thing that was done or refused (45 CFR 164.312(b)), sealed into its practice's chain.
 * It is kept for ever as it is: nothing updates or deletes an audit event.
 */
export interface AuditEvent extends UnsealedEvent {
  /** 1, 2, 3 … without a gap, per practice. */
  readonly sequence: number;
  /** ISO instant, UTC. */
  readonly at: string;
  /** `hash` of the event before; GENESIS for the first. */
  readonly previousHash: string;
  /** SHA-256, hexadecimal, of the canonical form of everything above. */
  readonly hash: string;
}

/** Where a chain ends: the sequence and hash of its last event. */
export interface AuditHead {
  readonly sequence: number;
  readonly hash: string;
}

/** The head of an empty chain. */
export const GENESIS: AuditHead = { sequence: 0, hash: "0".repeat(64) };
