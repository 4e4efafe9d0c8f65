import type { Stored } from "./documents.ts";

/** A named person's word that records stay, whatever their age. It stays when it is lifted, and says so. */
export interface LegalHoldDoc extends Stored {
  /** Whose records; null for all of the practice. */
  readonly patientId: string | null;
  /** May name anybody. */
  readonly reason: string;
  readonly by: string;
  readonly status: "standing" | "lifted";
  readonly lifted: { readonly at: string; readonly by: string; readonly reason: string } | null;
  readonly at: Date;
}
