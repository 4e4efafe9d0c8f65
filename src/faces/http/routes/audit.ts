import type { Route } from "../route.ts";
import { answer, COUNT, INSTANT, list, STRING, word } from "../schemas.ts";

/** Routes of the audit trail. */
export const AUDIT_ROUTES: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/audit/verify",
    summary:
      "Read the whole audit chain again and say whether it holds, against signed checkpoints too",
    tag: "audit",
    access: "audit:read",
    limit: "heavy",
    answer: {
      status: 200,
      meaning: "How many events and checkpoints, and the first bad event where it does not hold",
      schema: answer({
        events: COUNT,
        checkpoints: COUNT,
        vouched: COUNT,
        unsigned: list(COUNT),
        cut: list(COUNT),
        ok: { type: "boolean" },
      }),
    },
    async handler({ app, useCases, actor }) {
      return { json: await useCases.verifyAudit(app, actor) };
    },
  },
  {
    method: "post",
    path: "/api/v1/audit/checkpoints",
    summary: "Check the chain, sign its end, and keep that outside the database",
    tag: "audit",
    access: "audit:read",
    limit: "heavy",
    answer: {
      status: 201,
      meaning: "What was signed, and by which key",
      schema: answer({ sequence: COUNT, hash: STRING, at: INSTANT, keyId: STRING }),
    },
    async handler({ app, useCases, actor }) {
      return { status: 201, json: await useCases.checkpointAudit(app, actor) };
    },
  },
  {
    method: "get",
    path: "/api/v1/audit/export",
    summary:
      "The whole trail as NDJSON: `chain` can be verified without a store, `fhir` is FHIR R4 AuditEvent",
    tag: "audit",
    access: "audit:read",
    limit: "heavy",
    query: { form: word("chain", "fhir") },
    answer: { status: 200, meaning: "A file, a line a record" },
    async handler({ app, useCases, actor, query }) {
      const form = query.form === "fhir" ? "fhir" : "chain";
      const { lines } = await useCases.exportAudit(app, actor, form);
      const mediaType = form === "fhir" ? "application/fhir+ndjson" : "application/x-ndjson";
      return { lines, mediaType, fileName: `audit-${form}.ndjson` };
    },
  },
];
