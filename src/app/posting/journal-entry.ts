import type { JournalKind, JournalLine } from "../../billing/ledger/index.ts";
import type { App } from "../context.ts";

/** Where a journal entry belongs. */
export interface JournalPlace {
  readonly claimId?: string;
  readonly remittanceId?: string;
  readonly adjudicationId?: string;
  readonly place?: string;
  readonly depositId?: string;
  readonly depositMatchId?: string;
  readonly effectiveDate: string;
  /** Of an entry that undoes another one: which, and the person's reason. */
  readonly undoes?: { readonly entryId: string | null; readonly reason: string };
  /** Of an entry that takes the place of one that was undone. */
  readonly replaces?: string | null;
}

/** A journal entry as it is stored. */
export function journalDoc(
  app: App,
  kind: JournalKind,
  lines: readonly JournalLine[],
  place: JournalPlace,
) {
  return {
    _id: app.newId(),
    kind,
    lines,
    claimId: place.claimId ?? null,
    remittanceId: place.remittanceId ?? null,
    adjudicationId: place.adjudicationId ?? null,
    place: place.place ?? null,
    ...(place.depositId === undefined ? {} : { depositId: place.depositId }),
    ...(place.depositMatchId === undefined ? {} : { depositMatchId: place.depositMatchId }),
    ...(place.undoes === undefined
      ? {}
      : { negates: place.undoes.entryId, reason: place.undoes.reason }),
    ...(place.replaces === undefined ? {} : { replaces: place.replaces }),
    effectiveDate: place.effectiveDate,
    at: app.now(),
  };
}
