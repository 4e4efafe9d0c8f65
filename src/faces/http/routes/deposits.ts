import { DEPOSIT_STATUSES } from "../../../app/words.ts";
import type { CashInput, HandMatch } from "../desk-use-cases.ts";
import { closed, jsonBody, type Route, type Schema } from "../route.ts";
import {
  answer,
  CENTS,
  COUNT,
  DATE,
  ID,
  list,
  OUTCOME,
  PAGING,
  page,
  STRING,
  text,
  word,
} from "../schemas.ts";
import type { Paging } from "../use-cases.ts";
import { doneOrAsked } from "./approvals.ts";
import { MAX_FILE_BYTES, uploadDigest, uploadName } from "./exchange.ts";

const orNull = (type: string): Schema => ({ type: [type, "null"] });

const DEPOSIT = {
  id: ID,
  depositKind: word("deposit", "refund"),
  date: DATE,
  amountCents: CENTS,
  payer: orNull("string"),
  originatorId: orNull("string"),
  traceNumbers: list(STRING),
  references: list(STRING),
  format: STRING,
  status: word(...DEPOSIT_STATUSES),
  matchId: orNull("string"),
};

const SUGGESTION = answer({
  depositIds: list(ID),
  remittances: list(answer({ id: ID, traceNumber: STRING, bprCents: CENTS })),
  reasons: list(STRING),
  differenceCents: CENTS,
});

const LATE_HALF = answer({
  category: word("missing-deposit", "missing-remittance"),
  id: ID,
  traceNumber: orNull("string"),
  payer: STRING,
  amountCents: CENTS,
  date: DATE,
  dueDate: DATE,
  workItemId: orNull("string"),
});

/** An amount of money that came or went: more than zero. */
const AMOUNT: Schema = { type: "integer", minimum: 1, description: "US cents." };

/** A fee that the bank kept, or interest that it added. */
const DIFFERENCE = closed(
  { kind: word("fee", "interest"), amountCents: AMOUNT, reason: text(500) },
  ["kind", "amountCents", "reason"],
);

const CASH = { amountCents: AMOUNT, date: DATE, payer: text(100), reference: text(100) };
const REASON = { reason: text(500) };

/** Routes that show deposits: money in the bank and what it pays. */
const READING: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/deposits",
    summary: "Deposits and refunds, newest first",
    tag: "deposits",
    access: "deposits:read",
    query: { status: word(...DEPOSIT_STATUSES), ...PAGING },
    answer: { status: 200, meaning: "A page of them", schema: page(answer(DEPOSIT)) },
    async handler({ app, useCases, actor, query }) {
      const filter = query as Paging & { status?: string };
      return { json: await useCases.listDeposits(app, actor, filter) };
    },
  },
  {
    method: "get",
    path: "/api/v1/deposits/late",
    summary: "Deposits without remittance and remittances without deposit, beyond the clock",
    tag: "deposits",
    access: "deposits:read",
    answer: {
      status: 200,
      meaning: "What is late by CAQH CORE 370, and the sums of each side",
      schema: answer({
        rule: STRING,
        today: DATE,
        items: list(LATE_HALF),
        late: COUNT,
        missingDepositCents: CENTS,
        missingRemittanceCents: CENTS,
      }),
    },
    async handler({ app, useCases, actor }) {
      return { json: await useCases.listLate(app, actor) };
    },
  },
  {
    method: "get",
    path: "/api/v1/deposits/:id",
    summary: "One deposit with its match, or with what it may belong to and why",
    tag: "deposits",
    access: "deposits:read",
    params: { id: ID },
    answer: {
      status: 200,
      meaning: "Suggestions are never matched by themselves",
      schema: answer({
        ...DEPOSIT,
        evidence: orNull("string"),
        differences: list(DIFFERENCE),
        suggestions: list(SUGGESTION),
      }),
    },
    async handler({ app, useCases, actor, params }) {
      return { json: await useCases.showDeposit(app, actor, params.id ?? "") };
    },
  },
];

