import { cents } from "../../billing/money/index.ts";
import {
  PARK_REASONS,
  planPayments,
  type SplitPart,
  splitPayment,
} from "../../billing/remits/index.ts";
import { knownClaim, openClaim } from "../claims/load-claims.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { claimIn, newBatch } from "../posting/posting-batch.ts";
import { parkedSource } from "../posting/release-parked.ts";
import { rulesOf } from "../posting/rules-in-force.ts";
import { takeDecision } from "../posting/take-decision.ts";
import { onDesk, postFromDesk } from "./post-from-desk.ts";

/** A part as a person enters it: to one line of a claim, or without a line to the claim as a whole. */
export interface PartInput {
  readonly patientControlNumber: string;
  readonly lineControlNumber?: string | undefined;
  readonly chargeCents: number;
  readonly paidCents: number;
  readonly adjustments?: readonly {
    readonly groupCode: string;
    readonly reasonCode: string;
    readonly amountCents: number;
  }[];
}

/** So many parts at most: a claim has 50 lines. */
const PARTS_MAX = 100;

/**
 * Posts one parked payment to several of our claims, by amounts that a person gives. Every part balances and all
 * together are what the payer said, to the cent; each claim's share is decided like any payment, and all post or none.
 */
export async function splitException(
  app: App,
  actor: Actor,
  id: string,
  { parts: inputs }: { readonly parts: readonly PartInput[] },
): Promise<{ readonly posted: number; readonly released: number }> {
  if (inputs.length > PARTS_MAX) throw new OperatingError("invalid", "There are too many parts.");
  const parts = inputs.map(partOf);
  return app.store.transaction(async (session) => {
    const practice = app.store.practice(actor.practiceId);
    const doc = await onDesk(app, actor, id, "split", session);
    const numbers = [...new Set(parts.map((part) => part.patientControlNumber))];
    const claims = await practice.claims.find(
      { patientControlNumbers: { $in: numbers } },
      { session },
    );
    const owner = (number: string) =>
      claims.find((claim) => claim.patientControlNumbers.includes(number));
    if (claims.length !== numbers.length) {
      throw new OperatingError(
        "invalid",
        "A part names no claim of ours, or two name one by two numbers.",
      );
    }
    const split = splitPayment(doc.payment, parts, (number) => owner(number)?.claim.lines);
    if ("refusal" in split) throw new OperatingError("invalid", split.refusal);
    const { inForce: rules } = await rulesOf(practice, session);
    const batch = newBatch(new Map(claims.map((claim) => [claim._id, openClaim(claim)])));
    const cash = "unapplied-insurance";
    for (const [index, payment] of split.payments.entries()) {
      const claim = owner(payment.patientControlNumber);
      const [decision] = planPayments([payment], {
        payer: doc.payer,
        newId: app.newId,
        isSplit: () => false,
        cash,
        rules,
        claimOf: () => claim && knownClaim(claimIn(batch, claim._id).doc),
      });
      if (decision?.kind !== "posted") {
        const why = decision?.kind === "parked" ? PARK_REASONS[decision.reason] : "";
        throw new OperatingError("state", `The share of claim ${index + 1} does not post. ${why}`);
      }
      const source = { ...parkedSource(doc, false, rules), part: index + 1 };
      takeDecision(app, decision, source, batch, cash, () => undefined);
    }
    const claimIds = claims.map(({ _id }) => _id);
    return postFromDesk(app, actor, doc, batch, { action: "split", claimIds }, session);
  });
}

function partOf({ adjustments = [], ...part }: PartInput): SplitPart {
  const amounts = [part.chargeCents, part.paidCents, ...adjustments.map((one) => one.amountCents)];
  if (!amounts.every(Number.isSafeInteger)) {
    throw new OperatingError("invalid", "An amount is a whole number of cents.");
  }
  return {
    patientControlNumber: part.patientControlNumber,
    lineControlNumber: part.lineControlNumber,
    chargeCents: cents(part.chargeCents),
    paidCents: cents(part.paidCents),
    adjustments: adjustments.map((one) => ({ ...one, amountCents: cents(one.amountCents) })),
  };
}
