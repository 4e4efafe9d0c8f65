import { expect } from "chai";
import type { Express } from "express";
import request from "supertest";
import { PERMISSIONS, type Permission } from "../../../src/app/access.ts";
import { API_ROUTES, PAGE_ROUTES, type Route } from "../../../src/faces/http/index.ts";
import { openTestApp, serverOf, type TestApp } from "./ground.ts";

const isGuarded = (route: Route) => !["public", "session", "entrance"].includes(route.access);
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

/** Who is let in where is held by matrix.test.ts. */
describe("the route table", () => {
  let test: TestApp;
  let server: Express;
  before(async () => {
    test = await openTestApp();
    server = serverOf(test.app);
  });
  after(() => test.close());

  it("is all that the server serves", () => {
    expect(mounted(server)).to.deep.equal([...API_ROUTES, ...PAGE_ROUTES].map(name));
  });

  it("8.3.1 13.4.5 names a permission of the matrix for every route that is not public or a session's", () => {
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

  it("164.316(b)(2)(ii) is in the API document, route by route, with permission, parameters and body", async () => {
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
});
