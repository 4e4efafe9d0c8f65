import { jsonBody, type Route, type Schema } from "../route.ts";
import { answer, CENTS, COUNT, DATE, ID, INSTANT, list, STRING, text } from "../schemas.ts";
import type { AdoptInput, ReplayInput } from "../settings-use-cases.ts";

const REPLAY = { rules: { type: "object" }, from: DATE, to: DATE };

const DIFFERENCE = {
  rules: STRING,
  rulesBefore: STRING,
  claims: COUNT,
  claimsChanged: COUNT,
  decisionsChanged: COUNT,
  itemsOpened: COUNT,
  itemsClosed: COUNT,
  accounts: { type: "object", additionalProperties: CENTS },
  totalCents: CENTS,
  rows: list(answer({})),
};

const orNull = (schema: Schema): Schema => ({ ...schema, type: [schema.type, "null"] });

const RULES_VERSION = {
  number: COUNT,
  version: STRING,
  sha256: STRING,
  inForce: { type: "boolean" },
  inForceFrom: orNull(INSTANT),
  by: orNull(STRING),
  reason: orNull(STRING),
};

/** Routes of the posting rules: which are in force, what others would change, and putting these in force. */
export const POSTING_RULES_ROUTES: readonly Route[] = [
  {
    method: "post",
    path: "/api/v1/ledger/replay",
    summary:
      "Decide posted remittances again under other rules and show the difference; posts nothing",
    tag: "rules",
    access: "ledger:read",
    limit: "heavy",
    body: jsonBody(REPLAY, ["rules"]),
    answer: {
      status: 200,
      meaning: "What would differ: accounts (their sum is zero), decisions, work items, reasons",
      schema: answer(DIFFERENCE),
    },
    async handler({ app, useCases, actor, body }) {
      return { json: await useCases.replayLedger(app, actor, body as ReplayInput) };
    },
  },
  {
    method: "get",
    path: "/api/v1/ledger/rules",
    summary: "Every version of the posting rules, newest first: from when, by whom, why",
    tag: "rules",
    access: "ledger:read",
    answer: {
      status: 200,
      meaning: "The versions; the last one is built in",
      schema: answer({ versions: list(answer(RULES_VERSION)) }),
    },
    async handler({ app, useCases, actor }) {
      return { json: { versions: await useCases.rulesHistory(app, actor) } };
    },
  },
  {
    method: "get",
    path: "/api/v1/ledger/rules/:version",
    summary:
      "One version of the posting rules, as a file that a replay takes; `current` is in force",
    tag: "rules",
    access: "ledger:read",
    params: { version: ID },
    answer: {
      status: 200,
      meaning: "The version",
      schema: answer({ ...RULES_VERSION, rules: { type: "object" } }),
    },
    async handler({ app, useCases, actor, params: { version } }) {
      const named = version === "current" ? undefined : version;
      return { json: await useCases.showRules(app, actor, named) };
    },
  },
  {
    method: "post",
    path: "/api/v1/ledger/rules",
    summary: "Put posting rules in force whose difference was shown; what is posted may follow",
    tag: "rules",
    access: "rules:adopt",
    limit: "heavy",
    reauthenticate: true,
    body: jsonBody({ ...REPLAY, version: ID, reason: text(400), repost: { type: "boolean" } }, [
      "rules",
      "version",
      "reason",
    ]),
    answer: {
      status: 200,
      meaning: "What differs, from when on, and what followed",
      schema: answer({ ...DIFFERENCE, number: COUNT, inForceFrom: INSTANT }),
    },
    async handler({ app, useCases, actor, body }) {
      return { json: await useCases.adoptRules(app, actor, body as AdoptInput) };
    },
  },
];
