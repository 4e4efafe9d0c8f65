import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { AppealDraft, AppealInput, WorkItemView } from "../../http/use-cases.ts";
import { ask, type Refusal } from "../server/ask.ts";
import { Dialog } from "../shell/dialog.tsx";
import { Failure, Waiting } from "../shell/states.tsx";
import { date, title } from "../words.ts";
import { Answer, Buttons } from "./dialogs.tsx";

interface Props {
  readonly item: WorkItemView;
  readonly onClose: () => void;
}

/** The letter of the next level, to be read and changed; it becomes a PDF with its enclosures when it is sent. */
export function AppealDialog({ item, onClose }: Props) {
  const path = `/denials/${encodeURIComponent(item.id)}`;
  const { data, error } = useQuery({
    queryKey: ["appeal", item.id],
    queryFn: () => ask<AppealDraft>(`${path}/appeal`),
  });
  return (
    <Dialog title="Appeal" onClose={onClose}>
      {error !== null && <Failure error={error} />}
      {error === null && data === undefined && <Waiting what="The letter" />}
      {data !== undefined && (
        <Letter draft={data} path={path} version={item.version} onClose={onClose} />
      )}
    </Dialog>
  );
}

const ROUTES = ["mail", "fax", "portal", "e-mail"] as const;

interface LetterProps {
  readonly draft: AppealDraft;
  readonly path: string;
  readonly version: number | undefined;
  readonly onClose: () => void;
}

function Letter({ draft, path, version, onClose }: LetterProps) {
  const [text, setText] = useState(draft.text);
  const [how, setHow] = useState<AppealInput["how"]>("mail");
  const [reference, setReference] = useState("");
  const [attached, setAttached] = useState("");
  const cache = useQueryClient();
  const send = useMutation<{ readonly fileId: string; readonly until: string }, Refusal>({
    mutationFn: () =>
      ask(`${path}/appeal`, "POST", {
        text,
        how,
        reference,
        attached: attached.split("\n").filter((line) => line.trim() !== ""),
        ...(version === undefined ? {} : { version }),
      } satisfies AppealInput),
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: ["queue"] }),
        cache.invalidateQueries({ queryKey: ["item"] }),
      ]),
  });
  if (send.data !== undefined) return <Sent {...send.data} onClose={onClose} />;
  const { level, missing, enclosures } = draft;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      <p>
        Level {level.level}: {level.name}; an answer is due in {level.answerDays} days.{" "}
        <span className="hint">{level.source}</span>
      </p>
      {missing.length > 0 && (
        <p className="warn">Not known, write them yourself: {missing.join(", ")}.</p>
      )}
      <label>
        The letter
        <textarea
          rows={12}
          maxLength={20_000}
          required
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <p className="hint">Enclosed by itself: {enclosures.join("; ")}.</p>
      <label>
        What else you send along, one a line
        <textarea rows={2} value={attached} onChange={(event) => setAttached(event.target.value)} />
      </label>
      <label>
        How it is sent
        <select value={how} onChange={({ target }) => setHow(target.value as AppealInput["how"])}>
          {ROUTES.map((each) => (
            <option key={each} value={each}>
              {title(each)}
            </option>
          ))}
        </select>
      </label>
      <label>
        Proof of sending: tracking, fax or portal number
        <input
          required
          maxLength={100}
          value={reference}
          onChange={(event) => setReference(event.target.value)}
        />
      </label>
      <Answer error={send.error} />
      <Buttons act="Make the letter" isBusy={send.isPending} onClose={onClose} />
    </form>
  );
}

interface SentProps {
  readonly fileId: string;
  readonly until: string;
  readonly onClose: () => void;
}

function Sent({ fileId, until, onClose }: SentProps) {
  return (
    <>
      <p className="good" role="status">
        The letter is kept. The item waits for the answer until {date(until)}.
      </p>
      <p className="buttons">
        <a href={`/api/v1/letters/${encodeURIComponent(fileId)}`} download>
          Open the letter (PDF)
        </a>{" "}
        <button type="button" onClick={onClose}>
          Close
        </button>
      </p>
    </>
  );
}
