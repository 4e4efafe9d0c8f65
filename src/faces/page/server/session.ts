import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { ask, holdToken } from "./ask.ts";

/** Who is signed in, and what he or she may do. */
export interface Session {
  readonly person: { readonly id: string; readonly name: string; readonly practiceId: string };
  readonly permissions: readonly string[];
  readonly csrfToken: string;
}

/** The session; asked once, and kept until the page is loaded again. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  staleTime: Number.POSITIVE_INFINITY,
  async queryFn() {
    const session = await ask<Session>("/session");
    holdToken(session.csrfToken);
    return session;
  },
});

/** The session of who looks at the page; the shell has waited for it. */
export function useSession(): Session & { may(permission: string): boolean } {
  const { data } = useSuspenseQuery(sessionQuery);
  return { ...data, may: (permission) => data.permissions.includes(permission) };
}
