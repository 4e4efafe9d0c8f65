import { jsonBody, type Route } from "../route.ts";
import { answer, COUNT, DATE, ID, INSTANT, list, STRING, text, word } from "../schemas.ts";

const HOLD = answer({
  id: ID,
  patientId: { type: ["string", "null"], description: "Null for all of the practice." },
  status: word("standing", "lifted"),
  reason: STRING,
  by: STRING,
  at: INSTANT,
  lifted: { type: ["object", "null"] },
});

const COUNTS = { type: "object", additionalProperties: COUNT };

/** A case number, not a patient's name. */
const REASON = text(500);

/** Routes by which records are kept beyond their time, or destroyed when it is over. */
export const RECORD_ROUTES: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/legal-holds",
    summary: "Legal holds, the standing ones first",
    tag: "records",
    access: "holds:read",
    answer: { status: 200, meaning: "The holds", schema: answer({ items: list(HOLD) }) },
    async handler({ app, useCases, actor }) {
      return { json: { items: await useCases.listHolds(app, actor) } };
    },
  },
  {
    method: "post",
    path: "/api/v1/legal-holds",
    summary: "Keep the records of a patient, or all of the practice, whatever their age",
    tag: "records",
    access: "records:destroy",
    reauthenticate: true,
    body: jsonBody({ reason: REASON, patientId: ID }, ["reason"]),
    answer: { status: 201, meaning: "The hold, in the caller's name", schema: HOLD },
    async handler({ app, useCases, actor, body }) {
      const wanted = body as { reason: string; patientId?: string };
      return { status: 201, json: await useCases.putHold(app, actor, wanted) };
    },
  },
  {
    method: "post",
    path: "/api/v1/legal-holds/:id/lift",
    summary: "End a legal hold; it stays on record",
    tag: "records",
    access: "records:destroy",
    reauthenticate: true,
    params: { id: ID },
    body: jsonBody({ reason: REASON }, ["reason"]),
    answer: { status: 200, meaning: "The hold, now lifted", schema: HOLD },
    async handler({ app, useCases, actor, params, body }) {
      const word = body as { reason: string };
      return { json: await useCases.liftHold(app, actor, params.id ?? "", word) };
    },
  },
  {
    method: "post",
    path: "/api/v1/records/purge",
    summary: "Destroy what had its last effect before a day that is six years ago or more",
    tag: "records",
    access: "records:destroy",
    reauthenticate: true,
    body: jsonBody({ before: DATE, dryRun: { type: "boolean" } }, ["before"]),
    answer: {
      status: 200,
      meaning: "What went, or would go, by collection; how many claims are kept, and why",
      schema: answer({
        before: DATE,
        dryRun: { type: "boolean" },
        purged: COUNTS,
        kept: COUNTS,
        filesKept: COUNT,
      }),
    },
    async handler({ app, useCases, actor, body }) {
      const wanted = body as { before: string; dryRun?: boolean };
      return { json: await useCases.purgeRecords(app, actor, wanted) };
    },
  },
];
