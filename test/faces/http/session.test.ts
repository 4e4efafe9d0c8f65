import { expect } from "chai";
import request from "supertest";
import { verifyAudit } from "../../../src/app/audit/audit.ts";
import { createApiKey, revokeApiKey } from "../../../src/app/people/api-keys.ts";
import { createSetupLink, disableUser, hasUsers } from "../../../src/app/people/people.ts";
import { peopleModels } from "../../../src/platform/store/people.ts";
import {
  addKey,
  addUser,
  openTestApp,
  PASSWORD,
  serverOf,
  signedIn,
  system,
  type TestApp,
} from "./ground.ts";

const MINUTE = 60_000;

describe("people and machines at the door", () => {
  let test: TestApp;
  const move = (minutes: number) => {
    test.clock.now = new Date(test.clock.now.getTime() + minutes * MINUTE);
  };
  before(async () => {
    test = await openTestApp();
    await addUser(test.app, "biller", ["biller"]);
  });
  after(() => test.close());

  const attempt = (server: ReturnType<typeof serverOf>, name: string, password: string) =>
    request(server)
      .post("/api/v1/session")
      .send({ email: `${name}@example.org`, password });

  it("7.4.1 15.3.1 164.312(d) lets a person in with the right password, and out again for good", async () => {
    const server = serverOf(test.app);
    const { agent, csrfToken } = await signedIn(server, "biller");
    const { body } = await agent.get("/api/v1/session").expect(200);
    expect(body.person).to.include({ name: "biller", practiceId: "practice-1" });
    expect(JSON.stringify(body)).to.not.include("argon2");
    await agent.get("/api/v1/claims").expect(200);
    await agent.delete("/api/v1/session").set("X-CSRF-Token", csrfToken).expect(204);
    await agent.get("/api/v1/claims").expect(401);
  });

  it("6.3.8 164.312(d) answers a wrong password and an unknown address alike, and neither at once", async () => {
    const server = serverOf(test.app);
    const start = Date.now();
    const wrong = await attempt(server, "biller", "not the password").expect(401);
    const unknown = await attempt(server, "nobody", PASSWORD).expect(401);
    expect(Date.now() - start).to.be.at.least(398);
    const { requestId: _one, ...first } = wrong.body;
    const { requestId: _other, ...second } = unknown.body;
    expect(first).to.deep.equal(second);
    expect(wrong.headers["set-cookie"]).to.equal(undefined);
  });

  it("2.3.2 6.3.1 164.312(d) locks an account for fifteen minutes after five failures, even for the right password", async () => {
    await addUser(test.app, "locked", ["biller"]);
    const server = serverOf(test.app);
    for (let failure = 1; failure <= 5; failure += 1) {
      await attempt(server, "locked", "not the password").expect(401);
    }
    await attempt(server, "locked", PASSWORD).expect(401);
    move(14);
    await attempt(server, "locked", PASSWORD).expect(401);
    move(2);
    await attempt(server, "locked", PASSWORD).expect(201);
  });

  it("6.3.1 2.3.4 gives ten guesses at once no more attempts than ten in a row", async () => {
    const { id } = await addUser(test.app, "burst", ["biller"]);
    const server = serverOf(test.app);
    await Promise.all(
      Array.from({ length: 10 }, () => attempt(server, "burst", "not the password").expect(401)),
    );
    const user = await peopleModels(test.app.store.connection).User.findById(id).lean();
    expect(user?.failedAttempts).to.equal(5);
    await attempt(server, "burst", PASSWORD).expect(401);
  });

  it("11.4.2 164.312(d) keeps no password and no key that could be read", async () => {
    const key = await addKey(test.app, "clearinghouse");
    const { User, ApiKey } = peopleModels(test.app.store.connection);
    const kept = JSON.stringify([await User.find().lean(), await ApiKey.find().lean()]);
    expect(kept).to.not.include(PASSWORD);
    expect(kept).to.not.include(key.slice("Bearer ".length));
    expect(kept).to.include("$argon2id$v=19$m=19456,t=2,p=1$");
  });

  it("7.3.1 164.312(a)(2)(iii) ends a session after fifteen minutes without a request", async () => {
    const { agent } = await signedIn(serverOf(test.app), "biller");
    move(14);
    await agent.get("/api/v1/claims").expect(200);
    move(14);
    await agent.get("/api/v1/claims").expect(200);
    move(15);
    await agent.get("/api/v1/claims").expect(401);
    move(-15);
    await agent.get("/api/v1/claims").expect(401);
  });

  it("7.3.2 164.312(a)(2)(iii) ends a session after twelve hours, however busy it is", async () => {
    const { agent } = await signedIn(serverOf(test.app), "biller");
    for (let minutes = 12; minutes < 12 * 60; minutes += 12) {
      move(12);
      await agent.get("/api/v1/session").expect(200);
    }
    move(12);
    await agent.get("/api/v1/session").expect(401);
  });

  it("7.2.1 survives a restart of the server, since sessions are in the database", async () => {
    const { agent } = await signedIn(serverOf(test.app), "biller");
    const cookie = await agent.get("/api/v1/session").then((response) => response.request.cookies);
    await request(serverOf(test.app)).get("/api/v1/session").set("Cookie", cookie).expect(200);
  });

  it("3.3.2 3.3.4 7.2.2 7.2.4 gives a session a new id at sign-in, for this site and for no script", async () => {
    const server = serverOf(test.app);
    const first = await attempt(server, "biller", PASSWORD).expect(201);
    const [cookie = ""] = first.headers["set-cookie"] as unknown as string[];
    expect(cookie).to.match(/^claimwright=/);
    expect(cookie).to.include("HttpOnly").and.to.include("SameSite=Strict");
    const second = await attempt(server, "biller", PASSWORD).set("Cookie", cookie).expect(201);
    const [renewed = ""] = second.headers["set-cookie"] as unknown as string[];
    expect(renewed.split(";")[0]).to.not.equal(cookie.split(";")[0]);
    const secure = serverOf(test.app, undefined, { secureCookies: true, trustedProxies: 1 });
    const behind = await attempt(secure, "biller", PASSWORD).set("X-Forwarded-Proto", "https");
    expect(String(behind.headers["set-cookie"])).to.match(/^__Host-claimwright=.*Secure/);
  });

  it("7.4.2 7.4.5 shuts a disabled user out at once, sessions included", async () => {
    const person = await addUser(test.app, "leaver", ["biller"]);
    const server = serverOf(test.app);
    const { agent } = await signedIn(server, "leaver");
    await disableUser(test.app, system(), person.id);
    await agent.get("/api/v1/claims").expect(401);
    await attempt(server, "leaver", PASSWORD).expect(401);
  });

  it("lets a key in until it is revoked or too old, and no other practice revoke it", async () => {
    const server = serverOf(test.app);
    const role = "clearinghouse";
    const made = await createApiKey(test.app, system(), { name: "a", role, expiresInDays: 30 });
    const call = () =>
      request(server).get("/api/v1/outbound-files").set("Authorization", `Bearer ${made.key}`);
    await call().expect(200);
    const other = await addUser(test.app, "other-admin", ["administrator"], "practice-2");
    const { agent, csrfToken } = await signedIn(server, "other-admin");
    const revoke = agent.delete(`/api/v1/api-keys/${made.id}`).set("X-CSRF-Token", csrfToken);
    await revoke.expect(404);
    expect(other.practiceId).to.equal("practice-2");
    move(30 * 24 * 60);
    await call().expect(401);
    move(-30 * 24 * 60);
    await call().expect(200);
    await revokeApiKey(test.app, system(), made.id);
    await call().expect(401);
  });

  it("7.2.1 164.312(d) does not fall back to the session when a key is sent that does not hold", async () => {
    const { agent } = await signedIn(serverOf(test.app), "biller");
    for (const header of ["Bearer cw_x", "Basic YTpi", `Bearer cw_${"A".repeat(43)}`]) {
      const response = await agent.get("/api/v1/claims").set("Authorization", header).expect(401);
      expect(response.headers["www-authenticate"]).to.equal("Bearer");
    }
  });

  it("3.5.1 refuses a change in a session without its token, and asks none of a key", async () => {
    const server = serverOf(test.app);
    const { agent, csrfToken } = await signedIn(server, "biller");
    const note = () => agent.post("/api/v1/denials/item-1/note").send({ text: "called" });
    expect((await note().expect(403)).body.code).to.equal("form-expired");
    await note()
      .set("X-CSRF-Token", `${csrfToken.slice(0, -1)}x`)
      .expect(403);
    await note().set("X-CSRF-Token", csrfToken).expect(200);
    await request(server)
      .post("/api/v1/denials/item-1/note")
      .set("Authorization", await addKey(test.app, "biller"))
      .send({ text: "called" })
      .expect(200);
  });

  it("3.5.1 3.5.2 refuses what a browser says another site asked for, signing in included", async () => {
    const server = serverOf(test.app);
    const cross = await attempt(server, "biller", PASSWORD).set("Sec-Fetch-Site", "cross-site");
    expect(cross.body.code).to.equal("cross-site");
    for (const origin of ["https://evil.example", "null", "http://127.0.0.1:1"]) {
      await attempt(server, "biller", PASSWORD).set("Origin", origin).expect(403);
    }
    const own = attempt(server, "biller", PASSWORD).set("Host", "billing.example.org");
    await own.set("Origin", "https://billing.example.org").expect(201);
    await attempt(server, "biller", PASSWORD)
      .set("Sec-Fetch-Site", "same-origin")
      .set("Origin", "null")
      .expect(201);
  });

  it("6.3.2 6.4.1 sets up a first user once by a link that was printed, without any default password", async () => {
    const actor = system("practice-3");
    expect(await hasUsers(test.app, "practice-3")).to.equal(false);
    const { token, path } = await createSetupLink(test.app, actor);
    const server = serverOf(test.app);
    const page = await request(server).get(path).expect(200);
    expect(page.text).to.include(`action="/setup/${token}"`);
    const form = { email: "First@Example.org", name: "First", password: "short" };
    const refused = await request(server).post(path).type("form").send(form).expect(422);
    expect(refused.text).to.include("15 to 128 characters");
    const agent = request.agent(server);
    await agent
      .post(path)
      .type("form")
      .send({ ...form, password: PASSWORD })
      .expect(303);
    const { body } = await agent.get("/api/v1/session").expect(200);
    expect(body.person.roles).to.deep.equal(["administrator", "biller"]);
    await request(server).get(path).expect(404);
    const again = { token, email: "second@example.org", name: "Second", password: PASSWORD };
    await request(server).post("/api/v1/setup").send(again).expect(404);
    expect(await hasUsers(test.app, "practice-3")).to.equal(true);
  });

  it("makes two uses of one link at the same time one user", async () => {
    const { token } = await createSetupLink(test.app, system("practice-4"));
    const server = serverOf(test.app);
    const use = (name: string) =>
      request(server)
        .post("/api/v1/setup")
        .send({ token, email: `${name}@example.org`, name, password: PASSWORD });
    const answers = await Promise.all([use("racer-a"), use("racer-b")]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 404]);
  });

  it("6.4.1 164.312(a)(2)(i) refuses a link after a day, a password like the name, and an address that is taken", async () => {
    const server = serverOf(test.app);
    const { token } = await createSetupLink(test.app, system());
    const setup = (email: string, password: string) =>
      request(server).post("/api/v1/setup").send({ token, email, name: "Ann Example", password });
    await setup("new@example.org", "annexample-annexample").expect(422);
    await setup("new@example.org", "aaaaaaaaaaaaaaaaaaaa").expect(422);
    await setup("biller@example.org", PASSWORD).expect(409);
    move(24 * 60);
    await setup("new@example.org", PASSWORD).expect(404);
  });

  it("164.312(a)(2)(i) gives no person a machine's role, and keeps the last administrator", async () => {
    const admin = await addUser(test.app, "admin", ["administrator"], "practice-5");
    const { agent, csrfToken } = await signedIn(serverOf(test.app), "admin");
    const invite = (roles: string[]) =>
      agent.post("/api/v1/users/invitations").set("X-CSRF-Token", csrfToken).send({ roles });
    await invite(["system"]).expect(422);
    await invite(["clearinghouse"]).expect(422);
    await invite([]).expect(422);
    expect((await invite(["auditor"]).expect(201)).body.path).to.match(/^\/setup\/[\w-]{43}$/);
    await agent.delete(`/api/v1/users/${admin.id}`).set("X-CSRF-Token", csrfToken).expect(409);
    const { body } = await agent.get("/api/v1/users").expect(200);
    expect(body.items).to.have.length(1);
    expect(JSON.stringify(body)).to.not.include("argon2");
  });

  it("6.3.1 limits attempts to sign in by address of the client", async () => {
    const server = serverOf(test.app, undefined, { perMinute: { "sign-in": 2 } });
    await attempt(server, "nobody", "x").expect(401);
    await attempt(server, "nobody", "x").expect(401);
    const limited = await attempt(server, "nobody", "x").expect(429);
    expect(limited.body.code).to.equal("too-many");
    await request(server).get("/api/v1/health").expect(200);
  });

  it("16.3.1 16.3.3 leaves an audit chain that verifies, with sign-ins and refusals in it", async () => {
    const report = await verifyAudit(test.app, system());
    expect(report.ok).to.equal(true);
    const events = test.app.store.practice("practice-1").auditEvents;
    expect(await events.count({ action: "session.create", outcome: "success" })).to.be.above(3);
    expect(await events.count({ action: "session.create", outcome: "denied" })).to.be.above(5);
    expect(await events.count({ action: "session.delete" })).to.equal(1);
    expect(await events.count({ action: "api-key.revoke" })).to.equal(1);
  });
});
