import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { ask } from "./ask.ts";

type Texts = Readonly<Record<string, string>>;

interface Words {
  readonly outcomes: readonly string[];
  readonly workItemKinds: readonly string[];
  readonly denialRateBreakdowns: readonly string[];
  readonly parkReasons: Texts;
  readonly reasons: Texts;
  readonly remarks: Texts;
}

const wordsQuery = queryOptions({
  queryKey: ["words"],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: () => ask<Words>("/words"),
});

/** The lists that people choose from, and codes in plain words; asked for once. */
export function useWords(): Words {
  return useSuspenseQuery(wordsQuery).data;
}
