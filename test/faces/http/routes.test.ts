import { expect } from "chai";
import type { Express } from "express";
import request from "supertest";
import {
  actorMay,
  HUMAN_ROLES,
  PERMISSIONS,
  type Permission,
  ROLES,
  type Role,
} from "../../../src/app/access.ts";
import { API_ROUTES, PAGE_ROUTES, type Route } from "../../../src/faces/http/index.ts";
import {
  addKey,
  addUser,
  ITEM,
  openTestApp,
  serverOf,
  signedIn,
  system,
  type TestApp,
} from "./ground.ts";

/** A path with ids that the stand-ins know, or with ids that nobody knows. */
function pathOf(route: Route, known: boolean): string {
  const ids: Record<string, string> = { traceNumber: "T1", patientControlNumber: "PCN1" };
  return route.path.replaceAll(/:(\w+)/g, (_match, name: string) => {
    if (!known) return "no-such-thing";
    if (route.path.includes("/remittances/")) return "T1";
    return ids[name] ?? (/denials|queue/.test(route.path) ? ITEM.id : "file-1");
  });
}

/** A body that the route's schema takes. */
const BODIES: Readonly<Record<string, object | string>> = {
  "/api/v1/exceptions/:id/match": { patientControlNumber: "PCN1" },
  "/api/v1/exceptions/:id/split": {
    parts: [
      { patientControlNumber: "PCN1", chargeCents: 5_000, paidCents: 5_000 },
      { patientControlNumber: "PCN2", chargeCents: 5_000, paidCents: 5_000 },
    ],
  },
  "/api/v1/exceptions/:id/unapplied": { reason: "No such patient" },
  "/api/v1/exceptions/:id/send-back": {
    how: "portal",
    reference: "C-1",
    nextActionDate: "2026-12-01",
  },
  "/api/v1/exceptions/:id/take-back": { reason: "found it" },
  "/api/v1/deposits": { amountCents: 8_000, date: "2026-03-16", traceNumbers: ["T1"] },
  "/api/v1/deposits/files": "date,amount",
  "/api/v1/deposits/:id/return": { reason: "NSF", date: "2026-03-16" },
  "/api/v1/deposits/:id/unmatch": { reason: "other account" },
  "/api/v1/deposit-matches": { depositIds: ["deposit-1"], remittances: ["T1"] },
  "/api/v1/refunds": { amountCents: 2_500, date: "2026-03-16" },
  "/api/v1/ledger/replay": { rules: {} },
  "/api/v1/remittances/:id/unpost": { reason: "wrong practice" },
  "/api/v1/remittances/:id/post": {},
  "/api/v1/denials/:id/assign": { assignee: "u1", version: 3 },
  "/api/v1/denials/:id/note": { text: "Called the payer" },
  "/api/v1/denials/:id/resolve": { outcome: "overturned", version: 3 },
  "/api/v1/users/invitations": { roles: ["auditor"] },
  "/api/v1/api-keys": { name: "clearinghouse", role: "clearinghouse" },
  "/api/v1/encounters": "{}",
  "/api/v1/files": "ISA*00*",
};

function call(server: Express, route: Route, path: string, authorization?: string) {
  let pending = request(server)[route.method](path);
  if (authorization !== undefined) pending = pending.set("Authorization", authorization);
  const body = BODIES[route.path];
  if (route.body !== undefined) pending = pending.type(route.body.mediaTypes[0] ?? "");
  return body === undefined ? pending : pending.send(body);
}

const isGuarded = (route: Route) => route.access !== "public" && route.access !== "session";
const guarded = API_ROUTES.filter(isGuarded);
const name = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`;

/** What express itself has, whatever the table says. */
function mounted(server: Express): string[] {
  const stack = server.router.stack as unknown as {
    route?: { path: string; methods: Record<string, boolean> };
  }[];
  return stack.flatMap(({ route }) =>
    route
      ? Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`)
      : [],
  );
}

