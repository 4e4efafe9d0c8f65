import { EXCEPTION_STATUSES, SENT_BY } from "../../../app/words.ts";
import type { Part, SendBack } from "../desk-use-cases.ts";
import { closed, jsonBody, type Route, type Schema } from "../route.ts";
import {
  answer,
  CENTS,
  COUNT,
  DATE,
  ID,
  list,
  PAGING,
  page,
  STRING,
  text,
  word,
} from "../schemas.ts";
import type { Paging } from "../use-cases.ts";

type Status = (typeof EXCEPTION_STATUSES)[number];

const BOOLEAN: Schema = { type: "boolean" };
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: "null" }] });

const AMOUNT = answer({ place: STRING, amountCents: CENTS });
const ADJUSTMENT = answer({ groupCode: STRING, reasonCode: STRING, amountCents: CENTS });

const EXCEPTION = {
  id: ID,
  patientControlNumber: STRING,
  traceNumber: STRING,
  clp: COUNT,
  payer: STRING,
  paymentDate: orNull(DATE),
  status: word(...EXCEPTION_STATUSES),
  reason: STRING,
  message: STRING,
  residualCents: CENTS,
  residual: { type: "string", description: "In words; what has not come, where nothing is off." },
  chargeCents: CENTS,
  paidCents: CENTS,
  unappliedCents: CENTS,
  selfReleasing: BOOLEAN,
  sentBack: orNull(answer({ how: STRING, reference: STRING, nextActionDate: DATE })),
  explanation: orNull(answer({ amounts: list(AMOUNT), because: STRING })),
  suggestions: list(
    answer({
      patientControlNumber: STRING,
      serviceDateFrom: orNull(DATE),
      chargeCents: CENTS,
      score: COUNT,
      reasons: list(STRING),
    }),
  ),
  actions: list(answer({ action: STRING, possible: BOOLEAN, why: STRING })),
};

const SHOWN = {
  ...EXCEPTION,
  adjustments: list(ADJUSTMENT),
  lines: list(
    answer({
      procedureCode: STRING,
      lineControlNumber: orNull(STRING),
      chargeCents: CENTS,
      paidCents: CENTS,
      adjustments: list(ADJUSTMENT),
    }),
  ),
  earlier: orNull(
    answer({
      id: ID,
      traceNumber: orNull(STRING),
      lines: list(answer({})),
      adjustments: list(ADJUSTMENT),
      chargeDifferenceCents: CENTS,
      paidDifferenceCents: CENTS,
    }),
  ),
  desk: list(answer({ action: STRING, by: STRING, reason: orNull(STRING) })),
};

/** One line's share of a payment, or the share of a claim as a whole where no line is named. */
const PART = closed(
  {
    patientControlNumber: text(50),
    lineControlNumber: text(50),
    chargeCents: CENTS,
    paidCents: CENTS,
    adjustments: {
      ...list(
        closed({ groupCode: text(2), reasonCode: text(5), amountCents: CENTS }, [
          "groupCode",
          "reasonCode",
          "amountCents",
        ]),
      ),
      maxItems: 50,
    },
  },
  ["patientControlNumber", "chargeCents", "paidCents"],
);

const POSTED = answer({ posted: COUNT, released: COUNT });
const DECIDED = answer({ id: ID, status: STRING });

const REASON = jsonBody({ reason: text(500) }, ["reason"]);

/** Routes that show what waits for a person. */
const READING: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/exceptions",
    summary: "Claim payments that wait for a person, or that left the desk, newest first",
    tag: "exceptions",
    access: "exceptions:read",
    query: { status: word(...EXCEPTION_STATUSES), ...PAGING },
    answer: {
      status: 200,
      meaning: "A page of them, each with what explains it and what can be done",
      schema: page(answer(EXCEPTION)),
    },
    async handler({ app, useCases, actor, query }) {
      const filter = query as Paging & { status?: Status };
      return { json: await useCases.listExceptions(app, actor, filter) };
    },
  },
  {
    method: "get",
    path: "/api/v1/exceptions/:id",
    summary:
      "Why one waits, the fewest amounts that explain the difference, and where it may belong",
    tag: "exceptions",
    access: "exceptions:read",
    params: { id: ID },
    answer: {
      status: 200,
      meaning: "Suggestions are never posted by themselves",
      schema: answer(SHOWN),
    },
    async handler({ app, useCases, actor, params }) {
      return { json: await useCases.showException(app, actor, params.id ?? "") };
    },
  },
];

