import type { PreparedClaim } from "./prepared-claim.ts";

/** Claims that may travel in one interchange. */
export interface ClaimBatch {
  /** Payer id (2010BB NM109) of all of them. */
  readonly payerId: string;
  /** ISA15 of their interchange: test claims never travel with production claims. */
  readonly usage: "P" | "T";
  readonly claims: readonly PreparedClaim[];
}

/** The claims in batches, one a payer and usage, in the order in which payers first appear. */
export function batchClaims(claims: readonly PreparedClaim[]): readonly ClaimBatch[] {
  const batches = new Map<string, { payerId: string; usage: "P" | "T"; claims: PreparedClaim[] }>();
  for (const prepared of claims) {
    const usage = prepared.encounter.usageIndicator ?? "P";
    const payerId = prepared.claim.payer.id;
    const key = `${usage} ${payerId}`;
    const batch = batches.get(key) ?? { payerId, usage, claims: [] };
    batches.set(key, batch);
    batch.claims.push(prepared);
  }
  return [...batches.values()];
}
