import type { ClaimDoc, PracticeStore } from "../../platform/store/index.ts";
import type { AuditDraft } from "../../trust/audit/index.ts";
import { dayOf, type Obstacle } from "../../trust/retention/index.ts";
import type { Actor, App } from "../context.ts";
import { type ClaimRecord, keptClaim } from "./kept-claim.ts";

/** What goes: documents whose patient data is erased, and documents that are removed, by collection. */
export type Purged = Record<
  "claims" | "adjudications" | "parkedPayments" | "encounters" | "workItems" | "deposits" | "files",
  number
>;

/** A purge on its way. */
export interface Purge {
  readonly app: App;
  readonly actor: Actor;
  readonly practice: PracticeStore;
  readonly before: string;
  readonly today: string;
  readonly dryRun: boolean;
  readonly purged: Purged;
  readonly kept: Record<Obstacle, number>;
  /** Claims of which nothing tells of a patient when it is done. */
  readonly gone: Set<string>;
}

/** What every event of a purge says. */
export const PURGE = { purpose: "operations", outcome: "success" } as const;

/** Counts at their beginning. */
export function nothingPurged(): Purged {
  return {
    claims: 0,
    adjudications: 0,
    parkedPayments: 0,
    encounters: 0,
    workItems: 0,
    deposits: 0,
    files: 0,
  };
}

/** The instant at which the named day begins: what was created later had an effect later. */
export function startOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** Adds what goes with a claim. */
export function countRecord(purged: Purged, record: ClaimRecord): void {
  purged.claims += 1;
  purged.adjudications += record.adjudications.length;
  purged.parkedPayments += record.parkedPayments.length;
  purged.encounters += record.encounters.length;
  purged.workItems += record.workItems.length;
}

/** The event of a claim that is erased: the last that names its patient. */
export function claimDraft(action: string, record: ClaimRecord): AuditDraft {
  const { claim, adjudications, encounters, workItems, parkedPayments } = record;
  return {
    ...PURGE,
    action,
    entity: { type: "claim", id: claim._id },
    patientId: claim.patientId,
    fields: FIELDS,
    detail: {
      lastEffect: dayOf(keptClaim(record).lastEffect),
      adjudications: adjudications.length,
      encounters: encounters.length,
      workItems: workItems.length,
      parkedPayments: parkedPayments.length,
    },
  };
}

const FIELDS: readonly (keyof ClaimDoc)[] = [
  "patientControlNumbers",
  "payerClaimControlNumbers",
  "patientId",
  "searchKeys",
  "claim",
  "timeline",
];
