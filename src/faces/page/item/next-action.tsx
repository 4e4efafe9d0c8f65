import type { WorkItemView } from "../../http/use-cases.ts";
import { Deadline } from "../queue/deadline.tsx";
import { date, dollars, title } from "../words.ts";

interface Props {
  readonly item: WorkItemView;
  readonly nameOf: (id: string | null | undefined) => string;
  /** Nothing where the viewer may not change the item, or nothing is left to do. */
  readonly acts:
    | Readonly<Record<"take" | "note" | "close" | "correct" | "appeal", () => void>>
    | undefined;
}

/** What to do next, until when, and the buttons to do it. */
export function NextAction({ item, nameOf, acts }: Props) {
  return (
    <section className="next" aria-label="What to do">
      <h2>What to do</h2>
      <p className="lead">{item.suggestedAction}</p>
      <dl className="facts">
        <Fact name="At stake">{dollars(item.amountCents)}</Fact>
        <Fact name="Deadline">
          <Deadline due={item.deadline} status={item.status} />
        </Fact>
        {item.deadlineRule && <Fact name="Why then">{item.deadlineRule}</Fact>}
        <Fact name="Payer">{item.payer || "–"}</Fact>
        <Fact name="Status">{title(item.status)}</Fact>
        {item.outcome && <Fact name="Outcome">{title(item.outcome)}</Fact>}
        <Fact name="Assignee">{nameOf(item.assignee)}</Fact>
        <Fact name="Since">{date(item.createdAt)}</Fact>
      </dl>
      {acts !== undefined && (
        <p className="buttons">
          {item.correctable && (
            <button type="button" onClick={acts.correct}>
              Correct and send again <kbd>r</kbd>
            </button>
          )}{" "}
          {item.appealable && (
            <button type="button" className={item.correctable ? "quiet" : ""} onClick={acts.appeal}>
              Appeal <kbd>p</kbd>
            </button>
          )}{" "}
          <button type="button" className="quiet" onClick={acts.take}>
            Take it <kbd>a</kbd>
          </button>{" "}
          <button type="button" className="quiet" onClick={acts.note}>
            Note <kbd>n</kbd>
          </button>{" "}
          <button type="button" className="quiet" onClick={acts.close}>
            Close <kbd>c</kbd>
          </button>
        </p>
      )}
    </section>
  );
}

interface FactProps {
  readonly name: string;
  readonly children: React.ReactNode;
}

function Fact({ name, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
