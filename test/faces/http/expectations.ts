/** Who is answered what, route by route, written by hand: the oracle of the matrix test. */
import type { Role } from "../../../src/app/access.ts";

/** The objects of a practice that a route can be asked for by its path or its body. */
export type ObjectKind =
  | "claim"
  | "trace"
  | "remittance"
  | "toMatch"
  | "parked"
  | "toSend"
  | "deposit"
  | "spareDeposit"
  | "item"
  | "hold"
  | "outbound"
  | "rules"
  | "user"
  | "key"
  | "delegation"
  | "patient"
  | "openClaim"
  | "writeOff"
  | "approval"
  | "toRefuse"
  | "glass"
  | "review";

/** What is expected of one route. */
export interface Expectation {
  /** Who is let in; "people" is everybody with a session, "public" is everybody. */
  readonly to: readonly Role[] | "people" | "public";
  /** The object that it is asked for; routes without one show or take in what is the practice's own. */
  readonly of?: ObjectKind;
  /** A body of the documented shape; "$id" and "$trace" stand for the object and for a trace number of one's own. */
  readonly body?: object | string;
  /** The answers for one's own object, where they are not the one that the route documents. */
  readonly own?: readonly number[];
}

const READERS: readonly Role[] = [
  "biller",
  "denial-specialist",
  "team-lead",
  "practice-manager",
  "auditor",
];
/** The practice manager sees numbers without patients. */
const PATIENT_READERS = READERS.filter((role) => role !== "practice-manager");
const MONEY_READERS = READERS.filter((role) => role !== "denial-specialist");
const DENIAL_WORKERS: readonly Role[] = ["biller", "denial-specialist", "team-lead"];
const MONEY_WORKERS: readonly Role[] = ["biller", "team-lead"];
const EXCHANGERS: readonly Role[] = ["biller", "clearinghouse"];
/** Those whose roles show no patients, or not all of them. */
const NO_PATIENTS: readonly Role[] = ["administrator", "practice-manager"];
/** Those who decide on what another person asked for. */
const DECIDERS: readonly Role[] = ["team-lead", "practice-manager"];
const ADMINISTRATOR: readonly Role[] = ["administrator"];

const CASH = { amountCents: 8_100, date: "2026-03-16" };
const REASON = { reason: "matrix" };
const PUBLIC: Expectation = { to: "public" };

/** One line a route. A route that is not here fails the matrix test. */
const PAGE_ROOMS = [
  "queue",
  "claims",
  "remittances",
  "desk",
  "exchange",
  "figures",
  "people",
  "audit",
];

