import { closed, jsonBody, type Reply, type Route } from "../route.ts";
import {
  answer,
  CENTS,
  COUNT,
  ID,
  INSTANT,
  list,
  PAGING,
  page,
  STRING,
  text,
  word,
} from "../schemas.ts";
import type { SettingsInput, WriteOffInput } from "../use-cases.ts";

const AMOUNT = { ...CENTS, minimum: 1 };
const REASON = { reason: text(1000) };
const APPROVAL = answer({
  id: STRING,
  act: STRING,
  subject: { type: "object" },
  amountCents: { type: ["integer", "null"] },
  accounts: { type: "object", description: "Account → cents, debits positive." },
  reason: STRING,
  requestedBy: STRING,
  expiresAt: INSTANT,
  status: word("pending", "expired", "approved", "refused"),
});
const HOURS = closed(
  {
    timeZone: text(60),
    opens: { type: "string", pattern: "^[0-2]\\d:[0-5]\\d$" },
    closes: { type: "string", pattern: "^[0-2]\\d:[0-5]\\d$" },
    days: { ...list({ ...COUNT, minimum: 1, maximum: 7 }), maxItems: 7, uniqueItems: true },
  },
  ["timeZone", "opens", "closes", "days"],
);
const WRITE_OFF = answer({
  id: STRING,
  patientControlNumber: STRING,
  amountCents: CENTS,
  openInsuranceCents: CENTS,
});

/** 201 with what was done, or 202 with the request that a second person decides on. */
export function doneOrAsked({ done, approval }: { done?: unknown; approval?: unknown }): Reply {
  return approval === undefined ? { status: 201, json: done } : { status: 202, json: { approval } };
}

/** Routes of what may take two people. */
export const APPROVAL_ROUTES: readonly Route[] = [
  {
    method: "post",
    path: "/api/v1/claims/:patientControlNumber/write-offs",
    summary:
      "Write off what payers owe for a claim; above the practice's limit a second person decides",
    tag: "claims",
    access: "claims:write-off",
    params: { patientControlNumber: ID },
    body: jsonBody({ amountCents: AMOUNT, ...REASON, line: text(50) }, ["amountCents", "reason"]),
    answer: {
      status: 201,
      meaning: "The write-off; 202 and the request (`approval`) where it takes two people",
      schema: WRITE_OFF,
    },
    async handler({ app, useCases, actor, params, body }) {
      const { patientControlNumber = "" } = params;
      const input = { ...(body as Omit<WriteOffInput, "patientControlNumber">) };
      const written = useCases.writeOffClaim(app, actor, { ...input, patientControlNumber });
      return doneOrAsked(await written);
    },
  },
  {
    method: "post",
    path: "/api/v1/write-offs/:id/take-back",
    summary: "Take a write-off back by an entry of its own; the money is open again",
    tag: "claims",
    access: "claims:write-off",
    params: { id: ID },
    body: jsonBody(REASON, ["reason"]),
    answer: { status: 200, meaning: "The write-off, taken back", schema: WRITE_OFF },
    async handler({ app, useCases, actor, params, body }) {
      const why = body as { reason: string };
      return { json: await useCases.takeWriteOffBack(app, actor, params.id ?? "", why) };
    },
  },
  {
    method: "get",
    path: "/api/v1/approvals",
    summary:
      "What waits for a second person, with what it will do to the cent; or what became of it",
    tag: "approvals",
    access: "approvals:read",
    query: { ...PAGING, status: word("pending", "expired", "approved", "refused") },
    answer: { status: 200, meaning: "A page, newest first", schema: page(APPROVAL) },
    async handler({ app, useCases, actor, query }) {
      return { json: await useCases.listApprovals(app, actor, query) };
    },
  },
  {
    method: "post",
    path: "/api/v1/approvals/:id/approve",
    summary: "Approve what another person asked for: it is carried out at once",
    tag: "approvals",
    access: "approvals:decide",
    reauthenticate: true,
    params: { id: ID },
    body: jsonBody({ note: text(1000) }, []),
    answer: {
      status: 200,
      meaning: "The request, and what was done",
      schema: answer({ approval: APPROVAL, done: { type: "object" } }),
    },
    async handler({ app, useCases, actor, params, body }) {
      const said = body as { note?: string };
      return { json: await useCases.approve(app, actor, params.id ?? "", said) };
    },
  },
  {
    method: "post",
    path: "/api/v1/approvals/:id/refuse",
    summary: "Refuse what another person asked for, with a reason; nothing is carried out",
    tag: "approvals",
    access: "approvals:decide",
    params: { id: ID },
    body: jsonBody(REASON, ["reason"]),
    answer: { status: 200, meaning: "The request, refused", schema: APPROVAL },
    async handler({ app, useCases, actor, params, body }) {
      const why = body as { reason: string };
      return { json: await useCases.refuse(app, actor, params.id ?? "", why) };
    },
  },
  {
    method: "get",
    path: "/api/v1/settings",
    summary: "The practice's settings as they hold",
    tag: "settings",
    access: "settings:manage",
    answer: {
      status: 200,
      meaning: "The settings",
      schema: answer({
        approvalLimitCents: CENTS,
        massReadPatients: COUNT,
        practiceHours: { type: "object" },
      }),
    },
    async handler({ app, useCases, actor }) {
      return { json: await useCases.showSettings(app, actor) };
    },
  },
  {
    method: "post",
    path: "/api/v1/settings",
    summary: "Ask for other settings, the rules by which others are watched: always the act of two",
    tag: "settings",
    access: "settings:manage",
    body: jsonBody(
      {
        approvalLimitCents: { ...CENTS, minimum: 0 },
        massReadPatients: { ...COUNT, minimum: 0 },
        practiceHours: HOURS,
        ...REASON,
      },
      ["reason"],
    ),
    answer: { status: 202, meaning: "The request (`approval`)", schema: answer({}) },
    async handler({ app, useCases, actor, body }) {
      return doneOrAsked(await useCases.changeSettings(app, actor, body as SettingsInput));
    },
  },
];
