import { type FormEvent, useState } from "react";
import { ask, type Refusal } from "../server/ask.ts";
import { endProof } from "../server/proof.ts";
import { Dialog } from "./dialog.tsx";

/** Asks who acts for the password again, and for the second factor's code where there is one. */
export function ProofDialog() {
  const [error, setError] = useState<string>();
  const prove = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = [...new FormData(event.currentTarget)].filter(([, value]) => value !== "");
    try {
      await ask("/session/proof", "POST", Object.fromEntries(given));
      endProof(true);
    } catch (refusal) {
      setError((refusal as Refusal).message);
    }
  };
  return (
    <Dialog title="Is it still you?" onClose={() => endProof(false)}>
      <form onSubmit={(event) => void prove(event)}>
        <label>
          Password
          <input name="password" type="password" autoComplete="current-password" required />
        </label>{" "}
        <label>
          Code of your authenticator app, if you have one
          <input name="code" inputMode="numeric" autoComplete="one-time-code" />
        </label>
        {error !== undefined && (
          <p className="bad" role="alert">
            {error}
          </p>
        )}
        <p className="buttons">
          <button type="submit">Go on</button>{" "}
          <button type="button" className="quiet" onClick={() => endProof(false)}>
            Not now
          </button>
        </p>
      </form>
    </Dialog>
  );
}