/** Routes of what a person posts from the desk. */
const POSTING: readonly Route[] = [
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
      schema: POSTED,
    },
    async handler({ app, useCases, actor, params, body }) {
      const { patientControlNumber } = body as { patientControlNumber: string };
      const { id = "" } = params;
      return { json: await useCases.matchException(app, actor, id, patientControlNumber) };
    },
  },
  {
    method: "post",
    path: "/api/v1/exceptions/:id/split",
    summary: "Post a payment to several claims or lines by amounts that a person gives",
    tag: "exceptions",
    access: "exceptions:work",
    params: { id: ID },
    body: jsonBody({ parts: { ...list(PART), minItems: 2, maxItems: 100 } }, ["parts"]),
    answer: {
      status: 200,
      meaning:
        "Every part balances, and together they are the charge, payment and adjustments of the payer to the cent; " +
        "all post or none",
      schema: POSTED,
    },
    async handler({ app, useCases, actor, params, body }) {
      const input = body as { parts: readonly Part[] };
      return { json: await useCases.splitException(app, actor, params.id ?? "", input) };
    },
  },
  {
    method: "post",
    path: "/api/v1/exceptions/:id/mirror",
    summary: "Post the exact negation of the earlier posting that a reversal takes back",
    tag: "exceptions",
    access: "exceptions:work",
    params: { id: ID },
    answer: {
      status: 200,
      meaning: "Only where charge and payment are those of the earlier posting (RFI 1733)",
      schema: POSTED,
    },
    async handler({ app, useCases, actor, params }) {
      return { json: await useCases.mirrorReversal(app, actor, params.id ?? "") };
    },
  },
];

/** Routes of decisions that post nothing. */
const DECIDING: readonly Route[] = [
  {
    method: "post",
    path: "/api/v1/exceptions/:id/unapplied",
    summary: "Leave the money of a payment in unapplied insurance",
    tag: "exceptions",
    access: "exceptions:work",
    params: { id: ID },
    body: REASON,
    answer: { status: 200, meaning: "It has left the desk", schema: DECIDED },
    async handler({ app, useCases, actor, params, body }) {
      const input = body as { reason: string };
      return { json: await useCases.keepUnapplied(app, actor, params.id ?? "", input) };
    },
  },
  {
    method: "post",
    path: "/api/v1/exceptions/:id/send-back",
    summary: "Record that a payment went back to its payer, and when to look again",
    tag: "exceptions",
    access: "exceptions:work",
    params: { id: ID },
    body: jsonBody(
      { how: word(...SENT_BY), reference: text(100), nextActionDate: DATE, note: text(2000) },
      ["how", "reference", "nextActionDate"],
    ),
    answer: { status: 200, meaning: "It waits for the date, on the desk", schema: DECIDED },
    async handler({ app, useCases, actor, params, body }) {
      return { json: await useCases.sendBack(app, actor, params.id ?? "", body as SendBack) };
    },
  },
  {
    method: "post",
    path: "/api/v1/exceptions/:id/take-back",
    summary: "Take the last thing done with a payment at the desk back",
    tag: "exceptions",
    access: "exceptions:work",
    params: { id: ID },
    body: REASON,
    answer: {
      status: 200,
      meaning: "It is on the desk as before; the record of both stays",
      schema: DECIDED,
    },
    async handler({ app, useCases, actor, params, body }) {
      const input = body as { reason: string };
      return { json: await useCases.takeDeskBack(app, actor, params.id ?? "", input) };
    },
  },
];

/** Routes of the exceptions desk: claim payments that wait for a person. */
export const EXCEPTION_ROUTES: readonly Route[] = [...READING, ...POSTING, ...DECIDING];
