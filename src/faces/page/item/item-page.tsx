import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useColleagues } from "../queue/use-colleagues.ts";
import { useSession } from "../server/session.ts";
import { itemQuery } from "../server/work.ts";
import { useKeys } from "../shell/keys.ts";
import { Failure, Waiting } from "../shell/states.tsx";
import { useTitle } from "../shell/use-title.ts";
import { title } from "../words.ts";
import { AppealDialog } from "./appeal-dialog.tsx";
import { CorrectDialog } from "./correct-dialog.tsx";
import { Answer, CloseDialog, NoteDialog, useChange } from "./dialogs.tsx";
import { NextAction } from "./next-action.tsx";
import { Story } from "./story.tsx";

/** One item: on the left what happened, on the right what to do next. */
export default function ItemPage() {
  useTitle("Work item");
  const { id = "" } = useParams();
  const { data: item, error, refetch } = useQuery(itemQuery(id));
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (item === undefined) return <Waiting what="The item" />;
  return <Item item={item} />;
}

type ItemProps = Parameters<typeof Story>[0];

function Item({ item }: Pick<ItemProps, "item">) {
  const session = useSession();
  const { nameOf } = useColleagues();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<"note" | "close" | "correct" | "appeal">();
  const mayWork = session.may("denials:work") && item.status !== "resolved";
  const { mutate, error } = useChange(item, () => undefined);
  const acts = useMemo(() => {
    const version = item.version === undefined ? {} : { version: item.version };
    return {
      take: () => mutate({ act: "assign", body: { assignee: session.person.id, ...version } }),
      note: () => setDialog("note"),
      close: () => setDialog("close"),
      appeal: () => setDialog("appeal"),
      correct: () => setDialog("correct"),
    };
  }, [item.version, mutate, session.person.id]);
  useKeys(
    useMemo(() => {
      const back = { u: () => void navigate("/queue") };
      return mayWork
        ? { ...back, a: acts.take, n: acts.note, c: acts.close, r: acts.correct, p: acts.appeal }
        : back;
    }, [mayWork, acts, navigate]),
    dialog === undefined,
  );
  return (
    <>
      <p>
        <Link to="/queue">Back to the queue</Link>
      </p>
      <h1>
        {title(item.kind)}: {title(item.category)}
      </h1>
      <Answer error={error} />
      <div className="item">
        <Story item={item} nameOf={nameOf} />
        <NextAction item={item} nameOf={nameOf} acts={mayWork ? acts : undefined} />
      </div>
      {dialog === "appeal" && <AppealDialog item={item} onClose={() => setDialog(undefined)} />}
      {dialog === "correct" && <CorrectDialog item={item} onClose={() => setDialog(undefined)} />}
      {dialog === "note" && <NoteDialog item={item} onClose={() => setDialog(undefined)} />}
      {dialog === "close" && <CloseDialog item={item} onClose={() => setDialog(undefined)} />}
    </>
  );
}
