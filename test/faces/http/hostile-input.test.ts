import { expect } from "chai";
import type { Express } from "express";
import fc from "fast-check";
import request, { type Response } from "supertest";
import { HUMAN_ROLES } from "../../../src/app/access.ts";
import { OperatingError } from "../../../src/app/errors.ts";
import { ALL_USE_CASES } from "../../../src/faces/http/all-use-cases.ts";
import {
  API_ROUTES,
  PAGE_ROUTES,
  type Route,
  type UseCases,
} from "../../../src/faces/http/index.ts";
import {
  addUser,
  openTestApp,
  PASSWORD,
  serverOf,
  signedIn,
  standIns,
  type TestApp,
} from "./ground.ts";

const ROUTES = [...API_ROUTES, ...PAGE_ROUTES];
const nameOf = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`;

/** A place of a body where a text, a number or a flag is asked for: the keys that lead to it. */
type Place = readonly (string | number)[];

interface AnySchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, AnySchema>>;
  readonly items?: AnySchema;
}

/** Every place of a body that is no object and no list. */
function* placesOf(schema: AnySchema, at: Place = []): Generator<Place> {
  const { properties, items, type } = schema;
  // A value of any kind is free here, and held to the schema of what it becomes.
  if (Object.keys(schema).every((keyword) => keyword === "description")) return;
  if (properties !== undefined) {
    for (const [name, inner] of Object.entries(properties)) yield* placesOf(inner, [...at, name]);
  } else if (items !== undefined) yield* placesOf(items, [...at, 0]);
  else if (type !== "object" && at.length > 0) yield at;
}

/** A body that holds the value at this place and nothing else. */
function bodyWith([key, ...rest]: Place, value: unknown): unknown {
  if (key === undefined) return value;
  const inner = bodyWith(rest, value);
  return typeof key === "number" ? [inner] : { [key]: inner };
}

/** What a query of the database would obey. */
const OPERATORS: readonly object[] = [{ $gt: "" }, { $ne: null }, { $in: ["x"] }];

const hostile = fc.oneof(
  fc.dictionary(
    fc.constantFrom("$gt", "$ne", "$where", "$regex", "$expr", "$or", "__proto__", "constructor"),
    fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.array(fc.string(), { maxLength: 2 })),
    { minKeys: 1, maxKeys: 3 },
  ),
  fc.array(fc.object({ maxDepth: 2, key: fc.constantFrom("$gt", "a", "constructor") })),
);

describe("input that wants to be more than data", () => {
  let test: TestApp;
  let server: Express;
  let agent: ReturnType<typeof request.agent>;
  let csrfToken: string;
  /** Use cases that were reached. */
  const reached: string[] = [];
  before(async () => {
    test = await openTestApp();
    const watched = Object.entries(standIns()).map(([name, ask]) => {
      const watch = (...asked: never[]) => {
        reached.push(name);
        return (ask as (...asked: never[]) => Promise<unknown>)(...asked);
      };
      return [name, watch];
    });
    const perMinute = { account: 100_000, upload: 100_000, heavy: 100_000, search: 100_000 };
    const useCases = Object.fromEntries(watched) as unknown as UseCases;
    server = serverOf(test.app, useCases, { perMinute });
    await addUser(test.app, "everything", HUMAN_ROLES);
    ({ agent, csrfToken } = await signedIn(server, "everything"));
  });
  beforeEach(() => {
    reached.length = 0;
  });
  after(() => test.close());

  const pathOf = ({ path }: Route, id = "x") => path.replace(/:\w+/, encodeURIComponent(id));
  const send = (route: Route, type: string, body: string) =>
    agent[route.method](pathOf(route)).set("X-CSRF-Token", csrfToken).type(type).send(body);

  /** Refused as misshapen at this place, before anything of ours was asked. */
  function expectRefused({ status, body }: Response, what: string, pointer?: string) {
    expect(status, what).to.be.oneOf([400, 422]);
    expect(reached, what).to.deep.equal([]);
    if (pointer === undefined) return;
    const pointers = (body.misfits as { pointer: string }[]).map((misfit) => misfit.pointer);
    expect(pointers, what).to.include(pointer);
  }

  const jsonPlaces = ROUTES.flatMap((route) =>
    route.body?.kind === "json"
      ? [...placesOf(route.body.schema as AnySchema)].map((place) => ({ route, place }))
      : [],
  );

  it("1.2.4 2.2.1 2.2.2 15.3.5 refuses an operator in every place of every body, by its type", async () => {
    expect(jsonPlaces.length).to.be.greaterThan(50);
    for (const [index, { route, place }] of jsonPlaces.entries()) {
      const body = JSON.stringify(bodyWith(place, OPERATORS[index % OPERATORS.length]));
      const answer = await send(route, "json", body);
      expectRefused(answer, `${nameOf(route)} ${body}`, `/${place.join("/")}`);
    }
  });

  it("1.2.4 15.3.5 refuses any object or list where a plain value is asked for", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...jsonPlaces), hostile, async ({ route, place }, value) => {
        reached.length = 0;
        const body = JSON.stringify(bodyWith(place, value));
        expectRefused(await send(route, "json", body), `${nameOf(route)} ${body}`);
      }),
      { numRuns: 100 },
    );
  });

  it("1.2.4 15.3.7 refuses operators, lists and repetitions in every field of every query and form", async () => {
    let turn = 0;
    /** Two of four ways to write more than one plain value, in turn. */
    const spellings = (name: string) => {
      const all = [
        `${name}[$gt]=`,
        `${name}[]=a`,
        `${name}=a&${name}=b`,
        `${encodeURIComponent(`${name}[$ne]`)}=x`,
      ];
      turn += 1;
      return all.filter((_each, index) => index % 2 === turn % 2);
    };
    for (const route of ROUTES.filter(({ isQueryOpen }) => !isQueryOpen)) {
      for (const name of [...Object.keys(route.query ?? {}), "$where"]) {
        if (route.query === undefined && name !== "$where") continue;
        for (const query of spellings(name)) {
          const asked = agent[route.method](`${pathOf(route)}?${query}`);
          const pending = asked.set("X-CSRF-Token", csrfToken);
          if (route.body !== undefined) pending.type(route.body.mediaTypes[0] ?? "").send("");
          if (route.body?.kind === "json") continue;
          expectRefused(await pending, `${nameOf(route)}?${query}`);
        }
      }
      if (route.body?.kind !== "form") continue;
      const { properties = {} } = route.body.schema as AnySchema;
      for (const name of Object.keys(properties).filter((each) => each !== "_csrf")) {
        for (const form of spellings(name)) {
          expectRefused(await send(route, "form", form), `${nameOf(route)} ${form}`);
        }
      }
    }
  });

  it("1.2.4 takes an operator in a path for the name that it is", async () => {
    for (const route of API_ROUTES.filter(({ path, body }) => path.includes(":") && !body)) {
      for (const id of ['{"$gt":""}', "[object Object]", "__proto__", "constructor"]) {
        const sent = agent[route.method](pathOf(route, id)).set("X-CSRF-Token", csrfToken);
        expect((await sent).status, `${nameOf(route)} ${id}`).to.equal(404);
      }
    }
  });

  it("1.1.1 decodes what stands in a path once", async () => {
    const asked: string[] = [];
    const useCases = standIns({
      showClaim: (_app, _actor, id) => {
        asked.push(id);
        return Promise.reject(new OperatingError("not-found"));
      },
    });
    const { agent: person } = await signedIn(serverOf(test.app, useCases), "everything");
    for (const sent of ["%2541", "%41", "a%2Bb"]) await person.get(`/api/v1/claims/${sent}`);
    expect(asked).to.deep.equal(["%41", "A", "a+b"]);
    await person.get("/api/v1/claims/%E0%A4%A").expect(400);
  });

  it("1.2.2 3.7.2 sends who signs in to a page of its own and nowhere else", async () => {
    const ways = [
      "//evil.example",
      "https://evil.example",
      "javascript:alert(1)",
      "/\\evil.example",
      "/a\r\nX: y",
    ];
    for (const next of ways) {
      const form = { email: "everything@example.org", password: PASSWORD, next };
      const answer = await request(server).post("/sign-in").type("form").send(form);
      expect([answer.status, answer.headers.location ?? "/"], next).to.be.deep.oneOf([
        [303, "/"],
        [422, "/"],
      ]);
    }
  });

  it("15.3.3 15.3.6 refuses __proto__ and constructor in every object of every JSON body", async () => {
    const poisons = [
      '"__proto__":{"polluted":1}',
      '"constructor":{"prototype":{"polluted":1}}',
      '"isAdmin":true',
    ];
    for (const route of ROUTES.filter(({ body }) => body?.kind === "json")) {
      for (const poison of poisons) {
        expectRefused(await send(route, "json", `{${poison}}`), `${nameOf(route)} ${poison}`);
      }
    }
    const whole = serverOf(test.app, ALL_USE_CASES);
    const { agent: person, csrfToken: token } = await signedIn(whole, "everything");
    const open: Readonly<Record<string, string>> = {
      "ledger/replay":
        '{"rules":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}',
      encounters: '[{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}]',
    };
    for (const [path, body] of Object.entries(open)) {
      const sent = person.post(`/api/v1/${path}`).set("X-CSRF-Token", token).type("json");
      const answer = await sent.send(body);
      expect(answer.status, path).to.be.oneOf([200, 422]);
      if (answer.status === 200) expect(answer.body.summary, path).to.include({ claims: 0 });
    }
    expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
  });

  it("5.3.1 5.3.2 13.4.3 finds nothing by a path that leads out of its place", async () => {
    const ways = [
      "../../etc/passwd",
      "..%2f..%2fetc%2fpasswd",
      "....//etc/passwd",
      "..\\..\\x",
      "a\0b",
    ];
    const asked = ROUTES.filter(
      ({ path, method, isQueryOpen }) => path.includes(":") && method === "get" && !isQueryOpen,
    );
    for (const route of asked) {
      for (const way of ways) {
        const answer = await agent.get(pathOf(route, way));
        expect(answer.status, `${nameOf(route)} ${way}`).to.be.oneOf([404, 422]);
        expect(answer.text).to.not.include("root:");
      }
    }
    for (const path of [
      "/assets/../page-routes.ts",
      "/assets/%2e%2e/layout.ts",
      "/.git/config",
      "/assets/",
      "/page/",
      "/api/docs/../../package.json",
    ]) {
      expect((await request(server).get(path)).status, path).to.be.oneOf([303, 404]);
    }
  });
});
