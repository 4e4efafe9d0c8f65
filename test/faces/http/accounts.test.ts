import { expect } from "chai";
import request from "supertest";
import { addUser, openTestApp, PASSWORD, serverOf, signedIn, type TestApp } from "./ground.ts";

const YEAR_MS = 365 * 24 * 3_600_000;

describe("accounts over time", () => {
  let test: TestApp;
  before(async () => {
    test = await openTestApp();
    await addUser(test.app, "ann", ["biller"]);
  });
  after(() => test.close());

  it("6.2.6 6.2.7 are entered by forms that hide the password and let managers fill it in", async () => {
    const { text } = await request(serverOf(test.app)).get("/sign-in").expect(200);
    const [field = ""] = /<input[^>]*name="password"[^>]*>/.exec(text) ?? [];
    expect(field).to.include('type="password"').and.to.include('autocomplete="current-password"');
    expect(text).to.not.match(/onpaste|autocomplete="off"/);
  });

  it("6.2.10 keep their password until somebody changes it", async () => {
    test.clock.now = new Date(test.clock.now.getTime() + 5 * YEAR_MS);
    const credentials = { email: "ann@example.org", password: PASSWORD };
    await request(serverOf(test.app)).post("/api/v1/session").send(credentials).expect(201);
  });

  it("7.2.3 have sessions whose ids are 128 random bits and more", async () => {
    const ids = new Set<string>();
    for (let count = 0; count < 3; count += 1) {
      const { agent } = await signedIn(serverOf(test.app), "ann");
      const answer = await agent.get("/api/v1/session").expect(200);
      const [, id = ""] = /claimwright=s%3A([\w-]+)\./.exec(String(answer.request.cookies)) ?? [];
      // 24 bytes of the system's generator in base64url.
      expect(id).to.match(/^[\w-]{32}$/);
      ids.add(id);
    }
    expect(ids.size).to.equal(3);
  });

  it("14.3.1 leave nothing in the browser when a session ends", async () => {
    const { agent, csrfToken } = await signedIn(serverOf(test.app), "ann");
    const { headers } = await agent.delete("/api/v1/session").set("X-CSRF-Token", csrfToken);
    expect(headers["clear-site-data"]).to.equal('"cache", "storage"');
  });
});
