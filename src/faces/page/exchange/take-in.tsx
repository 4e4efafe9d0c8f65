import { useQueryClient } from "@tanstack/react-query";
import { type DragEvent, useState } from "react";
import { ask, type Refusal } from "../server/ask.ts";
import { counted, dollars, title } from "../words.ts";

/** What one file came to. */
interface Taken {
  /** Its place in the drop; its name may hold a patient's and is neither sent nor kept. */
  readonly number: number;
  readonly summary?: Readonly<Record<string, unknown>>;
  readonly findings?: readonly string[];
  readonly error?: string;
}

interface Answer {
  readonly events: readonly { readonly kind: string; readonly message?: string }[];
  readonly summary: Readonly<Record<string, unknown>>;
}

/** Takes dropped or chosen files in, one after another, and tells what each came to. */
export function TakeIn() {
  const cache = useQueryClient();
  const [taken, setTaken] = useState<readonly Taken[]>([]);
  const [left, setLeft] = useState(0);
  const [isOver, setIsOver] = useState(false);
  const takeAll = async (files: readonly File[]) => {
    setTaken([]);
    for (const [index, file] of files.entries()) {
      setLeft(files.length - index);
      const one = await takeOne(index + 1, file);
      setTaken((before) => [...before, one]);
    }
    setLeft(0);
    await cache.invalidateQueries();
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    void takeAll([...event.dataTransfer.files]);
  };
  return (
    <section
      aria-label="Take files in"
      className={isOver ? "drop over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <label>
        Drop 835, 999, TA1, 277CA or 837 files here, or choose them{" "}
        <input
          type="file"
          multiple
          disabled={left > 0}
          onChange={({ target }) => void takeAll([...(target.files ?? [])])}
        />
      </label>
      <p className="hint">
        The same file again changes nothing. Its name stays with you: it may hold a patient's.
      </p>
      <div role="status">
        {left > 0 && (
          <p>
            {counted(left, "file")} to go{" "}
            <progress max={left + taken.length} value={taken.length} />
          </p>
        )}
        {taken.map((one) => (
          <Result key={one.number} taken={one} />
        ))}
      </div>
    </section>
  );
}

async function takeOne(number: number, file: File): Promise<Taken> {
  try {
    const body = file.slice(0, file.size, "application/edi-x12");
    const { summary, events } = await ask<Answer>("/files", "POST", body);
    const findings = events
      .filter(({ kind }) => kind === "finding")
      .map(({ message }) => message ?? "");
    return { number, summary, findings };
  } catch (refusal) {
    return { number, error: (refusal as Refusal).message };
  }
}

const FINDINGS_SHOWN = 50;

function Result({ taken }: { readonly taken: Taken }) {
  const { number, summary = {}, findings = [], error } = taken;
  if (error !== undefined) return <p className="bad">{`File ${number}: ${error}`}</p>;
  return (
    <div className="card">
      <h3>File {number}</h3>
      <p>
        {Object.entries(summary).map(([name, value]) => {
          if (typeof value !== "number" || value === 0) return null;
          const shown = name.endsWith("Cents") ? dollars(value) : value.toLocaleString("en-US");
          return (
            <span className="chip" key={name}>
              {title(name)} {shown}
            </span>
          );
        })}
      </p>
      {findings.length > 0 && (
        <ul>
          {[...new Set(findings)].slice(0, FINDINGS_SHOWN).map((finding) => (
            <li key={finding}>{finding}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
