import { DENIAL_RATE_BREAKDOWNS } from "../../../app/words.ts";
import { rateLines } from "../../csv/index.ts";
import type { Route } from "../route.ts";
import { answer, CENTS, COUNT, DATE, FORM, type Form, list, STRING, word } from "../schemas.ts";

/** A month, or a date in it. */
const MONTH = { type: "string", pattern: "^\\d{4}-\\d{2}(-\\d{2})?$" };

/** Routes of the books and the figures. */
export const FIGURE_ROUTES: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/ledger/trial-balance",
    summary: "The sum of every account; all together zero",
    tag: "figures",
    access: "ledger:read",
    query: { asOf: DATE },
    answer: {
      status: 200,
      meaning: "Debits positive, credits negative",
      schema: answer({
        accounts: { type: "object", additionalProperties: CENTS },
        totalCents: CENTS,
      }),
    },
    async handler({ app, useCases, actor, query }) {
      return { json: await useCases.trialBalance(app, actor, query as { asOf?: string }) };
    },
  },
  {
    method: "get",
    path: "/api/v1/ledger/provider-balances",
    summary: "What payers forwarded, advanced or recover (PLB), by reference, with its age",
    tag: "figures",
    access: "ledger:read",
    query: { asOf: DATE },
    answer: {
      status: 200,
      meaning: "The chains, the oldest first; negative is still to be taken from us",
      schema: answer({
        providerBalances: list(
          answer({
            reasonCode: STRING,
            reference: STRING,
            payerName: STRING,
            balanceCents: CENTS,
            state: word("open", "settled", "beyond"),
            openedOn: DATE,
            latestOn: DATE,
            ageDays: COUNT,
            traceNumbers: list(STRING),
            patientControlNumber: { type: ["string", "null"] },
          }),
        ),
      }),
    },
    async handler({ app, useCases, actor, query }) {
      const balances = await useCases.listProviderBalances(app, actor, query as { asOf?: string });
      return { json: { providerBalances: balances } };
    },
  },
  {
    method: "get",
    path: "/api/v1/reports/denial-rate",
    summary: "The denial rate with its definition",
    tag: "figures",
    access: "reports:read",
    query: { by: word(...DENIAL_RATE_BREAKDOWNS), from: MONTH, to: MONTH, form: FORM },
    answer: {
      status: 200,
      meaning: "The rate, and its rows; the rows alone as CSV",
      schema: answer({
        definition: STRING,
        numerator: COUNT,
        denominator: COUNT,
        rate: { type: ["number", "null"] },
        rows: list(answer({})),
      }),
    },
    async handler({ app, useCases, actor, query }) {
      const { form, ...filter } = query as Form & { by?: string; from?: string; to?: string };
      const rate = await useCases.denialRate(app, actor, filter);
      return form === "csv" ? rateLines(rate.rows) : { json: rate };
    },
  },
  {
    method: "get",
    path: "/api/v1/reports/payers",
    summary: "What each payer does against the standard, and how long it takes",
    tag: "figures",
    access: "reports:read",
    answer: {
      status: 200,
      meaning: "A payer each, with its measures",
      schema: answer({ payers: list(answer({})) }),
    },
    async handler({ app, useCases, actor }) {
      return { json: await useCases.payerScorecard(app, actor) };
    },
  },
];
