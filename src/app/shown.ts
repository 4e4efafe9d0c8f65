import { createHash } from "node:crypto";
import type { PracticeStore } from "../platform/store/index.ts";

/** So many ids an audit event names one by one. */
const NAMED = 200;

/**
 * What a list or search has shown, for its audit event (45 CFR 164.312(b)): how many, and which by their ids; of more
 * than 200 the SHA-256 of all ids, one a line, beside the first 200.
 */
export function shownOf(documents: readonly { readonly _id: string }[]) {
  const ids = documents.map(({ _id }) => _id);
  const shown = ids.length;
  if (shown <= NAMED) return { shown, ids };
  const digest = createHash("sha256").update(ids.join("\n")).digest("hex");
  return { shown, ids: ids.slice(0, NAMED), digest };
}

/** Whose the claim is, as an audit event names the patient; nothing where no claim is known. */
export async function patientOf(
  practice: PracticeStore,
  claimId: string | null | undefined,
): Promise<{ readonly patientId?: string }> {
  if (claimId === null || claimId === undefined) return {};
  const claim = await practice.claims.findOne({ _id: claimId });
  return claim === undefined ? {} : { patientId: claim.patientId };
}
