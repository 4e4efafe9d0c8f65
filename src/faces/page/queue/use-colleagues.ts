import { useQuery } from "@tanstack/react-query";
import { colleaguesQuery } from "../server/work.ts";

/** A person to whom work can be given. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
}

/** The colleagues, and the name of each by id; who has left is named by the id. */
export function useColleagues() {
  const { data: colleagues = NOBODY } = useQuery(colleaguesQuery);
  const nameOf = (id: string | null | undefined) =>
    id ? (colleagues.find((each) => each.id === id)?.name ?? id) : "–";
  return { colleagues, nameOf };
}

const NOBODY: readonly Colleague[] = [];
