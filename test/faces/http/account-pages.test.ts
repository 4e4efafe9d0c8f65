import { expect } from "chai";
import type { Express } from "express";
import { addUser, openTestApp, PASSWORD, serverOf, signedIn, type TestApp } from "./ground.ts";

const MINUTE = 60_000;
const NEXT_PASSWORD = "eight quiet harbours";

describe("the pages of one's own account", () => {
  let test: TestApp;
  let server: Express;
  before(async () => {
    test = await openTestApp();
    server = serverOf(test.app);
  });
  after(() => test.close());

  /** A browser of a new person, and how it sends a form. */
  async function browser(name: string, isNew = true) {
    if (isNew) await addUser(test.app, name, ["administrator"]);
    const { agent, csrfToken } = await signedIn(server, name);
    const held = { csrfToken };
    const send = (path: string, fields: object = {}) =>
      agent
        .post(`/account${path}`)
        .type("form")
        .send({ _csrf: held.csrfToken, ...fields });
    return { agent, held, send };
  }

  it("7.5.2 show where one is signed in, oneself only, and end it everywhere", async () => {
    await browser("other");
    const here = await browser("ann");
    test.clock.now = new Date(test.clock.now.getTime() + MINUTE);
    const there = await browser("ann", false);
    const { items } = (await there.agent.get("/api/v1/sessions").expect(200)).body;
    expect(items.map(({ isThis }: { isThis: boolean }) => isThis)).to.deep.equal([true, false]);
    expect(Date.parse(items[0].signedInAt) - Date.parse(items[1].signedInAt)).to.equal(MINUTE);
    const { text } = await here.agent.get("/account").expect(200);
    expect(text.match(/<td>/g)).to.have.length(6);
    expect(text).to.include("ann: administrator.").and.to.include("This one");
    const { headers } = await here.send("/sign-out-everywhere").expect(303);
    expect(headers.location).to.equal("/sign-in");
    for (const { agent } of [here, there]) await agent.get("/api/v1/users").expect(401);
  });

  it("list no session that is over: not the idle one, and not one that was ended elsewhere", async () => {
    const idle = await browser("bob");
    test.clock.now = new Date(test.clock.now.getTime() + 15 * MINUTE);
    const here = await browser("bob", false);
    expect((await here.agent.get("/api/v1/sessions")).body.items).to.have.length(1);
    await idle.agent.get("/api/v1/sessions").expect(401);
    await here.send("/password", { password: PASSWORD, newPassword: NEXT_PASSWORD }).expect(303);
    expect((await here.agent.get("/api/v1/sessions")).body.items).to.have.length(1);
  });

  it("change the password by the old one, and say what is wrong with another", async () => {
    const { agent, send } = await browser("cleo");
    const refused = await send("/password", { password: PASSWORD, newPassword: "short" });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.include("15 to 128 characters").and.to.not.include(PASSWORD);
    const wrong = await send("/password", { password: "x", newPassword: NEXT_PASSWORD });
    expect(wrong.status).to.equal(422);
    await send("/password", { password: PASSWORD, newPassword: NEXT_PASSWORD }).expect(303);
    await agent.get("/account").expect(200);
    const credentials = { email: "cleo@example.org", password: NEXT_PASSWORD };
    await agent.post("/api/v1/session").send(credentials).expect(201);
  });

  it("7.5.3 prove again who one is, and lead back only to pages of the service", async () => {
    const { agent, held, send } = await browser("dan");
    const invite = () =>
      agent
        .post("/api/v1/users/invitations")
        .set("X-CSRF-Token", held.csrfToken)
        .send({ roles: ["auditor"] });
    test.clock.now = new Date(test.clock.now.getTime() + 5 * MINUTE);
    await invite().expect(403);
    expect((await agent.get("/account/proof?next=/people")).text).to.include('value="/people"');
    expect((await send("/proof", { password: "x" })).status).to.equal(422);
    await invite().expect(403);
    const proved = await send("/proof", { password: PASSWORD, next: "/people" }).expect(303);
    expect(proved.headers.location).to.equal("/people");
    await invite().expect(201);
    const astray = await send("/proof", { password: PASSWORD, next: "//elsewhere.example" });
    expect(astray.headers.location).to.equal("/");
  });
});
