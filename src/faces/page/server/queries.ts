import { QueryClient } from "@tanstack/react-query";
import { Refusal } from "./ask.ts";

const TRIES = 2;

/** What was asked for and answered; a refusal is told at once, only silence is asked again. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) =>
        error instanceof Refusal && error.code === "offline" && failures < TRIES,
    },
  },
});
