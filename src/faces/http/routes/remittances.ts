import { jsonBody, type Route } from "../route.ts";
import { answer, CENTS, COUNT, ID, PAGING, page, REMITTANCE, STRING, text } from "../schemas.ts";
import type { Paging } from "../use-cases.ts";

/** Which claim payment of a remittance, counted from 1. */
const CLP = { type: "integer", minimum: 1, maximum: 999_999 };

const POSTING_CHANGE = answer({
  id: STRING,
  traceNumber: STRING,
  status: STRING,
  changed: { type: "boolean" },
  posted: COUNT,
  parked: COUNT,
  postedCents: CENTS,
  unappliedCents: CENTS,
});

/** Routes that show remittances with their balance certificates, and unpost and post them. */
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
  {
    method: "post",
    path: "/api/v1/remittances/:id/unpost",
    summary: "Take a remittance, or one claim payment of it, out of the books by new entries",
    tag: "remittances",
    access: "remittances:post",
    reauthenticate: true,
    params: { id: ID },
    body: jsonBody({ reason: text(400), clp: CLP }, ["reason"]),
    answer: { status: 200, meaning: "What is posted of it now", schema: POSTING_CHANGE },
    async handler({ app, useCases, actor, params, body }) {
      const input = body as { reason: string; clp?: number };
      return { json: await useCases.unpost(app, actor, params.id ?? "", input) };
    },
  },
  {
    method: "post",
    path: "/api/v1/remittances/:id/post",
    summary: "Post a remittance, or a claim payment of it, that was unposted",
    tag: "remittances",
    access: "remittances:post",
    params: { id: ID },
    body: jsonBody({ clp: CLP }, []),
    answer: { status: 200, meaning: "What is posted of it now", schema: POSTING_CHANGE },
    async handler({ app, useCases, actor, params, body }) {
      const input = body as { clp?: number };
      return { json: await useCases.postAgain(app, actor, params.id ?? "", input) };
    },
  },
];
