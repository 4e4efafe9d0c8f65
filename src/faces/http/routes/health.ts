import { isStoreReachable } from "../../../app/health.ts";
import type { Route } from "../route.ts";
import { answer, STRING } from "../schemas.ts";

/** Whether the program can do its work; for load balancers and watchers. */
export const HEALTH_ROUTES: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/health",
    summary: "Whether the program and its database answer",
    tag: "health",
    access: "public",
    answer: {
      status: 200,
      meaning: "`ok`; 503 and `unavailable` without a database",
      schema: answer({ status: STRING }),
    },
    async handler({ app }) {
      const reachable = await isStoreReachable(app);
      return reachable
        ? { json: { status: "ok" } }
        : { status: 503, json: { status: "unavailable" } };
    },
  },
];
