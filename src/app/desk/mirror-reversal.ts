import { mirrorPosting } from "../../billing/remits/index.ts";
import { knownClaim, openClaim } from "../claims/load-claims.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { newBatch } from "../posting/posting-batch.ts";
import { parkedSource } from "../posting/release-parked.ts";
import { rulesOf } from "../posting/rules-in-force.ts";
import { takeDecision } from "../posting/take-decision.ts";
import { earlierOf } from "./exception-view.ts";
import { onDesk, postFromDesk } from "./post-from-desk.ts";

/**
 * Posts the exact negation of the earlier posting that a reversal takes back without saying so line by line
 * (POSTING R7). Refused where no posting of the claim has the charge and payment that the reversal states.
 */
export async function mirrorReversal(
  app: App,
  actor: Actor,
  id: string,
): Promise<{ readonly posted: number; readonly released: number }> {
  return app.store.transaction(async (session) => {
    const practice = app.store.practice(actor.practiceId);
    const doc = await onDesk(app, actor, id, "mirror", session);
    const claim = await practice.claims.findOne({ _id: doc.claimId }, { session });
    const earlier = earlierOf(doc, claim);
    if (claim === undefined || earlier === undefined) throw new OperatingError("stale");
    const batch = newBatch(new Map([[claim._id, openClaim(claim)]]));
    const cash = "unapplied-insurance";
    const decision = mirrorPosting(doc.payment, knownClaim(claim), earlier, {
      payer: doc.payer,
      split: false,
      adjudicationId: app.newId(),
      cash,
    });
    const { inForce: rules } = await rulesOf(practice, session);
    takeDecision(app, decision, parkedSource(doc, false, rules), batch, cash, () => undefined);
    const work = { action: "mirror", claimIds: [claim._id] } as const;
    return postFromDesk(app, actor, doc, batch, work, session);
  });
}
