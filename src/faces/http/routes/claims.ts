import { closed, jsonBody, type Route } from "../route.ts";
import { answer, CENTS, CLAIM_ROW, DATE, ID, list, PAGING, page, text } from "../schemas.ts";
import type { Paging, PatientQuery } from "../use-cases.ts";

/** Routes that show claims. A control number is opaque and may stand in a path; names and member ids never do. */
export const CLAIM_ROUTES: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/claims",
    summary: "Claims, newest first",
    tag: "claims",
    access: "claims:read",
    query: { ...PAGING, status: text(40) },
    answer: { status: 200, meaning: "A page of claims", schema: page(CLAIM_ROW) },
    async handler({ app, useCases, actor, query }) {
      const filter = query as Paging & { status?: string };
      return { json: await useCases.listClaims(app, actor, filter) };
    },
  },
  {
    method: "post",
    path: "/api/v1/claims/search",
    summary:
      "Claims of a patient, by member id, name or day of birth: all that are given must agree",
    tag: "claims",
    access: "claims:read",
    limit: "search",
    query: PAGING,
    body: {
      ...jsonBody({ memberId: text(80), name: text(120), birthDate: DATE }, []),
      schema: {
        ...closed({ memberId: text(80), name: text(120), birthDate: DATE }, []),
        minProperties: 1,
      },
    },
    answer: { status: 200, meaning: "A page of claims", schema: page(CLAIM_ROW) },
    async handler({ app, useCases, actor, query, body }) {
      const asked = { ...(query as Paging), ...(body as PatientQuery) };
      return { json: await useCases.listClaims(app, actor, asked) };
    },
  },
  {
    method: "get",
    path: "/api/v1/claims/:patientControlNumber",
    summary: "One claim: where it stands, or stood at the end of a day, its money, lines and story",
    tag: "claims",
    access: "claims:read",
    params: { patientControlNumber: ID },
    query: { asOf: DATE },
    answer: {
      status: 200,
      meaning: "charge = paid + contractual + other + patient + open − credit",
      schema: answer({
        patientControlNumber: ID,
        chargeCents: CENTS,
        paidCents: CENTS,
        contractualCents: CENTS,
        otherAdjustmentCents: CENTS,
        patientResponsibilityCents: CENTS,
        openInsuranceCents: CENTS,
        creditCents: CENTS,
        lines: list(answer({})),
        adjudications: list(answer({})),
        timeline: list(answer({})),
      }),
    },
    async handler({ app, useCases, actor, params, query }) {
      const number = params.patientControlNumber ?? "";
      return { json: await useCases.showClaim(app, actor, number, query as { asOf?: string }) };
    },
  },
  {
    method: "get",
    path: "/api/v1/claims/:patientControlNumber/balance",
    summary:
      "Why a balance of a claim is what it is: each journal entry with the segments that say so",
    tag: "claims",
    access: "claims:read",
    params: { patientControlNumber: ID },
    query: { account: text(40), lineControlNumber: text(50), asOf: DATE },
    answer: {
      status: 200,
      meaning: "The entries, oldest first, and the balance behind the last",
      schema: answer({ balanceCents: CENTS, reasons: list(answer({})) }),
    },
    async handler({ app, useCases, actor, params, query }) {
      const question = query as { account?: string; lineControlNumber?: string; asOf?: string };
      const { patientControlNumber = "" } = params;
      return { json: await useCases.whyBalance(app, actor, patientControlNumber, question) };
    },
  },
];
