import { closed, type Schema } from "./route.ts";

/** A text of bounded length without control characters other than line ends and tabs. */
export function text(maxLength: number): Schema {
  const pattern = "^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F]*$";
  return { type: "string", minLength: 1, maxLength, pattern };
}

/** One of these words. */
export function word(...words: readonly string[]): Schema {
  return { type: "string", enum: words };
}

/** A list of these. */
export function list(items: Schema): Schema {
  return { type: "array", items };
}

/** An answer with at least these members. */
export function answer(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: "object", properties };
}

/** A page of a list of these. */
export function page(items: Schema): Schema {
  const next = { type: ["string", "null"], description: "The cursor of the next page." };
  return answer({ items: list(items), next });
}

/** An opaque id, control number or trace number as a path may hold it. */
export const ID: Schema = { type: "string", minLength: 1, maxLength: 80 };
export const STRING: Schema = { type: "string" };
export const COUNT: Schema = { type: "integer" };
export const CENTS: Schema = { type: "integer", description: "US cents." };
export const DATE: Schema = { type: "string", format: "date" };
export const INSTANT: Schema = { type: "string", format: "date-time" };
export const VERSION: Schema = {
  type: "integer",
  minimum: 0,
  description: "The version that was read; a change to a newer one is refused as `stale`.",
};

/** Where a list begins and how long it is. */
export const PAGING: Readonly<Record<string, Schema>> = {
  cursor: { type: "string", maxLength: 200, description: "`next` of the page before." },
  limit: { type: "integer", minimum: 1, maximum: 200 },
};

/** The form of a list: JSON, or a file for spreadsheets. */
export interface Form {
  readonly form?: "json" | "csv";
}
export const FORM: Schema = word("json", "csv");

export const EMAIL: Schema = { type: "string", format: "email", maxLength: 254 };
export const PASSWORD: Schema = { type: "string", minLength: 1, maxLength: 200 };

/** Events and sums, as files and encounters give them. */
export const OUTCOME: Schema = answer({ events: list({ type: "object" }), summary: answer({}) });

export const CLAIM_ROW: Schema = answer({
  patientControlNumber: STRING,
  payer: STRING,
  serviceDateFrom: DATE,
  chargeCents: CENTS,
  paidCents: CENTS,
  openInsuranceCents: CENTS,
  status: { description: "The axes: submission, adjudication …" },
});

export const REMITTANCE: Schema = answer({
  traceNumber: STRING,
  payer: STRING,
  paymentDate: DATE,
  bprCents: CENTS,
  postedCents: CENTS,
  unappliedCents: CENTS,
  providerAdjustmentCents: CENTS,
  claimPayments: COUNT,
  posted: COUNT,
  parked: list(answer({ patientControlNumber: STRING, reason: STRING, residualCents: CENTS })),
  certificate: { type: ["object", "null"] },
});

export const WORK_ITEM: Schema = answer({
  id: STRING,
  patientControlNumber: STRING,
  kind: STRING,
  category: STRING,
  groupCode: STRING,
  reasonCode: STRING,
  remarkCodes: list(STRING),
  amountCents: CENTS,
  suggestedAction: STRING,
  deadline: DATE,
  daysLeft: { type: "integer", description: "Negative once the deadline has passed." },
  priority: answer({
    score: { type: "integer", description: "amountCents × chance × urgency" },
    amountCents: CENTS,
    chance: { type: "number" },
    chanceFrom: STRING,
    urgency: { type: "number" },
    until: { type: ["string", "null"], description: "The day on which urgency rises next." },
  }),
  payerId: STRING,
  status: STRING,
  assignee: { type: ["string", "null"] },
  version: COUNT,
});

export const PROBLEM: Schema = closed(
  {
    type: STRING,
    title: STRING,
    status: COUNT,
    code: STRING,
    requestId: STRING,
    misfits: list(answer({ in: STRING, pointer: STRING, rule: STRING })),
    current: { type: "object", description: "What was to be changed, as it is now." },
  },
  ["type", "title", "status", "code", "requestId"],
);
