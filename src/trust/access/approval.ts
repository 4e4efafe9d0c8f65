/** Above this, in cents, write-offs and refunds take two people, where a practice has set nothing else. */
export const APPROVAL_LIMIT_CENTS = 50_000;

/** So long a request waits for a second person; then it has expired. */
export const APPROVAL_DAYS = 14;

/** Whether an act takes a second person: one that moves money above the limit, and one that moves none always. */
export function needsApproval(amountCents: number | null, limitCents: number): boolean {
  return amountCents === null || amountCents > limitCents;
}
