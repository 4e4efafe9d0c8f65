import { APPEAL_DECISIONS, APPEAL_ROUTES, QUEUE_SORTS } from "../../../app/words.ts";
import { closed, jsonBody, type Route } from "../route.ts";
import {
  answer,
  COUNT,
  DATE,
  ID,
  list,
  OUTCOME,
  PAGING,
  page,
  STRING,
  text,
  VERSION,
  WORK_ITEM,
  word,
} from "../schemas.ts";
import type { AppealAnswer, AppealInput, ResubmitInput, WorkItemFilter } from "../use-cases.ts";
import { QUEUE_FILTER } from "./queue-filter.ts";

const CHANGES = {
  ...list(closed({ pointer: text(200), value: {} }, ["pointer"])),
  minItems: 1,
  maxItems: 50,
};

/** Routes of the work queue. */
export const DENIAL_ROUTES: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/denials",
    summary: "The work queue, what is not resolved; the nearest deadline first unless sorted",
    tag: "denials",
    access: "denials:read",
    query: {
      ...PAGING,
      limit: { type: "integer", minimum: 1, maximum: 500 },
      ...QUEUE_FILTER,
      sort: word(...QUEUE_SORTS),
    },
    answer: { status: 200, meaning: "A page of work items", schema: page(WORK_ITEM) },
    async handler({ app, useCases, actor, query }) {
      return { json: await useCases.listWorkItems(app, actor, query as WorkItemFilter) };
    },
  },
  {
    method: "post",
    path: "/api/v1/claims/late-crossovers",
    summary:
      "Open a work item for each claim that a payer forwarded and nobody answered in 30 days",
    tag: "denials",
    access: "denials:work",
    answer: {
      status: 200,
      meaning: "The items opened, and how many; again opens nothing twice",
      schema: OUTCOME,
    },
    async handler({ app, useCases, actor }) {
      return { json: await useCases.openLateCrossovers(app, actor) };
    },
  },
  {
    method: "get",
    path: "/api/v1/denials/:id",
    summary: "One work item with its notes and calls",
    tag: "denials",
    access: "denials:read",
    params: { id: ID },
    answer: { status: 200, meaning: "The work item", schema: WORK_ITEM },
    async handler({ app, useCases, actor, params }) {
      return { json: await useCases.showWorkItem(app, actor, params.id ?? "") };
    },
  },
  {
    method: "get",
    path: "/api/v1/denials/:id/correction",
    summary: "Where the claim of a work item is to be mended: the fields to look at first",
    tag: "denials",
    access: "denials:work",
    params: { id: ID },
    answer: {
      status: 200,
      meaning: "Fields of the encounter by JSON pointer, and the frequency of the mended claim",
      schema: answer({
        patientControlNumber: STRING,
        frequencyCode: STRING,
        because: STRING,
        fields: list(answer({ pointer: STRING, label: STRING, value: {} })),
        encounter: answer({}),
      }),
    },
    async handler({ app, useCases, actor, params }) {
      return { json: await useCases.showCorrection(app, actor, params.id ?? "") };
    },
  },
  {
    method: "post",
    path: "/api/v1/denials/:id/resubmit",
    summary: "Mend the claim of a work item and send it again; or only look what would come of it",
    tag: "denials",
    access: "denials:work",
    params: { id: ID },
    body: jsonBody({ changes: CHANGES, dryRun: { type: "boolean" }, version: VERSION }, [
      "changes",
    ]),
    answer: {
      status: 200,
      meaning: "The difference, what the edits say, and the 837 file; no file where it is held",
      schema: answer({
        frequencyCode: STRING,
        because: STRING,
        difference: list(answer({ pointer: STRING, before: {}, after: {} })),
        findings: list(answer({ severity: STRING, code: STRING, message: STRING })),
        held: { type: "boolean" },
        file: { type: ["object", "null"] },
      }),
    },
    async handler({ app, useCases, actor, params, body }) {
      const { id = "" } = params;
      return { json: await useCases.resubmitClaim(app, actor, id, body as ResubmitInput) };
    },
  },
  {
    method: "get",
    path: "/api/v1/denials/:id/appeal",
    summary: "The letter of the next appeal, filled with what is known",
    tag: "denials",
    access: "denials:work",
    params: { id: ID },
    answer: {
      status: 200,
      meaning: "The level with its clock, the text, and the places that no fact is known of",
      schema: answer({
        level: answer({ level: COUNT, name: STRING, days: COUNT, answerDays: COUNT }),
        text: STRING,
        missing: list(STRING),
        enclosures: list(STRING),
        appeals: list(answer({ level: COUNT, fileId: STRING })),
      }),
    },
    async handler({ app, useCases, actor, params }) {
      return { json: await useCases.draftAppeal(app, actor, params.id ?? "") };
    },
  },
  {
    method: "post",
    path: "/api/v1/denials/:id/appeal",
    summary: "Keep the letter with its enclosures as a PDF and record that it was sent",
    tag: "denials",
    access: "denials:work",
    params: { id: ID },
    body: jsonBody(
      {
        text: text(20_000),
        how: word(...APPEAL_ROUTES),
        reference: text(100),
        attached: { ...list(text(120)), maxItems: 30 },
        version: VERSION,
      },
      ["text", "how", "reference"],
    ),
    answer: {
      status: 201,
      meaning: "The letter's file, and until when the item waits",
      schema: answer({ fileId: STRING, until: DATE }),
    },
    async handler({ app, useCases, actor, params, body }) {
      const { id = "" } = params;
      return {
        status: 201,
        json: await useCases.sendAppeal(app, actor, id, body as AppealInput),
      };
    },
  },
  {
    method: "post",
    path: "/api/v1/denials/:id/appeal-answer",
    summary: "Record what the payer answered; what was upheld opens the next level",
    tag: "denials",
    access: "denials:work",
    params: { id: ID },
    body: jsonBody({ decision: word(...APPEAL_DECISIONS), text: text(4000), version: VERSION }, [
      "decision",
    ]),
    answer: {
      status: 200,
      meaning: "The next level and its deadline, where there is one",
      schema: answer({ decision: STRING, deadline: { type: ["string", "null"] } }),
    },
    async handler({ app, useCases, actor, params, body }) {
      const { id = "" } = params;
      return { json: await useCases.answerAppeal(app, actor, id, body as AppealAnswer) };
    },
  },
  {
    method: "get",
    path: "/api/v1/letters/:id",
    summary: "A letter that was sent, as PDF",
    tag: "denials",
    access: "denials:work",
    params: { id: ID },
    answer: { status: 200, meaning: "The PDF" },
    async handler({ app, useCases, actor, params }) {
      const { name, bytes } = await useCases.readLetter(app, actor, params.id ?? "");
      return { bytes, fileName: name, mediaType: "application/pdf" };
    },
  },
];
