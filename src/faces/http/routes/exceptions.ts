import { jsonBody, type Route } from "../route.ts";
import { answer, CENTS, ID, list, PAGING, page, text } from "../schemas.ts";
import type { Paging } from "../use-cases.ts";

const EXCEPTION = {
  id: ID,
  patientControlNumber: text(50),
  traceNumber: text(50),
  reason: text(40),
  message: text(200),
  residualCents: CENTS,
  unappliedCents: CENTS,
};

/** Routes of the exceptions desk: claim payments that wait for a person. */
export const EXCEPTION_ROUTES: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/exceptions",
    summary: "Claim payments that wait for a person, newest first",
    tag: "exceptions",
    access: "remittances:read",
    query: PAGING,
    answer: { status: 200, meaning: "A page of them", schema: page(answer(EXCEPTION)) },
    async handler({ app, useCases, actor, query }) {
      return { json: await useCases.listExceptions(app, actor, query as Paging) };
    },
  },
  {
    method: "get",
    path: "/api/v1/exceptions/:id",
    summary:
      "Why one waits, the fewest amounts that explain the difference, and where it may belong",
    tag: "exceptions",
    access: "remittances:read",
    params: { id: ID },
    answer: {
      status: 200,
      meaning: "Suggestions are never posted by themselves",
      schema: answer({ ...EXCEPTION, suggestions: list(answer({})) }),
    },
    async handler({ app, useCases, actor, params }) {
      return { json: await useCases.showException(app, actor, params.id ?? "") };
    },
  },
  {
    method: "post",
    path: "/api/v1/exceptions/:id/match",
    summary: "Post a payment to the claim that a person names",
    tag: "exceptions",
    access: "exceptions:work",
    params: { id: ID },
    body: jsonBody({ patientControlNumber: text(50) }, ["patientControlNumber"]),
    answer: {
      status: 200,
      meaning: "How many payments posted, and how many followed",
      schema: answer({}),
    },
    async handler({ app, useCases, actor, params, body }) {
      const { patientControlNumber } = body as { patientControlNumber: string };
      const { id = "" } = params;
      return { json: await useCases.matchException(app, actor, id, patientControlNumber) };
    },
  },
];
