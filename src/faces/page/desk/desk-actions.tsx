import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { ask, type Refusal } from "../server/ask.ts";
import type { ExceptionView } from "../server/records.ts";
import { date, dollars, title } from "../words.ts";

const SENT_BY = ["phone", "portal", "mail", "fax", "e-mail"];

interface Props {
  readonly payment: ExceptionView;
}

/** What can be done with the payment; where an action cannot be taken now, why. */
export function DeskActions({ payment }: Props) {
  const cache = useQueryClient();
  const [said, setSaid] = useState<string>();
  const { mutate, error, isPending } = useMutation<
    { readonly posted?: number; readonly status?: string },
    Refusal,
    { readonly act: string; readonly body?: object }
  >({
    mutationFn: ({ act, body }) =>
      ask(`/exceptions/${encodeURIComponent(payment.id)}/${act}`, "POST", body),
    onSuccess: ({ posted, status }) =>
      setSaid(posted === undefined ? `It is ${status} now.` : `Posted: ${posted}.`),
    onSettled: () => cache.invalidateQueries(),
  });
  const forms: Readonly<Record<string, ReactNode>> = {
    match: <Match payment={payment} onMatch={(body) => mutate({ act: "match", body })} />,
    mirror: (
      <button type="button" onClick={() => mutate({ act: "mirror" })}>
        Post the reversal line by line
      </button>
    ),
    unapplied: (
      <Reason act="Keep it in unapplied" onGive={(body) => mutate({ act: "unapplied", body })} />
    ),
    "send-back": <SendBack onSend={(body) => mutate({ act: "send-back", body })} />,
    "take-back": (
      <Reason act="Take it back" onGive={(body) => mutate({ act: "take-back", body })} />
    ),
  };
  return (
    <section className="next" aria-label="What can be done" aria-busy={isPending}>
      <h2>What can be done</h2>
      {said !== undefined && (
        <p className="good" role="status">
          {said}
        </p>
      )}
      {error !== null && (
        <p className="bad" role="alert">
          {error.message}
        </p>
      )}
      {payment.actions.map(({ action, possible, why }) => (
        <div key={action}>
          <h3>{title(action)}</h3>
          {possible ? (forms[action] ?? <SplitHint />) : <p className="hint">{why}</p>}
        </div>
      ))}
    </section>
  );
}

function SplitHint() {
  return <p className="hint">Parts are given on the command line: claimwright exceptions split.</p>;
}

interface MatchProps extends Props {
  readonly onMatch: (body: { readonly patientControlNumber: string }) => void;
}

/** Claims that it may belong to, the likeliest first, with the reasons; or any other by its number. */
function Match({ payment, onMatch }: MatchProps) {
  const [number, setNumber] = useState("");
  const give = (event: FormEvent) => {
    event.preventDefault();
    onMatch({ patientControlNumber: number.trim() });
  };
  return (
    <>
      <ul className="suggestions">
        {payment.suggestions.map((one) => (
          <li key={one.patientControlNumber}>
            <button
              type="button"
              onClick={() => onMatch({ patientControlNumber: one.patientControlNumber })}
            >
              Match <span className="code">{one.patientControlNumber}</span>
            </button>{" "}
            {date(one.serviceDateFrom)}, {dollars(one.chargeCents)}
            <p className="hint">
              {one.score} points: {one.reasons.join("; ")}
            </p>
          </li>
        ))}
      </ul>
      <form onSubmit={give}>
        <label>
          Another claim{" "}
          <input
            required
            maxLength={50}
            value={number}
            onChange={(event) => setNumber(event.target.value)}
          />
        </label>{" "}
        <button type="submit" className="quiet">
          Match
        </button>
      </form>
    </>
  );
}

interface ReasonProps {
  readonly act: string;
  readonly onGive: (body: { readonly reason: string }) => void;
}

function Reason({ act, onGive }: ReasonProps) {
  const [reason, setReason] = useState("");
  const give = (event: FormEvent) => {
    event.preventDefault();
    onGive({ reason });
  };
  return (
    <form onSubmit={give}>
      <label>
        Reason{" "}
        <input
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>{" "}
      <button type="submit" className="quiet">
        {act}
      </button>
    </form>
  );
}

function SendBack({ onSend }: { readonly onSend: (body: object) => void }) {
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSend(Object.fromEntries(new FormData(event.currentTarget)));
  };
  return (
    <form onSubmit={send}>
      <label>
        How{" "}
        <select name="how">
          {SENT_BY.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>{" "}
      <label>
        Reference <input name="reference" required maxLength={100} />
      </label>{" "}
      <label>
        Look again on <input name="nextActionDate" type="date" required />
      </label>{" "}
      <button type="submit" className="quiet">
        Sent back
      </button>
    </form>
  );
}
