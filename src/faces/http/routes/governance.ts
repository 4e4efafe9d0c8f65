import { jsonBody, type Route } from "../route.ts";
import { answer, COUNT, ID, INSTANT, list, PAGING, page, STRING, text, word } from "../schemas.ts";

const GLASS = answer({
  id: STRING,
  user: STRING,
  openedBy: STRING,
  openedAt: INSTANT,
  endsAt: INSTANT,
  endedAt: { type: ["string", "null"] },
  running: { type: "boolean" },
});
const REVIEW = answer({
  id: STRING,
  reviewKind: STRING,
  words: STRING,
  about: STRING,
  happenedAt: STRING,
  evidence: { type: "object" },
  status: word("open", "signed-off"),
  outcome: { type: ["string", "null"] },
});
const MINUTES = { ...COUNT, minimum: 1, maximum: 240 };

/** Routes of emergency access, and of the review of what stood out in the audit trail. */
export const GOVERNANCE_ROUTES: readonly Route[] = [
  {
    method: "post",
    path: "/api/v1/break-glass",
    summary: "Open emergency access to patient data for oneself; it is audited and reviewed",
    tag: "governance",
    access: "break-glass:open",
    reauthenticate: true,
    body: jsonBody({ reason: text(1000), minutes: MINUTES }, ["reason"]),
    answer: { status: 201, meaning: "It runs, for an hour where nothing is said", schema: GLASS },
    async handler({ app, useCases, actor, body }) {
      const input = body as { reason: string; minutes?: number };
      return { status: 201, json: await useCases.openGlass(app, actor, input) };
    },
  },
  {
    method: "delete",
    path: "/api/v1/break-glass",
    summary: "End one's own emergency access",
    tag: "governance",
    access: "break-glass:open",
    answer: { status: 200, meaning: "It has ended", schema: GLASS },
    async handler({ app, useCases, actor }) {
      return { json: await useCases.endOwnGlass(app, actor) };
    },
  },
  {
    method: "get",
    path: "/api/v1/break-glass",
    summary: "Who opened emergency access, when and why; the last two hundred",
    tag: "governance",
    access: "audit:review",
    answer: { status: 200, meaning: "Newest first", schema: answer({ items: list(GLASS) }) },
    async handler({ app, useCases, actor }) {
      return { json: { items: await useCases.listGlasses(app, actor) } };
    },
  },
  {
    method: "post",
    path: "/api/v1/break-glass/:id/end",
    summary: "End somebody's emergency access",
    tag: "governance",
    access: "audit:review",
    params: { id: ID },
    answer: { status: 200, meaning: "It has ended", schema: GLASS },
    async handler({ app, useCases, actor, params }) {
      return { json: await useCases.endGlass(app, actor, params.id ?? "") };
    },
  },
  {
    method: "get",
    path: "/api/v1/audit/reviews",
    summary: "What stood out in the audit trail and waits for a reviewer, or was signed off",
    tag: "governance",
    access: "audit:review",
    query: { ...PAGING, status: word("open", "signed-off") },
    answer: { status: 200, meaning: "A page, newest first", schema: page(REVIEW) },
    async handler({ app, useCases, actor, query }) {
      return { json: await useCases.listReviews(app, actor, query) };
    },
  },
  {
    method: "post",
    path: "/api/v1/audit/reviews/scan",
    summary: "Look through the audit trail for what stands out; again adds nothing twice",
    tag: "governance",
    access: "audit:review",
    answer: {
      status: 200,
      meaning: "Events looked at, findings, and those of them that are new",
      schema: answer({ events: COUNT, found: COUNT, added: COUNT }),
    },
    async handler({ app, useCases, actor }) {
      return { json: await useCases.scanAudit(app, actor) };
    },
  },
  {
    method: "post",
    path: "/api/v1/audit/reviews/:id/sign-off",
    summary: "Say what came of it: explained or an incident; nobody signs off his or her own doing",
    tag: "governance",
    access: "audit:review",
    params: { id: ID },
    body: jsonBody({ outcome: word("explained", "incident"), note: text(4000) }, [
      "outcome",
      "note",
    ]),
    answer: { status: 200, meaning: "Signed off", schema: REVIEW },
    async handler({ app, useCases, actor, params, body }) {
      const signOff = body as { outcome: string; note: string };
      return { json: await useCases.signReview(app, actor, params.id ?? "", signOff) };
    },
  },
];
