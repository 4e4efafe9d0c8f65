import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Correction, Resubmitted, WorkItemView } from "../../http/use-cases.ts";
import { ask, type Refusal } from "../server/ask.ts";
import { Dialog } from "../shell/dialog.tsx";
import { Failure, Waiting } from "../shell/states.tsx";
import { Answer } from "./dialogs.tsx";

interface Props {
  readonly item: WorkItemView;
  readonly onClose: () => void;
}

/** Mends the claim at the fields where such a refusal usually has its cause, shows the difference, and sends it again. */
export function CorrectDialog({ item, onClose }: Props) {
  const path = `/denials/${encodeURIComponent(item.id)}`;
  const { data, error, refetch } = useQuery({
    queryKey: ["correction", item.id],
    queryFn: () => ask<Correction>(`${path}/correction`),
  });
  return (
    <Dialog title="Correct and send again" onClose={onClose}>
      {error !== null && <Failure error={error} again={() => void refetch()} />}
      {error === null && data === undefined && <Waiting what="The claim" />}
      {data !== undefined && (
        <Fields correction={data} path={path} version={item.version} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface FieldsProps {
  readonly correction: Correction;
  readonly path: string;
  readonly version: number | undefined;
  readonly onClose: () => void;
}

function Fields({ correction, path, version, onClose }: FieldsProps) {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const cache = useQueryClient();
  const resubmit = useMutation<Resubmitted, Refusal, boolean>({
    mutationFn: (dryRun) => {
      const changes = Object.entries(typed).map(([pointer, text]) => ({
        pointer,
        value: typedValue(text),
      }));
      const known = version === undefined ? {} : { version };
      return ask(`${path}/resubmit`, "POST", { changes, dryRun, ...known });
    },
    onSuccess: async ({ file }) => {
      if (file !== null) await cache.invalidateQueries();
    },
  });
  const { data: done, error, isPending } = resubmit;
  const isChanged = Object.keys(typed).length > 0;
  if (done?.file) return <Sent done={done} onClose={onClose} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        resubmit.mutate(false);
      }}
    >
      <p>{correction.because}</p>
      {correction.fields.map(({ pointer, label, value }) => (
        <label key={pointer}>
          {label}
          <input
            value={typed[pointer] ?? textOf(value)}
            autoComplete="off"
            onChange={({ target }) => setTyped({ ...typed, [pointer]: target.value })}
          />
        </label>
      ))}
      {done !== undefined && <Findings done={done} />}
      <Answer error={error} />
      <p className="buttons">
        <button type="submit" disabled={!isChanged || isPending}>
          Send again
        </button>{" "}
        <button
          type="button"
          className="quiet"
          disabled={!isChanged || isPending}
          onClick={() => resubmit.mutate(true)}
        >
          Look first
        </button>{" "}
        <button type="button" className="quiet" onClick={onClose}>
          Not now
        </button>
      </p>
    </form>
  );
}

function Findings({ done }: { readonly done: Resubmitted }) {
  return (
    <div role="status">
      <ul>
        {done.difference.map(({ pointer, before, after }) => (
          <li key={pointer}>
            <span className="code">{pointer}</span>: <del>{textOf(before) || "nothing"}</del>{" "}
            <ins>{textOf(after) || "nothing"}</ins>
          </li>
        ))}
      </ul>
      {done.findings.map(({ severity, code, message, fix }) => (
        <p key={`${code} ${message}`} className={severity === "error" ? "bad" : "hint"}>
          {message} {fix}
        </p>
      ))}
      <p className={done.held ? "bad" : "good"}>
        {done.held ? "It is held until the errors are mended." : "It can go out like this."}
      </p>
    </div>
  );
}

function Sent({ done, onClose }: { readonly done: Resubmitted; readonly onClose: () => void }) {
  return (
    <>
      <p className="good" role="status">
        Sent again in <span className="code">{done.file?.name}</span>, frequency{" "}
        {done.frequencyCode}. The item waits for the payer's answer.
      </p>
      <button type="button" onClick={onClose}>
        Close
      </button>
    </>
  );
}

/** Lists and objects are shown and written as JSON. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function typedValue(text: string): unknown {
  if (text === "") return null;
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
