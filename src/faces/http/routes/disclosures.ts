import { RECORDED_PURPOSES } from "../../../app/words.ts";
import { jsonBody, type Route } from "../route.ts";
import { answer, DATE, ID, list, STRING, text, word } from "../schemas.ts";
import type { DisclosureInput } from "../use-cases.ts";

const DISCLOSURE = answer({
  date: DATE,
  source: word("recorded", "audit"),
  recipient: STRING,
  description: STRING,
  purpose: STRING,
  citation: STRING,
  counts: { type: "boolean", description: "False for what the law leaves out of an accounting." },
});

/** Routes of the accounting of disclosures, 45 CFR 164.528. */
export const DISCLOSURE_ROUTES: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/patients/:patientId/disclosures",
    summary: "What was disclosed of a patient in the last six years, to whom and for what",
    tag: "patients",
    access: "disclosures:read",
    params: { patientId: ID },
    query: { all: word("yes", "no") },
    answer: {
      status: 200,
      meaning: "Oldest first; with `all` also what the law leaves out, marked so",
      schema: answer({ from: DATE, to: DATE, items: list(DISCLOSURE) }),
    },
    async handler({ app, useCases, actor, params, query }) {
      const { patientId = "" } = params;
      const asked = { all: query.all === "yes" };
      return { json: await useCases.accountDisclosures(app, actor, patientId, asked) };
    },
  },
  {
    method: "post",
    path: "/api/v1/patients/:patientId/disclosures",
    summary: "Record that something of a patient was disclosed: a subpoena, a report, a mistake",
    tag: "patients",
    access: "disclosures:record",
    params: { patientId: ID },
    body: jsonBody(
      {
        date: DATE,
        recipient: text(200),
        address: text(400),
        description: text(1000),
        purpose: word(...RECORDED_PURPOSES),
      },
      ["recipient", "description", "purpose"],
    ),
    answer: { status: 201, meaning: "As it stands in the accounting", schema: DISCLOSURE },
    async handler({ app, useCases, actor, params, body }) {
      const { patientId = "" } = params;
      const input = body as DisclosureInput;
      const json = await useCases.recordDisclosure(app, actor, patientId, input);
      return { status: 201, json };
    },
  },
];
