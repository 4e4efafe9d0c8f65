import type { EncounterKind } from "../intake/index.ts";
import type { PreparedClaim } from "./prepared-claim.ts";

/** Claims that may travel in one interchange. */
export interface ClaimBatch {
  /** Payer id (2010BB NM109) of all of them. */
  readonly payerId: string;
  /** ISA15 of their interchange: test claims never travel with production claims. */
  readonly usage: "P" | "T";
  /** One kind, because each kind has its own guide. */
  readonly kind: EncounterKind;
  readonly claims: readonly PreparedClaim[];
}

/** The claims in batches, one a payer, usage and kind, in the order in which they first appear. */
export function batchClaims(claims: readonly PreparedClaim[]): readonly ClaimBatch[] {
  const batches = new Map<string, ClaimBatch & { readonly claims: PreparedClaim[] }>();
  for (const prepared of claims) {
    const usage = prepared.encounter.usageIndicator ?? "P";
    const payerId = prepared.claim.payer.id;
    const { kind } = prepared.claim;
    const key = `${kind} ${usage} ${payerId}`;
    const batch = batches.get(key) ?? { payerId, usage, kind, claims: [] };
    batches.set(key, batch);
    batch.claims.push(prepared);
  }
  return [...batches.values()];
}
