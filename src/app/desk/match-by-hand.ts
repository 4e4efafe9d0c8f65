import { type BankDifference, excessOf } from "../../billing/deposits/index.ts";
import { cents, formatDollars, subtract, sumOf } from "../../billing/money/index.ts";
import type { DepositDoc, RemittanceDoc } from "../../platform/store/index.ts";
import type { Actor, App } from "../context.ts";
import { isAwaited } from "../deposits/deposit-record.ts";
import { OperatingError } from "../errors.ts";
import type { Happening, Tell } from "../events.ts";
import { postAwaiting } from "../posting/post-awaiting.ts";
import { storeMatch } from "../posting/store-match.ts";

/** A fee that the bank kept, or interest that it added, as a person enters it. */
interface DifferenceInput {
  readonly kind: BankDifference["kind"];
  readonly amountCents: number;
  readonly reason: string;
}

/** Which deposits a person puts to which remittances: these by id or by trace number. */
export interface HandMatch {
  readonly depositIds: readonly string[];
  readonly remittances: readonly string[];
  /** What the bank kept or added, where the sums are not equal for that reason. */
  readonly differences?: readonly DifferenceInput[] | undefined;
}

/**
 * Matches what a person chose. Refused where something is not there or not open, where a trace number
 * names several awaited remittances, and where the sums differ by anything but the bank's fees and interest that
 * the person names, each with a reason: nothing is ever plugged.
 */
export async function matchByHand(
  app: App,
  actor: Actor,
  { depositIds, remittances: names, differences: stated = [] }: HandMatch,
  tell: Tell,
) {
  const differences = stated.map(checkedDifference);
  const told: Happening[] = [];
  const match = await app.store.transaction(async (session) => {
    told.length = 0;
    const practice = app.store.practice(actor.practiceId);
    const ids = [...new Set(depositIds)];
    const deposits = await practice.deposits.find({ _id: { $in: ids } }, { session });
    if (deposits.length !== ids.length || ids.length === 0) throw new OperatingError("not-found");
    const found = await practice.remittances.find(
      { $or: [{ _id: { $in: names } }, { traceNumber: { $in: names } }] },
      { session },
    );
    const remittances = [...new Set(names)].map((name) => chosen(name, found));
    checkMatch(deposits, remittances, differences);
    const parts = { deposits, remittances, differences, evidence: "by hand" as const };
    return storeMatch(app, actor, parts, session, (one) => told.push(one));
  });
  for (const one of told) tell(one);
  await postAwaiting(app, actor, tell);
  return {
    id: match._id,
    depositIds: match.depositIds,
    remittanceIds: match.parts.map(({ remittanceId }) => remittanceId),
    amountCents: match.amountCents,
    differences,
    evidence: match.evidence,
  };
}

function chosen(name: string, found: readonly RemittanceDoc[]): RemittanceDoc {
  const named = found.filter(({ _id, traceNumber }) => _id === name || traceNumber === name);
  if (named.length === 0) throw new OperatingError("not-found");
  const awaited = named.filter(isAwaited);
  const [only] = awaited;
  if (only === undefined) {
    throw new OperatingError("state", "The remittance is matched, is parked or has no money.");
  }
  if (awaited.length > 1) {
    throw new OperatingError("state", "Several remittances have this trace number: give an id.");
  }
  return only;
}

function checkedDifference({ kind, amountCents, reason }: DifferenceInput): BankDifference {
  if (!Number.isSafeInteger(amountCents) || amountCents <= 0) {
    throw new OperatingError("invalid", "A fee, or interest, is more than zero.");
  }
  if (reason.trim() === "") throw new OperatingError("invalid", "A reason is required.");
  return { kind, amountCents: cents(amountCents), reason };
}

function checkMatch(
  deposits: readonly DepositDoc[],
  remittances: readonly RemittanceDoc[],
  differences: readonly BankDifference[],
): void {
  if (deposits.some(({ status }) => status !== "unmatched")) {
    throw new OperatingError("state", "A deposit is matched, returned, or a refund.");
  }
  if (new Set(remittances.map(({ _id }) => _id)).size !== remittances.length) {
    throw new OperatingError("invalid", "A remittance is named twice.");
  }
  const difference = subtract(
    sumOf(deposits, ({ amountCents }) => amountCents),
    sumOf(remittances, ({ header }) => header.paymentCents),
  );
  const excess = excessOf(differences);
  if (difference === excess) return;
  const rule =
    differences.length === 0
      ? "sums must be equal, but for a fee or interest of the bank that you name."
      : `interest less fees as stated is ${formatDollars(excess)}.`;
  const words = `Deposits less remittances are ${formatDollars(difference)}; ${rule}`;
  throw new OperatingError("state", words);
}
