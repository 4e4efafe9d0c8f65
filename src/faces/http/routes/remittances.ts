import type { Route } from "../route.ts";
import { ID, PAGING, page, REMITTANCE } from "../schemas.ts";
import type { Paging } from "../use-cases.ts";

/** Routes that show remittances with their balance certificates. */
export const REMITTANCE_ROUTES: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/remittances",
    summary: "Remittances, newest first",
    tag: "remittances",
    access: "remittances:read",
    query: PAGING,
    answer: { status: 200, meaning: "A page of remittances", schema: page(REMITTANCE) },
    async handler({ app, useCases, actor, query }) {
      return { json: await useCases.listRemittances(app, actor, query as Paging) };
    },
  },
  {
    method: "get",
    path: "/api/v1/remittances/:traceNumber",
    summary: "One remittance with its balance certificate and what was parked",
    tag: "remittances",
    access: "remittances:read",
    params: { traceNumber: ID },
    answer: { status: 200, meaning: "The remittance", schema: REMITTANCE },
    async handler({ app, useCases, actor, params }) {
      return { json: await useCases.showRemittance(app, actor, params.traceNumber ?? "") };
    },
  },
];
