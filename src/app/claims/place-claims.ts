import type { ClientSession } from "mongoose";
import type { EditedEncounter, PreparedClaim } from "../../billing/claims/index.ts";
import type { JournalKind, JournalLine } from "../../billing/ledger/index.ts";
import type { BatchDoc, ClaimDoc } from "../../platform/store/index.ts";
import type { Actor, App } from "../context.ts";
import { journalDoc } from "../posting/journal-entry.ts";
import { today } from "../today.ts";
import { newClaim, resend, supersede } from "./claim-record.ts";
import { claimEncounter } from "./encounter-record.ts";
import { indexPatient } from "./index-patient.ts";

/** An accepted encounter with its claim; both are stored when its batch goes out. */
export interface Ready extends PreparedClaim {
  readonly edited: EditedEncounter;
  /** The id of the claim whose place it takes under the same number; a claim of its own when absent. */
  readonly mends?: string;
}

/**
 * Stores the claims of one set of ours with their charges and encounters. A mended claim takes its own place, and a
 * claim of its own that replaces or voids another reverses what is open of that, so that revenue counts once (RFI 2150).
 * Gives the claims that were sent.
 */
export async function placeClaims(
  app: App,
  actor: Actor,
  claims: readonly Ready[],
  batch: Pick<BatchDoc, "_id" | "source">,
  session: ClientSession,
): Promise<readonly { readonly _id: string; readonly patientId: string }[]> {
  const practice = app.store.practice(actor.practiceId);
  const known = await findKnown(app, actor, claims, session);
  const added: ReturnType<typeof indexed>[] = [];
  const changed = new Map<string, { doc: ClaimDoc; version: number }>();
  const journal: ReturnType<typeof journalDoc>[] = [];
  const sent: { ready: Ready; claimId: string }[] = [];
  const indexed = (ready: Ready) => {
    const made = newClaim(app, ready.claim, batch);
    enter(made.doc._id, made.journal, "charge");
    return indexPatient(app, actor, made.doc);
  };
  const enter = (claimId: string, lines: readonly JournalLine[], kind: JournalKind) => {
    if (lines.length === 0) return;
    journal.push(journalDoc(app, kind, lines, { claimId, effectiveDate: today(app) }));
  };
  const change = (before: ClaimDoc, step: { doc: ClaimDoc; journal: readonly JournalLine[] }) => {
    changed.set(before._id, { doc: step.doc, version: before.version });
    enter(before._id, step.journal, "superseded");
  };
  const now = (doc: ClaimDoc) => changed.get(doc._id)?.doc ?? doc;
  for (const ready of claims) {
    const mended = known.byId.get(ready.mends ?? "");
    if (mended !== undefined) {
      change(mended, resend(app, now(mended), ready.claim, batch, true));
      sent.push({ ready, claimId: mended._id });
      continue;
    }
    const original = known.byPayerNumber.get(ready.claim.originalReference ?? "");
    if (original !== undefined && ready.claim.frequencyCode !== "1") {
      change(original, supersede(app, now(original), ready.claim));
    }
    const doc = indexed(ready);
    added.push(doc);
    sent.push({ ready, claimId: doc._id });
  }
  await practice.claims.insert(added, session);
  const replaced = [...changed.values()].map(({ doc, version }) => ({
    document: indexPatient(app, actor, doc),
    version,
  }));
  await practice.claims.replace(replaced, session);
  await practice.journal.insert(journal, session);
  for (const { ready, claimId } of sent) {
    await claimEncounter(app, actor, ready.edited, claimId, session);
  }
  const ids = new Set(sent.map(({ claimId }) => claimId));
  return [...added, ...replaced.map(({ document }) => document)].filter(({ _id }) => ids.has(_id));
}

/** The claims that these mend, by id, and those that they replace or void, by the payer's number. */
async function findKnown(app: App, actor: Actor, claims: readonly Ready[], session: ClientSession) {
  const practice = app.store.practice(actor.practiceId);
  const ids = claims.flatMap(({ mends }) => mends ?? []);
  const numbers = claims.flatMap(({ claim }) =>
    claim.frequencyCode === "1" ? [] : (claim.originalReference ?? []),
  );
  const mended =
    ids.length === 0 ? [] : await practice.claims.find({ _id: { $in: ids } }, { session });
  const replaced =
    numbers.length === 0
      ? []
      : await practice.claims.find({ payerClaimControlNumbers: { $in: numbers } }, { session });
  return {
    byId: new Map(mended.map((doc) => [doc._id, doc] as const)),
    byPayerNumber: new Map(
      replaced.flatMap((doc) =>
        doc.payerClaimControlNumbers.map((number) => [number, doc] as const),
      ),
    ),
  };
}
