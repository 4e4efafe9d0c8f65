import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { WorkItemRow } from "../../http/use-cases.ts";
import { ask, type Refusal } from "../server/ask.ts";
import { useWords } from "../server/words.ts";
import { Dialog } from "../shell/dialog.tsx";
import { title } from "../words.ts";

interface Props {
  readonly item: WorkItemRow;
  readonly onClose: () => void;
}

/** The item as it is after a change; `approval` where a second person must agree first. */
type Changed = WorkItemRow & { readonly approval?: { readonly id: string } };

/** Asks the service to change the item; afterwards everything that shows it is fetched again. */
export function useChange(item: WorkItemRow, onDone: (changed: Changed) => void) {
  const cache = useQueryClient();
  return useMutation<Changed, Refusal, { readonly act: string; readonly body: object }>({
    mutationFn: ({ act, body }) =>
      ask(`/denials/${encodeURIComponent(item.id)}/${act}`, "POST", body),
    onSuccess: onDone,
    onSettled: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: ["queue"] }),
        cache.invalidateQueries({ queryKey: ["item", item.id] }),
      ]),
  });
}

/** Writes down what was done or learned. What was typed stays when the service refuses it. */
export function NoteDialog({ item, onClose }: Props) {
  const [text, setText] = useState("");
  const change = useChange(item, onClose);
  const send = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ act: "note", body: { text } });
  };
  return (
    <Dialog title="Write a note" onClose={onClose}>
      <form onSubmit={send}>
        <label>
          What was done or learned
          <textarea
            rows={5}
            maxLength={4000}
            required
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <Answer error={change.error} />
        <Buttons act="Add the note" isBusy={change.isPending} onClose={onClose} />
      </form>
    </Dialog>
  );
}

/** Ends an item. Money moves only by postings, never by an outcome. */
export function CloseDialog({ item, onClose }: Props) {
  const { outcomes } = useWords();
  const [outcome, setOutcome] = useState<string>("");
  const [note, setNote] = useState("");
  const change = useChange(item, ({ approval }) => {
    if (approval === undefined) onClose();
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    const version = item.version === undefined ? {} : { version: item.version };
    const said = note === "" ? {} : { note };
    change.mutate({ act: "resolve", body: { outcome, ...said, ...version } });
  };
  return (
    <Dialog title="Close with an outcome" onClose={onClose}>
      <form onSubmit={send}>
        <label>
          How it ended
          <select required value={outcome} onChange={(event) => setOutcome(event.target.value)}>
            <option value="">Choose</option>
            {outcomes.map((each) => (
              <option key={each} value={each}>
                {title(each)}
              </option>
            ))}
          </select>
        </label>
        <label>
          Note
          <textarea
            rows={3}
            maxLength={4000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
        <p className="hint">
          A write-off moves what is still open, with the note as its reason; above the practice's
          limit somebody else must approve it. No other outcome moves money.
        </p>
        {change.data?.approval !== undefined && (
          <p className="warn" role="status">
            Somebody else must approve this write-off. The item stays until then.
          </p>
        )}
        <Answer error={change.error} />
        <Buttons act="Close the item" isBusy={change.isPending} onClose={onClose} />
      </form>
    </Dialog>
  );
}

/** Why the service refused; two people on one item read who was first. */
export function Answer({ error }: { readonly error: Refusal | null }) {
  if (error === null) return null;
  return (
    <p className="bad" role="alert">
      {error.code === "stale"
        ? "Somebody else changed this item meanwhile. It is shown as it is now; what you typed is still here."
        : error.message}
    </p>
  );
}

interface ButtonsProps {
  readonly act: string;
  readonly isBusy: boolean;
  readonly onClose: () => void;
}

/** The buttons at the end of a dialog. */
export function Buttons({ act, isBusy, onClose }: ButtonsProps) {
  return (
    <p className="buttons">
      <button type="submit" disabled={isBusy}>
        {act}
      </button>{" "}
      <button type="button" className="quiet" onClick={onClose}>
        Not now
      </button>
    </p>
  );
}
