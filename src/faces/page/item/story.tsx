import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { ClaimView, WorkItemView } from "../../http/use-cases.ts";
import { reasonCodeOf } from "../queue/columns.tsx";
import { claimQuery } from "../server/records.ts";
import { useSession } from "../server/session.ts";
import { useWords } from "../server/words.ts";
import { date, dollars, words } from "../words.ts";

interface Props {
  readonly item: WorkItemView;
  readonly nameOf: (id: string) => string;
}

/** What happened: the decision in plain words, its lines, the claim's timeline, and what people noted. */
export function Story({ item, nameOf }: Props) {
  const session = useSession();
  const { remarks } = useWords();
  const number = item.patientControlNumber ?? "";
  const mayRead = session.may("claims:read") && number !== "";
  const { data: claim } = useQuery({ ...claimQuery(number), enabled: mayRead });
  return (
    <section className="story" aria-label="What happened">
      <h2>What happened</h2>
      {item.words && <p className="lead">{item.words}</p>}
      <p>
        <b className="code">{reasonCodeOf(item)}</b> {item.reasonText}
      </p>
      {item.remarkCodes.map((code) => (
        <p key={code}>
          <b className="code">{code}</b> {remarks[code] ?? "see the remark code list"}
        </p>
      ))}
      {item.lines !== undefined && item.lines.length > 0 && <Lines lines={item.lines} />}
      {mayRead && (
        <p>
          Claim <Link to={`/claims/${encodeURIComponent(number)}`}>{number}</Link>
        </p>
      )}
      {claim !== undefined && <Timeline claim={claim} />}
      <h2>Notes</h2>
      {(item.notes ?? []).length === 0 && <p className="hint">No notes yet.</p>}
      <ol className="notes">
        {item.notes?.map((note) => (
          <li key={`${note.at} ${note.text}`}>
            <p className="hint">
              {date(note.at)}, {nameOf(note.by)}
            </p>
            <p>{note.text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Lines({ lines }: { readonly lines: NonNullable<WorkItemView["lines"]> }) {
  return (
    <table>
      <caption>Lines of the decision</caption>
      <thead>
        <tr>
          <th scope="col">Procedure</th>
          <th scope="col">Line</th>
          <th scope="col" className="money">
            At stake
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.lineControlNumber ?? "claim"} ${line.procedureCode}`}>
            <td className="code">{line.procedureCode || "the claim"}</td>
            <td className="code">{line.lineControlNumber ?? "–"}</td>
            <td className="money">{dollars(line.amountCents)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Timeline({ claim }: { readonly claim: ClaimView }) {
  return (
    <>
      <h2>The claim so far</h2>
      <ol className="timeline">
        {claim.timeline.map(({ at, event, detail }) => (
          <li key={`${String(at)} ${event} ${detail}`}>
            <span className="hint">{date(at)}</span> {words(event)} {detail}
          </li>
        ))}
      </ol>
    </>
  );
}