describe("the route table", () => {
  let test: TestApp;
  let server: Express;
  const keys = new Map<Role, string>();
  before(async () => {
    test = await openTestApp();
    server = serverOf(test.app);
    for (const role of Object.keys(ROLES) as Role[]) {
      if (role === "administrator" || role === "system") continue;
      keys.set(role, await addKey(test.app, role));
    }
  });
  after(() => test.close());

  it("is all that the server serves", () => {
    expect(mounted(server)).to.deep.equal([...API_ROUTES, ...PAGE_ROUTES].map(name));
  });

  it("names a permission of the matrix for every route that is not public or a session's", () => {
    for (const route of [...API_ROUTES, ...PAGE_ROUTES].filter(isGuarded)) {
      expect(PERMISSIONS, name(route)).to.include(route.access as Permission);
    }
    const open = API_ROUTES.filter(({ access }) => access === "public").map(name);
    expect(open).to.deep.equal([
      "POST /api/v1/session",
      "POST /api/v1/setup",
      "GET /api/v1/health",
      "GET /api/openapi.json",
      "GET /api/docs",
      "GET /api/docs/swagger-ui.css",
      "GET /api/docs/swagger-ui-bundle.js",
      "GET /api/docs/start.js",
    ]);
  });

  it("is in the API document, route by route, with permission, parameters and body", async () => {
    const { body } = await request(server).get("/api/openapi.json").expect(200);
    expect(body.openapi).to.equal("3.1.0");
    const documented = Object.entries(body.paths as Record<string, Record<string, never>>).flatMap(
      ([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const served = mounted(server).filter((line) => line.includes(" /api/"));
    expect(served.map((line) => line.replaceAll(/:(\w+)/g, "{$1}"))).to.have.members(documented);
    const assign = body.paths["/api/v1/denials/{id}/assign"].post;
    expect(assign["x-permission"]).to.equal("denials:work");
    expect(assign.parameters).to.have.length(1);
    expect(assign.requestBody.content["application/json"].schema.required).to.deep.equal([
      "assignee",
    ]);
  });

  for (const route of guarded) {
    it(`${name(route)} answers each role as the matrix says, and nobody with 401`, async () => {
      const path = pathOf(route, true);
      await call(server, route, path).expect(401);
      for (const [role, authorization] of keys) {
        const { status } = await call(server, route, path, authorization);
        const allowed = actorMay({ ...system(), roles: [role] }, route.access as Permission);
        expect(status === 403, `${role} got ${status}`).to.equal(!allowed);
        expect(status, role).to.not.equal(500);
      }
    });
  }

  it("answers an administrator with users and keys, and with no patient's data", async () => {
    await addUser(test.app, "admin", ["administrator"]);
    const { agent } = await signedIn(server, "admin");
    for (const route of guarded.filter(({ method }) => method === "get")) {
      const allowed = ["audit:read", "users:manage", "keys:manage"].includes(route.access);
      await agent.get(pathOf(route, true)).expect(allowed ? 200 : 403);
    }
  });

  it("answers 404 for every id that the practice does not have", async () => {
    await addUser(test.app, "both", ["administrator", "biller", "team-lead"]);
    const { agent, csrfToken } = await signedIn(server, "both");
    for (const route of guarded.filter(({ path }) => path.includes(":"))) {
      const pending = agent[route.method](pathOf(route, false)).set("X-CSRF-Token", csrfToken);
      const { body } = await pending.send(BODIES[route.path]).expect(404);
      expect(body.code, name(route)).to.equal("not-found");
    }
  });

  it("lets nobody into a page, and sends people to the door", async () => {
    for (const route of PAGE_ROUTES.filter(({ access }) => access !== "public")) {
      const { status, headers } = await request(server)[route.method](pathOf(route, true));
      if (route.method === "get") {
        expect(status, name(route)).to.equal(303);
        expect(headers.location).to.match(/^\/sign-in\?next=%2F/);
      } else expect(status, name(route)).to.equal(401);
    }
  });

  it("opens each page to each role as the matrix says", async () => {
    const pages = PAGE_ROUTES.filter((route) => isGuarded(route) && route.method === "get");
    expect(pages.length).to.be.greaterThan(8);
    for (const role of HUMAN_ROLES) {
      await addUser(test.app, `page-${role}`, [role]);
      const { agent } = await signedIn(server, `page-${role}`);
      for (const route of pages) {
        const allowed = actorMay({ ...system(), roles: [role] }, route.access as Permission);
        const { status } = await agent.get(pathOf(route, true));
        expect(status, `${role} at ${route.path}`).to.equal(allowed ? 200 : 403);
      }
    }
  });

  it("records who was refused what", async () => {
    const events = test.app.store.practice("practice-1").auditEvents;
    const refused = await events.find({
      action: "access.refuse",
      "entity.id": "GET /api/v1/claims",
    });
    expect(refused[0]).to.include({ outcome: "denied", source: "http" });
    expect(refused.flatMap(({ actor }) => actor.roles)).to.include("clearinghouse");
  });
});