export const EXPECTED: Readonly<Record<string, Expectation>> = {
  "POST /api/v1/files": { to: EXCHANGERS, body: "ISA*00*" },
  "POST /api/v1/encounters": { to: ["biller"], body: "{}" },
  "GET /api/v1/outbound-files": { to: EXCHANGERS },
  "GET /api/v1/outbound-files/:id": { to: EXCHANGERS, of: "outbound" },
  "GET /api/v1/claims": { to: PATIENT_READERS },
  "POST /api/v1/claims/search": { to: PATIENT_READERS, body: { memberId: "MEMBER1" } },
  "GET /api/v1/claims/:patientControlNumber": { to: PATIENT_READERS, of: "claim" },
  "GET /api/v1/claims/:patientControlNumber/balance": { to: PATIENT_READERS, of: "claim" },
  "GET /api/v1/remittances": { to: READERS },
  "GET /api/v1/remittances/:traceNumber": { to: READERS, of: "trace" },
  "POST /api/v1/remittances/:id/unpost": { to: ["team-lead"], of: "remittance", body: REASON },
  "POST /api/v1/remittances/:id/post": { to: ["team-lead"], of: "remittance", body: {} },
  "GET /api/v1/exceptions": { to: PATIENT_READERS },
  "GET /api/v1/exceptions/:id": { to: PATIENT_READERS, of: "parked" },
  "POST /api/v1/exceptions/:id/match": {
    to: MONEY_WORKERS,
    of: "toMatch",
    body: { patientControlNumber: "$claim" },
  },
  // The parts are not the whole of the payment.
  "POST /api/v1/exceptions/:id/split": {
    to: MONEY_WORKERS,
    of: "parked",
    body: {
      parts: [
        { patientControlNumber: "$claim", chargeCents: 5_000, paidCents: 1 },
        { patientControlNumber: "$claim", chargeCents: 5_000, paidCents: 1 },
      ],
    },
    own: [422],
  },
  // No payment of the ground is a reversal, so there is nothing to mirror.
  "POST /api/v1/exceptions/:id/mirror": { to: MONEY_WORKERS, of: "parked", own: [409] },
  "POST /api/v1/exceptions/:id/unapplied": { to: MONEY_WORKERS, of: "parked", body: REASON },
  "POST /api/v1/exceptions/:id/send-back": {
    to: MONEY_WORKERS,
    of: "toSend",
    body: { how: "portal", reference: "C-1", nextActionDate: "2999-12-01" },
  },
  "POST /api/v1/exceptions/:id/take-back": { to: MONEY_WORKERS, of: "parked", body: REASON },
  "GET /api/v1/deposits": { to: MONEY_READERS },
  "GET /api/v1/deposits/late": { to: MONEY_READERS },
  "GET /api/v1/deposits/:id": { to: MONEY_READERS, of: "deposit" },
  "POST /api/v1/deposits/files": { to: MONEY_WORKERS, body: "date,amount" },
  "POST /api/v1/deposits": { to: MONEY_WORKERS, body: CASH },
  "POST /api/v1/refunds": { to: MONEY_WORKERS, body: CASH },
  "POST /api/v1/deposits/:id/return": { to: MONEY_WORKERS, of: "spareDeposit", body: REASON },
  "POST /api/v1/deposits/match": { to: MONEY_WORKERS },
  "POST /api/v1/deposit-matches": {
    to: MONEY_WORKERS,
    of: "deposit",
    body: { depositIds: ["$id"], remittances: ["$trace"] },
  },
  "POST /api/v1/deposits/:id/unmatch": { to: MONEY_WORKERS, of: "deposit", body: REASON },
  "POST /api/v1/deposits/late": { to: MONEY_WORKERS },
  "POST /api/v1/claims/late-crossovers": { to: DENIAL_WORKERS },
  // Nobody's item: it is told so in its row, as one of another practice would be.
  "POST /api/v1/denials/bulk": {
    to: DENIAL_WORKERS,
    body: { ids: ["no-such-thing"], action: "note", text: "called" },
  },
  "GET /api/v1/denials": { to: READERS },
  "GET /api/v1/words": { to: "people" },
  "GET /api/v1/colleagues": { to: READERS },
  "GET /api/v1/denials/counts": { to: READERS },
  "GET /api/v1/views": { to: READERS },
  "PUT /api/v1/views/:name": {
    to: READERS,
    body: { filter: { kind: "denial" }, sort: "priority", shared: false },
  },
  // Each has kept one of that name by the line above.
  "DELETE /api/v1/views/:name": { to: READERS },
  "GET /api/v1/denials/:id": { to: READERS, of: "item" },
  // Each of the first four finds the version that the one before it has left.
  "POST /api/v1/denials/:id/take": { to: DENIAL_WORKERS, of: "item", body: { version: 1 } },
  "POST /api/v1/denials/:id/hand-over": {
    to: DENIAL_WORKERS,
    of: "item",
    body: { assignee: "u2", text: "yours", version: 2 },
  },
  "POST /api/v1/denials/:id/wait": {
    to: DENIAL_WORKERS,
    of: "item",
    body: { until: "2026-12-21", version: 3 },
  },
  "POST /api/v1/denials/:id/resume": { to: DENIAL_WORKERS, of: "item", body: { version: 4 } },
  "POST /api/v1/denials/:id/assign": { to: DENIAL_WORKERS, of: "item", body: { assignee: "u1" } },
  "POST /api/v1/denials/:id/note": { to: DENIAL_WORKERS, of: "item", body: { text: "called" } },
  "POST /api/v1/denials/:id/call": {
    to: DENIAL_WORKERS,
    of: "item",
    body: { who: "provider line", text: "on hold" },
  },
  "POST /api/v1/denials/:id/next-action": {
    to: DENIAL_WORKERS,
    of: "item",
    body: { date: "2026-12-21", text: "ask again" },
  },
  "POST /api/v1/denials/:id/resolve": {
    to: DENIAL_WORKERS,
    of: "item",
    body: { outcome: "no-action" },
  },
  // Nobody has resolved it yet.
  "POST /api/v1/denials/:id/reopen": {
    to: DENIAL_WORKERS,
    of: "item",
    body: { text: "again" },
    own: [409],
  },
  // The item of the ground is of a claim that another system sent.
  "GET /api/v1/denials/:id/correction": { to: DENIAL_WORKERS, of: "item", own: [409] },
  "POST /api/v1/denials/:id/resubmit": {
    to: DENIAL_WORKERS,
    of: "item",
    body: { changes: [{ pointer: "/subscriber/memberId", value: "M1" }] },
    own: [409],
  },
  // No payer has decided on the claim of the ground's item, so there is nothing to appeal against.
  "GET /api/v1/denials/:id/appeal": { to: DENIAL_WORKERS, of: "item", own: [409] },
  "POST /api/v1/denials/:id/appeal": {
    to: DENIAL_WORKERS,
    of: "item",
    body: { text: "Please", how: "fax", reference: "F-1" },
    own: [409],
  },
  "POST /api/v1/denials/:id/appeal-answer": {
    to: DENIAL_WORKERS,
    of: "item",
    body: { decision: "upheld" },
    own: [409],
  },
  "GET /api/v1/letters/:id": { to: DENIAL_WORKERS, of: "item", own: [404] },
  "GET /api/v1/ledger/trial-balance": { to: MONEY_READERS },
  "GET /api/v1/ledger/provider-balances": { to: MONEY_READERS },
  "POST /api/v1/ledger/replay": { to: MONEY_READERS, body: { rules: {} } },
  "GET /api/v1/ledger/rules": { to: MONEY_READERS },
  "GET /api/v1/ledger/rules/:version": { to: MONEY_READERS, of: "rules" },
  // Another version than that of these rules.
  "POST /api/v1/ledger/rules": {
    to: ["team-lead"],
    body: { rules: {}, version: "0", reason: "matrix" },
    own: [422],
  },
  "GET /api/v1/payer-settings": { to: MONEY_READERS },
  "POST /api/v1/payer-settings": {
    to: ["team-lead"],
    body: { settings: { default: { crossoverDays: 31 } }, reason: "matrix" },
  },
  "GET /api/v1/reports/denial-rate": { to: READERS },
  "GET /api/v1/reports/payers": { to: READERS },
  "POST /api/v1/claims/:patientControlNumber/write-offs": {
    to: MONEY_WORKERS,
    of: "openClaim",
    body: { amountCents: 1, ...REASON },
  },
  "POST /api/v1/write-offs/:id/take-back": { to: MONEY_WORKERS, of: "writeOff", body: REASON },
  "GET /api/v1/approvals": { to: READERS },
  "POST /api/v1/approvals/:id/approve": { to: DECIDERS, of: "approval", body: {} },
  "POST /api/v1/approvals/:id/refuse": { to: DECIDERS, of: "toRefuse", body: REASON },
  "GET /api/v1/settings": { to: NO_PATIENTS },
  "POST /api/v1/settings": {
    to: NO_PATIENTS,
    body: { approvalLimitCents: 10_000, ...REASON },
  },
  "GET /api/v1/audit/verify": { to: ["administrator", "auditor"] },
  "POST /api/v1/audit/checkpoints": { to: ["administrator", "auditor"] },
  "GET /api/v1/audit/export": { to: ["administrator", "auditor"] },
  "GET /api/v1/legal-holds": { to: ["administrator", "auditor"] },
  "POST /api/v1/legal-holds": {
    to: ADMINISTRATOR,
    of: "patient",
    body: { ...REASON, patientId: "$id" },
  },
  "POST /api/v1/legal-holds/:id/lift": { to: ADMINISTRATOR, of: "hold", body: REASON },
  "POST /api/v1/records/purge": { to: ADMINISTRATOR, body: { before: "2001-01-01" } },
  "POST /api/v1/patients/search": { to: PATIENT_READERS, body: { memberId: "MEMBER1" } },
  "GET /api/v1/patients/:patientId/export": { to: ["team-lead"], of: "patient" },
  // Six years are not over.
  "POST /api/v1/patients/:patientId/erase": {
    to: ADMINISTRATOR,
    of: "patient",
    body: REASON,
    own: [409],
  },
  "POST /api/v1/break-glass": {
    to: NO_PATIENTS,
    body: { reason: "matrix of the routes" },
  },
  // At once, or who has just opened it would see patients in what follows.
  "DELETE /api/v1/break-glass": { to: NO_PATIENTS },
  "GET /api/v1/break-glass": { to: ["auditor"] },
  "POST /api/v1/break-glass/:id/end": { to: ["auditor"], of: "glass" },
  "GET /api/v1/audit/reviews": { to: ["auditor"] },
  "POST /api/v1/audit/reviews/scan": { to: ["auditor"] },
  "POST /api/v1/audit/reviews/:id/sign-off": {
    to: ["auditor"],
    of: "review",
    body: { outcome: "explained", note: "matrix" },
  },
  "GET /api/v1/patients/:patientId/disclosures": { to: ["team-lead", "auditor"], of: "patient" },
  "POST /api/v1/patients/:patientId/disclosures": {
    to: MONEY_WORKERS,
    of: "patient",
    body: { recipient: "A court", description: "A claim", purpose: "court-or-subpoena" },
  },
  "POST /api/v1/session": PUBLIC,
  // The people of the ground came in wholly, so none of them owes a code.
  "POST /api/v1/session/code": { to: "people", body: { code: "x" }, own: [409] },
  "GET /api/v1/session": { to: "people" },
  "DELETE /api/v1/session": { to: "people" },
  "POST /api/v1/setup": PUBLIC,
  // A proof that does not hold.
  "POST /api/v1/session/proof": { to: "people", body: { password: "x" }, own: [422] },
  "POST /api/v1/password": {
    to: "people",
    body: { password: "x", newPassword: "x" },
    own: [422],
  },
  "GET /api/v1/sessions": { to: "people" },
  "DELETE /api/v1/sessions": { to: "people" },
  "POST /api/v1/second-factor": { to: "people" },
  "POST /api/v1/second-factor/confirm": { to: "people", body: { code: "x" }, own: [422] },
  "GET /api/v1/delegations": { to: "people" },
  // Everybody but the auditor would lend a role of somebody else's.
  "POST /api/v1/delegations": {
    to: "people",
    of: "user",
    body: { to: "$id", roles: ["auditor"], until: "$tomorrow", reason: "matrix" },
    own: [422, 201],
  },
  // For those whose it is, and for the administrator.
  "DELETE /api/v1/delegations/:id": { to: "people", of: "delegation", own: [200, 403] },
  "GET /api/v1/users": { to: ADMINISTRATOR },
  "POST /api/v1/users/invitations": { to: ADMINISTRATOR, body: { roles: ["auditor"] } },
  "DELETE /api/v1/users/:id": { to: ADMINISTRATOR, of: "user" },
  "POST /api/v1/users/:id/roles": {
    to: ADMINISTRATOR,
    of: "user",
    body: { roles: ["auditor"] },
  },
  "DELETE /api/v1/users/:id/second-factor": { to: ADMINISTRATOR, of: "user" },
  "DELETE /api/v1/users/:id/sign-on": { to: ADMINISTRATOR, of: "user" },
  "GET /api/v1/api-keys": { to: ADMINISTRATOR },
  "POST /api/v1/api-keys": { to: ADMINISTRATOR, body: { name: "k", role: "biller" } },
  "POST /api/v1/api-keys/:id/rotate": { to: ADMINISTRATOR, of: "key", body: {} },
  "DELETE /api/v1/api-keys/:id": { to: ADMINISTRATOR, of: "key" },
  "GET /api/v1/health": PUBLIC,
  "GET /api/openapi.json": PUBLIC,
  "GET /api/docs": PUBLIC,
  "GET /api/docs/swagger-ui.css": PUBLIC,
  "GET /api/docs/swagger-ui-bundle.js": PUBLIC,
  "GET /api/docs/start.js": PUBLIC,
  "GET /sign-in": PUBLIC,
  "POST /sign-in": PUBLIC,
  "GET /sign-in/organization": PUBLIC,
  "GET /sign-in/organization/callback": PUBLIC,
  "GET /account": { to: "people" },
  "POST /account/password": {
    to: "people",
    body: { password: "x", newPassword: "x" },
    own: [422],
  },
  "POST /account/sign-out-everywhere": { to: "people" },
  "GET /account/proof": { to: "people" },
  // A proof that does not hold.
  "POST /account/proof": { to: "people", body: { password: "x" }, own: [422] },
  "GET /sign-in/code": { to: "people", own: [303] },
  "POST /sign-in/code": { to: "people", body: { code: "x" } },
  "GET /second-factor": { to: "people" },
  "POST /second-factor": { to: "people" },
  "POST /second-factor/confirm": { to: "people", body: { code: "x" }, own: [422] },
  "GET /setup/:token": PUBLIC,
  "POST /setup/:token": PUBLIC,
  "POST /sign-out": { to: "people" },
  // The first room of the person; an administrator has none, and is told so.
  "GET /": { to: "people", own: [303, 200] },
  // The same document for everybody who is signed in: it holds nothing, and asks the interface.
  ...Object.fromEntries(
    PAGE_ROOMS.flatMap((room) => [`GET /${room}`, `GET /${room}/:id`]).map((route) => [
      route,
      { to: "people" as const },
    ]),
  ),
  "GET /page/:file": { to: "public", own: [404] },
  "GET /assets/page.css": PUBLIC,
};
