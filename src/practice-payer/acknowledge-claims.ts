import type { Claim } from "../billing/claims/claim.ts";
import { guide277CA } from "../edi/guides/277ca.ts";
import { fromPayer, type Letter, type Postmark } from "./letter.ts";
import type { Outcome } from "./outcomes.ts";
import { payerOf } from "./payers.ts";
import type { ReceivedBatch } from "./receive.ts";
import { claimAcknowledgementLoop } from "./write-claim-acknowledgement.ts";

/** The 277CA from each payer of a batch; a claim that is passed over in silence is in none. */
export function acknowledgeClaims(
  batch: ReceivedBatch,
  outcomes: ReadonlyMap<Claim, Outcome>,
  postmark: Postmark,
  run: string,
): Letter[] {
  const byPayer = new Map<string, Entry[]>();
  for (const { claim } of batch.claims) {
    const outcome = outcomes.get(claim);
    if (outcome === undefined || outcome.name === "silent") continue;
    const entries = byPayer.get(claim.payer.id);
    if (entries === undefined) byPayer.set(claim.payer.id, [{ claim, outcome }]);
    else entries.push({ claim, outcome });
  }
  return [...byPayer.values()].flatMap((entries) => {
    const [first] = entries;
    return first === undefined ? [] : [acknowledgement(batch, first, entries, postmark, run)];
  });
}

interface Entry {
  readonly claim: Claim;
  readonly outcome: Outcome;
}

function acknowledgement(
  batch: ReceivedBatch,
  { claim }: Entry,
  entries: readonly Entry[],
  postmark: Postmark,
  run: string,
): Letter {
  const payer = payerOf(claim.payer);
  const root = claimAcknowledgementLoop({
    payer,
    batchReference: batch.reference,
    submitter: batch.submitter,
    reference: `${run}${payer.id}-${batch.set.ordinal}`,
    received: postmark.date,
    today: postmark.date,
    time: postmark.time,
    entries,
  });
  const rejected = entries.filter(({ outcome }) => outcome.rejection !== undefined).length;
  const accepted = entries.length - rejected;
  return {
    kind: "277CA",
    label: payer.id,
    description: `277CA of ${payer.name}: ${accepted} accepted, ${rejected} rejected`,
    write: fromPayer(batch, payer, postmark, guide277CA, root),
  };
}
