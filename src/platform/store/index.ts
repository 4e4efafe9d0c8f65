/**
 * The store: where the program remembers.
 *
 * Terminology
 * - practice store: the collections as one practice sees them; no query goes round it.
 * - append-only: journal, adjudications and audit events are inserted, never changed.
 * - projection: what can be rebuilt from them: a claim's accounts, totals and status.
 */
export * from "./documents.ts";
export { FolderInUse } from "./embedded/index.ts";
export * from "./governance-documents.ts";
export type { LegalHoldDoc } from "./legal-hold.ts";
export type { SealedProof } from "./prove-sealed.ts";
export type { Filter, FindOptions } from "./scoped.ts";
export {
  openStore,
  type PracticeStore,
  type Store,
  type StoreLocation,
  UnfitStore,
} from "./store.ts";
