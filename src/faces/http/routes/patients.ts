import { patientPage } from "../../papers/patient-page.ts";
import { closed, jsonBody, type Route } from "../route.ts";
import { answer, COUNT, DATE, ID, list, STRING, text, word } from "../schemas.ts";
import type { PatientQuery } from "../use-cases.ts";

const WHOM = { memberId: text(80), name: text(120), birthDate: DATE };

/** Routes about what is held of a patient. The id of one is opaque; names and member ids never stand in a path. */
export const PATIENT_ROUTES: readonly Route[] = [
  {
    method: "post",
    path: "/api/v1/patients/search",
    summary: "Patients by member id, name or day of birth: all that are given must agree",
    tag: "patients",
    access: "patients:read",
    body: { ...jsonBody(WHOM, []), schema: { ...closed(WHOM, []), minProperties: 1 } },
    answer: {
      status: 200,
      meaning: "Each with the id by which exports, holds and erasures name it",
      schema: answer({
        items: list(answer({ patientId: ID, lastName: STRING, firstName: STRING, claims: COUNT })),
      }),
    },
    async handler({ app, useCases, actor, body }) {
      return { json: { items: await useCases.findPatients(app, actor, body as PatientQuery) } };
    },
  },
  {
    method: "get",
    path: "/api/v1/patients/:patientId/export",
    summary: "Everything that is held of a patient, for him or her (45 CFR 164.524)",
    tag: "patients",
    access: "patients:export",
    params: { patientId: ID },
    query: { form: word("json", "page") },
    answer: { status: 200, meaning: "A file: JSON with an index, or a page to read" },
    async handler({ app, useCases, actor, params, query }) {
      const bundle = await useCases.exportPatient(app, actor, params.patientId ?? "");
      return query.form === "page"
        ? file(patientPage(bundle), "text/html", "patient.html")
        : file(JSON.stringify(bundle, undefined, 2), "application/json", "patient.json");
    },
  },
  {
    method: "post",
    path: "/api/v1/patients/:patientId/erase",
    summary: "Erase what is held of a patient, where retention and legal holds allow it",
    tag: "patients",
    access: "records:destroy",
    reauthenticate: true,
    params: { patientId: ID },
    body: jsonBody({ reason: text(500) }, ["reason"]),
    answer: {
      status: 200,
      meaning:
        "What was erased, by collection; `retained` with the exact reason where it may not be",
      schema: answer({
        patientId: ID,
        purged: { type: "object", additionalProperties: COUNT },
      }),
    },
    async handler({ app, useCases, actor, params, body }) {
      const word = body as { reason: string };
      return { json: await useCases.erasePatient(app, actor, params.patientId ?? "", word) };
    },
  },
];

function file(content: string, mediaType: string, fileName: string) {
  return { bytes: Buffer.from(content), mediaType, fileName };
}
