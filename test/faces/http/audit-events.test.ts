import { expect } from "chai";
import type { Express } from "express";
import { PERMISSIONS } from "../../../src/app/access.ts";
import { ALL_USE_CASES } from "../../../src/faces/http/all-use-cases.ts";
import { API_ROUTES, type Route } from "../../../src/faces/http/index.ts";
import { EXPECTED } from "./expectations.ts";
import { addUser, openTestApp, serverOf, signedIn, type TestApp } from "./ground.ts";
import { furnish, type Objects } from "./two-practices.ts";

const OWN = "practice-1";
const nameOf = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`;
const guarded = API_ROUTES.filter(({ access }) => (PERMISSIONS as string[]).includes(access));

/** What each route leaves in the audit trail when it is called for one's own object; "" where nothing is read. */
const EVENTS: Readonly<Record<string, string>> = {
  "POST /api/v1/files": "file.ingest",
  // An empty encounter is refused before anything of it is kept.
  "POST /api/v1/encounters": "",
  "GET /api/v1/outbound-files": "file.list",
  "GET /api/v1/outbound-files/:id": "file.fetch",
  "GET /api/v1/claims": "claim.list",
  "POST /api/v1/claims/search": "claim.search",
  "GET /api/v1/claims/:patientControlNumber": "claim.read",
  "GET /api/v1/claims/:patientControlNumber/balance": "claim.read-balance",
  "GET /api/v1/remittances": "remittance.list",
  "GET /api/v1/remittances/:traceNumber": "remittance.read",
  "POST /api/v1/remittances/:id/unpost": "claim.unpost remittance.unpost",
  "POST /api/v1/remittances/:id/post": "remittance.post-again claim.post remittance.post",
  "GET /api/v1/exceptions": "exception.list",
  "GET /api/v1/exceptions/:id": "exception.read",
  "POST /api/v1/exceptions/:id/match": "claim.post exception.match",
  // Refused: see expectations.ts.
  "POST /api/v1/exceptions/:id/split": "",
  "POST /api/v1/exceptions/:id/mirror": "",
  "POST /api/v1/exceptions/:id/unapplied": "exception.unapplied",
  "POST /api/v1/exceptions/:id/send-back": "exception.send-back",
  "POST /api/v1/exceptions/:id/take-back": "exception.take-back",
  "GET /api/v1/deposits": "deposit.list",
  "GET /api/v1/deposits/late": "deposit.late",
  "GET /api/v1/deposits/:id": "deposit.read",
  "POST /api/v1/deposits/files": "deposit.import",
  "POST /api/v1/deposits": "deposit.add",
  "POST /api/v1/refunds": "refund.add",
  "POST /api/v1/deposits/:id/return": "deposit.return",
  // Nothing is left that matches, or is late.
  "POST /api/v1/deposits/match": "",
  "POST /api/v1/deposit-matches": "deposit.match",
  "POST /api/v1/deposits/:id/unmatch": "deposit.unmatch",
  "POST /api/v1/deposits/late": "",
  "POST /api/v1/claims/late-crossovers": "",
  // There is no such item: nothing is changed.
  "POST /api/v1/denials/bulk": "",
  "GET /api/v1/denials": "work-item.list",
  // Who can be given work tells nothing of patients.
  "GET /api/v1/colleagues": "",
  // Numbers alone.
  "GET /api/v1/denials/counts": "",
  "GET /api/v1/views": "",
  "PUT /api/v1/views/:name": "view.save",
  "DELETE /api/v1/views/:name": "view.remove",
  "GET /api/v1/denials/:id": "work-item.read",
  "POST /api/v1/denials/:id/take": "work-item.take",
  "POST /api/v1/denials/:id/hand-over": "work-item.hand-over",
  "POST /api/v1/denials/:id/wait": "work-item.wait",
  "POST /api/v1/denials/:id/resume": "work-item.resume",
  "POST /api/v1/denials/:id/call": "work-item.call",
  "POST /api/v1/denials/:id/next-action": "work-item.plan",
  // Nobody has resolved it yet.
  "POST /api/v1/denials/:id/reopen": "",
  "POST /api/v1/denials/:id/assign": "work-item.assign",
  "POST /api/v1/denials/:id/note": "work-item.note",
  "POST /api/v1/denials/:id/resolve": "work-item.resolve",
  // Refused: see expectations.ts.
  "GET /api/v1/denials/:id/correction": "",
  "POST /api/v1/denials/:id/resubmit": "",
  "GET /api/v1/denials/:id/appeal": "",
  "POST /api/v1/denials/:id/appeal": "",
  "POST /api/v1/denials/:id/appeal-answer": "",
  // The ground holds no letter, and who asks for what is not there is on record.
  "GET /api/v1/letters/:id": "denied",
  "GET /api/v1/ledger/trial-balance": "ledger.read",
  "GET /api/v1/ledger/provider-balances": "ledger.read",
  "POST /api/v1/ledger/replay": "ledger.replay",
  "GET /api/v1/ledger/rules": "rules.read",
  "GET /api/v1/ledger/rules/:version": "rules.read",
  // Refused: see expectations.ts.
  "POST /api/v1/ledger/rules": "",
  "GET /api/v1/payer-settings": "payers.read",
  "POST /api/v1/payer-settings": "payers.set",
  "GET /api/v1/reports/denial-rate": "report.read",
  "GET /api/v1/reports/payers": "report.read",
  "POST /api/v1/claims/:patientControlNumber/write-offs": "claim.write-off",
  "POST /api/v1/write-offs/:id/take-back": "claim.take-write-off-back",
  "GET /api/v1/approvals": "approval.list",
  "POST /api/v1/approvals/:id/approve": "settings.change approval.approve",
  "POST /api/v1/approvals/:id/refuse": "approval.refuse",
  // No patient's data.
  "GET /api/v1/settings": "",
  "POST /api/v1/settings": "approval.request",
  // Counts only; no patient's data, and no person's.
  "GET /api/v1/audit/verify": "",
  "POST /api/v1/audit/checkpoints": "audit.checkpoint",
  "GET /api/v1/audit/export": "audit.export",
  "GET /api/v1/legal-holds": "legal-hold.list",
  "POST /api/v1/legal-holds": "legal-hold.put",
  "POST /api/v1/legal-holds/:id/lift": "legal-hold.lift",
  // Nothing is so old that it goes.
  "POST /api/v1/records/purge": "records.purge",
  "POST /api/v1/patients/search": "patient.search",
  "GET /api/v1/patients/:patientId/export": "patient.export",
  // Six years are not over.
  "POST /api/v1/patients/:patientId/erase": "denied",
  // The roles of this person show patients, so that there is no glass to break or to end.
  "POST /api/v1/break-glass": "",
  "DELETE /api/v1/break-glass": "",
  "GET /api/v1/break-glass": "break-glass.list",
  "POST /api/v1/break-glass/:id/end": "break-glass.end",
  "GET /api/v1/audit/reviews": "review.list",
  "POST /api/v1/audit/reviews/scan": "review.scan",
  "POST /api/v1/audit/reviews/:id/sign-off": "review.sign-off",
  "GET /api/v1/patients/:patientId/disclosures": "disclosure.account",
  "POST /api/v1/patients/:patientId/disclosures": "disclosure.record",
  // Names of people and keys, no patient's data.
  "GET /api/v1/users": "",
  "POST /api/v1/users/invitations": "setup-link.create",
  "DELETE /api/v1/users/:id": "user.disable",
  "POST /api/v1/users/:id/roles": "user.roles",
  "DELETE /api/v1/users/:id/second-factor": "second-factor.reset",
  "DELETE /api/v1/users/:id/sign-on": "user.unlink",
  "GET /api/v1/api-keys": "",
  "POST /api/v1/api-keys": "api-key.create",
  "POST /api/v1/api-keys/:id/rotate": "api-key.rotate api-key.create",
  "DELETE /api/v1/api-keys/:id": "api-key.revoke",
};

describe("the audit of routes", () => {
  let test: TestApp;
  let server: Express;
  let own: Objects;
  let person: Awaited<ReturnType<typeof signedIn>>;
  before(async () => {
    test = await openTestApp();
    server = serverOf(test.app, ALL_USE_CASES);
    own = await furnish(test.app, OWN, "OWNS");
    await addUser(test.app, "all", ["biller", "team-lead", "administrator", "auditor"], OWN);
    person = await signedIn(server, "all");
  });
  after(() => test.close());

  const events = () => test.app.store.practice(OWN).auditEvents.find({}, { sort: { sequence: 1 } });

  async function ask(route: Route) {
    const { of, body } = EXPECTED[nameOf(route)] ?? { to: "public" };
    const id = of === undefined ? "no-such-thing" : own[of];
    const path = route.path.replace(/:\w+/, encodeURIComponent(id));
    const pending = person.agent[route.method](path).set("X-CSRF-Token", person.csrfToken);
    if (route.body !== undefined) pending.type(route.body.mediaTypes[0] ?? "");
    const text = typeof body === "string" ? body : body && JSON.stringify(body);
    return text === undefined
      ? pending
      : pending.send(
          text
            .replaceAll('"$id"', JSON.stringify(id))
            .replaceAll('"$trace"', JSON.stringify(own.trace))
            .replaceAll('"$claim"', JSON.stringify(own.claim)),
        );
  }

  it("164.312(b) has a line for every route that needs a permission, and for no other", () => {
    expect(guarded.map(nameOf).sort()).to.deep.equal(Object.keys(EVENTS).sort());
  });

  for (const route of guarded) {
    it(`164.312(b) ${nameOf(route)} leaves exactly what it did: ${EVENTS[nameOf(route)] || "nothing"}`, async () => {
      const before = await events();
      const { status } = await ask(route);
      const added = (await events()).slice(before.length);
      expect(status, "as the matrix test expects").to.be.lessThan(500);
      const said = added.map(({ action, outcome }) => (outcome === "success" ? action : outcome));
      expect(said.join(" "), String(status)).to.equal(EVENTS[nameOf(route)]);
    });
  }
});
