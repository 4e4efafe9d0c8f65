import { type Cents, cents } from "../money/index.ts";

/** What is written off of one line. */
export interface WrittenOff {
  readonly lineControlNumber: string;
  /** More than zero. */
  readonly amountCents: Cents;
}

/** A write-off of what payers owe for a claim, which a person decided on. It stays when it is taken back, and says so. */
export interface WriteOff {
  /** That of its journal entry. */
  readonly id: string;
  readonly lines: readonly WrittenOff[];
  /** In words; may name a patient. */
  readonly reason: string;
  readonly by: string;
  /** UTC instant. */
  readonly at: string;
  /** The approval that it took; null below the limit. */
  readonly approvalId: string | null;
  readonly takenBack: { readonly at: string; readonly by: string; readonly reason: string } | null;
}

/** What stands written off, line by line: what was taken back does not. */
export function standingWriteOffs(writeOffs: readonly WriteOff[]): readonly WrittenOff[] {
  return writeOffs.filter(({ takenBack }) => takenBack === null).flatMap(({ lines }) => lines);
}

/**
 * An amount spread over what is open, in the order of the claim, or taken from the one line that is named. Undefined where
 * no more than a part of it is open: a write-off never makes a credit.
 */
export function spreadWriteOff(
  accounts: readonly { readonly lineControlNumber: string; readonly openCents: number }[],
  amountCents: number,
  lineControlNumber?: string,
): readonly WrittenOff[] | undefined {
  // The credit of one line is not open money of another.
  const credit = accounts.reduce((sum, { openCents }) => sum + Math.max(0, -openCents), 0);
  const open = accounts.reduce((sum, { openCents }) => sum + Math.max(0, openCents), 0);
  if (amountCents > open - credit) return undefined;
  const lines: WrittenOff[] = [];
  let left = amountCents;
  for (const line of accounts) {
    if (lineControlNumber !== undefined && line.lineControlNumber !== lineControlNumber) continue;
    const taken = Math.min(left, Math.max(0, line.openCents));
    if (taken === 0) continue;
    lines.push({ lineControlNumber: line.lineControlNumber, amountCents: cents(taken) });
    left -= taken;
  }
  return left === 0 ? lines : undefined;
}