/** Routes by which deposits come in, and money goes back. */
const RECORDING: readonly Route[] = [
  {
    method: "post",
    path: "/api/v1/deposits/files",
    summary: "Take in a deposit file: CSV, BAI2 or NACHA",
    tag: "deposits",
    access: "deposits:work",
    limit: "upload",
    body: {
      kind: "bytes",
      mediaTypes: ["text/csv", "application/octet-stream", "text/plain"],
      limitBytes: MAX_FILE_BYTES,
    },
    answer: {
      status: 200,
      meaning:
        "What became of it, whole or not at all. The same money again changes nothing. An Idempotency-Key " +
        "header, when sent, must be the SHA-256 of the bytes in hexadecimal; so a damaged upload is refused.",
      schema: OUTCOME,
    },
    async handler({ app, useCases, actor, body, request }) {
      const bytes = body as Buffer;
      const name = uploadName(uploadDigest(bytes, request), "bank");
      return { json: await useCases.importDeposits(app, actor, { name, bytes }) };
    },
  },
  {
    method: "post",
    path: "/api/v1/deposits",
    summary: "Enter a deposit by hand, and match it where that can be",
    tag: "deposits",
    access: "deposits:work",
    body: jsonBody(
      { ...CASH, traceNumbers: { ...list(text(50)), maxItems: 50 }, originatorId: text(30) },
      ["amountCents", "date"],
    ),
    answer: { status: 201, meaning: "The deposit", schema: answer(DEPOSIT) },
    async handler({ app, useCases, actor, body }) {
      const json = await useCases.addDeposit(app, actor, body as CashInput);
      return { status: 201, json };
    },
  },
  {
    method: "post",
    path: "/api/v1/refunds",
    summary: "Record money that is sent back to a payer",
    tag: "deposits",
    access: "deposits:work",
    body: jsonBody({ ...CASH, ...REASON }, ["amountCents", "date"]),
    answer: {
      status: 201,
      meaning:
        "The refund, or (202) the request for one above the limit; it waits in refund in transit for a PLB 72",
      schema: answer(DEPOSIT),
    },
    async handler({ app, useCases, actor, body }) {
      return doneOrAsked(await useCases.addRefund(app, actor, body as CashInput));
    },
  },
  {
    method: "post",
    path: "/api/v1/deposits/:id/return",
    summary: "The bank took a deposit back (NSF), or a refund came back",
    tag: "deposits",
    access: "deposits:work",
    params: { id: ID },
    body: jsonBody({ ...REASON, date: DATE }, ["reason"]),
    answer: {
      status: 200,
      meaning: "The deposit; what it moved is reversed by entries of their own",
      schema: answer(DEPOSIT),
    },
    async handler({ app, useCases, actor, params, body }) {
      const input = body as { reason: string; date?: string };
      return { json: await useCases.returnDeposit(app, actor, params.id ?? "", input) };
    },
  },
];

/** Routes that bring deposits and remittances together, and apart. */
const MATCHING: readonly Route[] = [
  {
    method: "post",
    path: "/api/v1/deposits/match",
    summary: "Match every deposit for which the evidence is whole",
    tag: "deposits",
    access: "deposits:work",
    answer: { status: 200, meaning: "The matches made, and what is left", schema: OUTCOME },
    async handler({ app, useCases, actor }) {
      return { json: await useCases.matchAll(app, actor) };
    },
  },
  {
    method: "post",
    path: "/api/v1/deposit-matches",
    summary: "Match these deposits to these remittances",
    tag: "deposits",
    access: "deposits:work",
    body: jsonBody(
      {
        depositIds: { ...list(ID), minItems: 1, maxItems: 100 },
        remittances: {
          ...list(ID),
          minItems: 1,
          maxItems: 100,
          description: "Ids, or trace numbers that name one awaited remittance.",
        },
        differences: { ...list(DIFFERENCE), maxItems: 10 },
      },
      ["depositIds", "remittances"],
    ),
    answer: {
      status: 201,
      meaning:
        "The match. Deposits must be remittances less fees plus interest as stated: nothing is ever plugged. " +
        "A fee goes to bank-charges, interest to bank-interest",
      schema: answer({
        id: ID,
        amountCents: CENTS,
        evidence: STRING,
        differences: list(answer({})),
      }),
    },
    async handler({ app, useCases, actor, body }) {
      return { status: 201, json: await useCases.matchByHand(app, actor, body as HandMatch) };
    },
  },
  {
    method: "post",
    path: "/api/v1/deposits/:id/unmatch",
    summary: "Take the match of a deposit back, whoever made it",
    tag: "deposits",
    access: "deposits:work",
    params: { id: ID },
    body: jsonBody(REASON, ["reason"]),
    answer: {
      status: 200,
      meaning: "The deposit; both sides wait again, and the program does not match them again",
      schema: answer(DEPOSIT),
    },
    async handler({ app, useCases, actor, params, body }) {
      const input = body as { reason: string };
      return { json: await useCases.unmatchDeposit(app, actor, params.id ?? "", input) };
    },
  },
  {
    method: "post",
    path: "/api/v1/deposits/late",
    summary: "Match what can be matched, and open a work item for each half that is late",
    tag: "deposits",
    access: "deposits:work",
    answer: {
      status: 200,
      meaning: "How many matched, and how many items were opened; again opens nothing twice",
      schema: OUTCOME,
    },
    async handler({ app, useCases, actor }) {
      return { json: await useCases.openLateItems(app, actor) };
    },
  },
];

/** Routes of deposits. */
export const DEPOSIT_ROUTES: readonly Route[] = [...READING, ...RECORDING, ...MATCHING];
