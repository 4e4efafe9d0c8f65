/** Dangerous acts ask for a fresh proof; who acts gives it once, and the act goes on by itself. */

type Settle = (isProven: boolean) => void;

const desk: { settle: Settle | undefined; readonly listeners: Set<() => void> } = {
  settle: undefined,
  listeners: new Set(),
};

function told(settle: Settle | undefined): void {
  desk.settle = settle;
  for (const listener of desk.listeners) listener();
}

/** Waits until the person has proved himself or herself again (true), or would rather not (false). */
export function proofAsked(): Promise<boolean> {
  return new Promise((resolve) => told(resolve));
}

/** Ends the waiting. */
export function endProof(isProven: boolean): void {
  const { settle } = desk;
  told(undefined);
  settle?.(isProven);
}

/** Whether a proof is waited for; for `useSyncExternalStore`. */
export function isProofAsked(): boolean {
  return desk.settle !== undefined;
}

/** Tells when that changes; for `useSyncExternalStore`. */
export function listenForProof(listener: () => void): () => void {
  desk.listeners.add(listener);
  return () => void desk.listeners.delete(listener);
}
