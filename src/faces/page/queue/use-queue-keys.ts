import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useNavigate } from "react-router";
import type { WorkItemRow } from "../../http/use-cases.ts";
import { ask, type Refusal } from "../server/ask.ts";
import { useSession } from "../server/session.ts";
import { useKeys } from "../shell/keys.ts";

interface Desk {
  /** The item of the row that the keys are on; nothing while the list is empty. */
  readonly item: WorkItemRow | undefined;
  readonly count: number;
  readonly mayWork: boolean;
  readonly setCurrent: (move: (at: number) => number) => void;
  readonly choose: (id: string) => void;
  readonly setDialog: (dialog: "note" | "close") => void;
  readonly setTrouble: (trouble: string | undefined) => void;
}

/** The keys of the queue: j and k walk, Enter opens, x selects, a takes, n notes, c closes. */
export function useQueueKeys(desk: Desk): void {
  const { item, count, mayWork, setCurrent, choose, setDialog, setTrouble } = desk;
  const { person } = useSession();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const keys = useMemo(() => {
    if (item === undefined) return {};
    const { id, version } = item;
    const move = (by: number) => () =>
      setCurrent((at) => Math.max(0, Math.min(count - 1, at + by)));
    const open = () => void navigate(`/queue/${encodeURIComponent(id)}`);
    const moves = { j: move(1), k: move(-1), Enter: open, o: open };
    if (!mayWork) return moves;
    const take = () => {
      const change = { assignee: person.id, ...(version === undefined ? {} : { version }) };
      ask(`/denials/${encodeURIComponent(id)}/assign`, "POST", change)
        .then(() => setTrouble(undefined))
        .catch((refusal: Refusal) => setTrouble(refusal.message))
        .finally(() => void cache.invalidateQueries({ queryKey: ["queue"] }));
    };
    const [note, close] = [() => setDialog("note"), () => setDialog("close")];
    return { ...moves, x: () => choose(id), a: take, n: note, c: close };
  }, [item, count, mayWork, person.id, navigate, cache, setCurrent, choose, setDialog, setTrouble]);
  useKeys(keys);
}
