import { expect } from "chai";
import type { Express } from "express";
import request, { type Response, type Test } from "supertest";
import { HUMAN_ROLES, ROLES, type Role } from "../../../src/app/access.ts";
import { ALL_USE_CASES } from "../../../src/faces/http/all-use-cases.ts";
import { API_ROUTES, PAGE_ROUTES, type Route } from "../../../src/faces/http/index.ts";
import { EXPECTED, type Expectation } from "./expectations.ts";
import { addKey, addUser, openTestApp, serverOf, signedIn, type TestApp } from "./ground.ts";
import { furnish, type Objects, recordsOf } from "./two-practices.ts";

/** Everyone who may knock: each role that can be held, and nobody. */
const CALLERS = [...Object.keys(ROLES).filter((role) => role !== "system"), "nobody"] as const;
type Caller = (typeof CALLERS)[number];

const OWN = "practice-1";
const OTHER = "practice-2";
const nameOf = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`;

const ENDS_SESSION = [
  "DELETE /api/v1/session",
  "DELETE /api/v1/sessions",
  "POST /account/sign-out-everywhere",
  "POST /sign-out",
];
const PUBLIC: Expectation = { to: "public" };
/** An id that nobody has. */
const NONE = "no-such-thing";

/** The id of the object that a route is asked for. */
function objectOf({ of }: Expectation, whose: Objects | undefined): string {
  return of === undefined ? NONE : (whose?.[of] ?? NONE);
}

/** How a caller sends requests. */
interface Knock {
  send(route: Route, path: string, body: object | string | undefined): Test;
}

/** What express itself serves, whatever any table says. */
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

function withBody(pending: Test, route: Route, body: object | string | undefined, token: string) {
  const kind = route.body?.kind;
  if (kind === "upload") {
    return pending.field("_csrf", token).attach("file", Buffer.from(String(body)), "a.835");
  }
  if (kind !== undefined) pending.type(route.body?.mediaTypes[0] ?? "");
  return body === undefined ? pending : pending.send(body);
}

/** The body with the object that it is about, and with what else is the caller's own. */
function filled(body: Expectation["body"], id: string, own: Objects): typeof body {
  if (typeof body !== "object") return body;
  const text = JSON.stringify(body)
    .replaceAll('"$id"', JSON.stringify(id))
    .replaceAll('"$trace"', JSON.stringify(own.trace))
    .replaceAll('"$claim"', JSON.stringify(own.claim))
    .replaceAll("$tomorrow", new Date(Date.now() + 24 * 3_600_000).toISOString());
  return JSON.parse(text) as object;
}

/** An answer without what differs from one request to the next: its id, and the object that was asked for. */
function essence({ status, text, headers }: Response, object: string): string {
  const words = text
    .replaceAll(String(headers["x-request-id"]), "<request>")
    .replaceAll(object, "<object>");
  return `${status} ${headers["content-type"]} ${words}`;
}

describe("the matrix of routes, roles and objects", () => {
  let test: TestApp;
  let server: Express;
  let own: Objects;
  let other: Objects;
  let untouched: string;
  const knocks = new Map<Caller, Knock>();
  const tested = new Set<string>();
  /** What must be on record in the end: who was refused where, in order. */
  const refused: string[] = [];

  before(async () => {
    test = await openTestApp();
    server = serverOf(test.app, ALL_USE_CASES);
    own = await furnish(test.app, OWN, "OWNS");
    other = await furnish(test.app, OTHER, "ELSE");
    untouched = await recordsOf(test.app, OTHER);
    for (const role of HUMAN_ROLES) {
      await addUser(test.app, `matrix-${role}`, [role], OWN);
      knocks.set(role, await personKnock(role));
    }
    const key = await addKey(test.app, "clearinghouse", OWN);
    knocks.set("clearinghouse", {
      send: (route, path, body) =>
        withBody(request(server)[route.method](path).set("Authorization", key), route, body, "x"),
    });
    knocks.set("nobody", {
      send: (route, path, body) => withBody(request(server)[route.method](path), route, body, "x"),
    });
  });
  after(() => test.close());

  async function personKnock(role: Role): Promise<Knock> {
    const { agent, csrfToken } = await signedIn(server, `matrix-${role}`);
    return {
      send: (route, path, body) => {
        const pending = agent[route.method](path).set("X-CSRF-Token", csrfToken);
        return withBody(pending, route, body, csrfToken);
      },
    };
  }

  /** Sends the request for one's own object, another practice's, or one that nobody has. */
  async function ask(caller: Caller, route: Route, whose: Objects | undefined): Promise<Response> {
    const { body, ...expected } = EXPECTED[nameOf(route)] ?? PUBLIC;
    const id = objectOf(expected, whose);
    const path = route.path.replace(/:\w+/, encodeURIComponent(id));
    const knock = knocks.get(caller);
    if (knock === undefined) throw new Error(`nobody knocks as ${caller}`);
    return knock.send(route, path, filled(body, id, own));
  }

  function letIn(caller: Caller, { to }: Expectation): boolean {
    if (to === "public") return true;
    if (to === "people") return HUMAN_ROLES.includes(caller as Role);
    return to.includes(caller as Role);
  }

  /** The other practice's words in an answer: its numbers, names and ids. */
  function expectNothingOfTheOther({ text }: Response, what: string) {
    for (const word of [...Object.values(other), "ELSE", "victim-else"]) {
      expect(text ?? "", `${what} tells ${word}`).to.not.include(word);
    }
  }

  function expectShut(caller: Caller, route: Route, { status, headers }: Response) {
    const what = `${caller} at ${nameOf(route)}`;
    if (caller !== "nobody") expect(status, what).to.equal(403);
    else if (route.path.startsWith("/api/") || route.method !== "get") {
      expect(status, what).to.equal(401);
    } else {
      expect(status, what).to.equal(303);
      expect(headers.location, what).to.match(/^\/sign-in\?next=/);
    }
  }

  function expectOpen(caller: Caller, route: Route, answer: Response, isRepeated: boolean) {
    const what = `${caller} at ${nameOf(route)}`;
    const { to, own: statuses = [route.answer.status] } = EXPECTED[nameOf(route)] ?? PUBLIC;
    expectNothingOfTheOther(answer, what);
    if (to === "public") expect(answer.status, what).to.not.be.oneOf([401, 403, 500]);
    else {
      const good = isRepeated ? [...statuses, 409] : statuses;
      expect(answer.status, `${what}: ${answer.text}`).to.be.oneOf(good);
    }
  }

  /** Another practice's object is as missing as one that nobody has, and asking for either is on record. */
  async function expectMissing(caller: Caller, route: Route) {
    const what = `${caller} at ${nameOf(route)}, the other's`;
    const expected = EXPECTED[nameOf(route)] ?? PUBLIC;
    const theirs = await ask(caller, route, other);
    expect(theirs.status, what).to.equal(404);
    const nobodys = await ask(caller, route, undefined);
    expect(essence(theirs, objectOf(expected, other)), what).to.equal(essence(nobodys, NONE));
    refused.push(`${nameOf(route)} ${caller} not-found`, `${nameOf(route)} ${caller} not-found`);
  }

  it("8.2.1 164.312(a)(1) has an expectation for every route that express serves, and none for others", () => {
    expect(mounted(server).sort()).to.deep.equal(Object.keys(EXPECTED).sort());
  });

  for (const route of [...API_ROUTES, ...PAGE_ROUTES]) {
    const name = nameOf(route);
    const expected = EXPECTED[name];
    const endsSession = ENDS_SESSION.includes(name);

    it(`8.2.1 8.2.2 8.4.1 ${name}: each role and nobody, own object and another practice's`, async () => {
      if (expected === undefined) throw new Error(`${name} has no line in expectations.ts`);
      let first = true;
      for (const caller of CALLERS) {
        const mine = await ask(caller, route, own);
        tested.add(`${name} ${caller} own`);
        if (letIn(caller, expected)) {
          // A change that the first has made may be refused to the next, by the state it is in.
          expectOpen(caller, route, mine, !first && route.method !== "get");
          if (mine.status === 404 && expected.to !== "public") {
            refused.push(`${name} ${caller} not-found`);
          }
          if (endsSession) knocks.set(caller, await personKnock(caller as Role));
          if (expected.of !== undefined) await expectMissing(caller, route);
          first = false;
        } else {
          expectShut(caller, route, mine);
          const theirs = await ask(caller, route, other);
          const same = essence(mine, objectOf(expected, own));
          expect(essence(theirs, objectOf(expected, other)), `${caller} at ${name}`).to.equal(same);
          if (caller !== "nobody") refused.push(`${name} ${caller} permission`);
          if (caller !== "nobody") refused.push(`${name} ${caller} permission`);
        }
        tested.add(`${name} ${caller} other`);
      }
    });
  }

  it("8.4.1 changes nothing of the other practice, whoever asked for it", async () => {
    expect(await recordsOf(test.app, OTHER)).to.equal(untouched);
  });

  it("16.3.2 164.312(b) has every refusal on record with the role, and in no other practice's record", async () => {
    const recorded = async (practiceId: string) =>
      (await test.app.store.practice(practiceId).auditEvents.find({}))
        .filter(({ action }) => action === "access.refuse")
        .map(({ entity, actor, outcome, detail }) => {
          expect(outcome).to.equal("denied");
          return `${entity.id} ${actor.roles.join(" ")} ${detail?.reason}`;
        });
    expect((await recorded(OWN)).sort()).to.deep.equal(refused.sort());
    expect(await recorded(OTHER)).to.deep.equal([]);
  });

  it("is tested in every cell", () => {
    const total = mounted(server).length * CALLERS.length * 2;
    console.log(`      ${tested.size} of ${total} cells of the access matrix`);
    expect(tested.size).to.equal(total);
  });
});
