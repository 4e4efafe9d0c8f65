import type { ReactNode } from "react";
import { Refusal } from "../server/ask.ts";

/** What stands where something is still being fetched. */
export function Waiting({ what }: { readonly what: string }) {
  return (
    <p className="state" role="status">
      {what} is being fetched …
    </p>
  );
}

/** What stands where a list is empty: what that means, and what to do next. */
export function Empty({
  meaning,
  children,
}: {
  readonly meaning: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="state">
      <p>
        <b>{meaning}</b>
      </p>
      {children}
    </div>
  );
}

/** What went wrong, in the service's words, and a way to try again. */
export function Failure({ error, again }: { readonly error: Error; readonly again?: () => void }) {
  const number = error instanceof Refusal ? error.requestId : undefined;
  return (
    <div className="state bad" role="alert">
      <p>
        <b>{error instanceof Refusal ? error.message : "The page itself failed."}</b>
      </p>
      {number !== undefined && <p className="hint">Request {number}</p>}
      {again !== undefined && (
        <button type="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}
