import { expect } from "chai";
import { createApiKey } from "../../../src/app/people/api-keys.ts";
import { changeRoles } from "../../../src/app/people/people.ts";
import { API_ROUTES } from "../../../src/faces/http/index.ts";
import {
  addUser,
  openTestApp,
  PASSWORD,
  serverOf,
  signedIn,
  system,
  type TestApp,
} from "./ground.ts";

const MINUTE = 60_000;
const NEXT_PASSWORD = "eight quiet harbours";

describe("one's own account", () => {
  let test: TestApp;
  before(async () => {
    test = await openTestApp();
  });
  after(() => test.close());
  const move = (minutes: number) => {
    test.clock.now = new Date(test.clock.now.getTime() + minutes * MINUTE);
  };

  it("7.5.1 7.5.3 is proved again before every change of users and keys, before unposting and new rules, and before what destroys or holds records", () => {
    const dangerous = API_ROUTES.filter(({ reauthenticate }) => reauthenticate).map(
      ({ method, path }) => `${method.toUpperCase()} ${path}`,
    );
    expect(dangerous).to.have.members([
      "POST /api/v1/delegations",
      "POST /api/v1/users/invitations",
      "DELETE /api/v1/users/:id",
      "POST /api/v1/users/:id/roles",
      "DELETE /api/v1/users/:id/second-factor",
      "DELETE /api/v1/users/:id/sign-on",
      "POST /api/v1/api-keys",
      "POST /api/v1/api-keys/:id/rotate",
      "DELETE /api/v1/api-keys/:id",
      "POST /api/v1/remittances/:id/unpost",
      "POST /api/v1/ledger/rules",
      "POST /api/v1/legal-holds",
      "POST /api/v1/legal-holds/:id/lift",
      "POST /api/v1/records/purge",
      "POST /api/v1/patients/:patientId/erase",
      "POST /api/v1/payer-settings",
      "POST /api/v1/approvals/:id/approve",
      "POST /api/v1/break-glass",
    ]);
  });

  it("7.5.1 7.5.3 lets a dangerous act follow within five minutes of a proof, and not after", async () => {
    await addUser(test.app, "root", ["administrator"]);
    const { agent, csrfToken } = await signedIn(serverOf(test.app), "root");
    const post = (path: string, body: object) =>
      agent.post(`/api/v1/${path}`).set("X-CSRF-Token", csrfToken).send(body);
    const invite = () => post("users/invitations", { roles: ["auditor"] });
    await invite().expect(201);
    move(5);
    expect((await invite().expect(403)).body.code).to.equal("reauthenticate");
    await agent.get("/api/v1/users").expect(200);
    await post("session/proof", { password: "not the password" }).expect(422);
    await invite().expect(403);
    await post("session/proof", { password: PASSWORD }).expect(204);
    await invite().expect(201);
  });

  it("counts wrong proofs as attempts to sign in", async () => {
    await addUser(test.app, "prover", ["biller"]);
    const { agent, csrfToken } = await signedIn(serverOf(test.app), "prover");
    const prove = (password: string) =>
      agent.post("/api/v1/session/proof").set("X-CSRF-Token", csrfToken).send({ password });
    for (let guess = 1; guess <= 5; guess += 1) await prove("not the password").expect(422);
    await prove(PASSWORD).expect(422);
    move(15);
  });

  it("6.2.2 6.2.3 7.4.3 changes its password by the old one, and every other session ends", async () => {
    await addUser(test.app, "pam", ["biller"]);
    const server = serverOf(test.app);
    const [here, there] = [await signedIn(server, "pam"), await signedIn(server, "pam")];
    const change = (password: string, newPassword: string) =>
      here.agent
        .post("/api/v1/password")
        .set("X-CSRF-Token", here.csrfToken)
        .send({ password, newPassword });
    await change("not the password", NEXT_PASSWORD).expect(422);
    await change(PASSWORD, "short").expect(422);
    await change(PASSWORD, PASSWORD).expect(422);
    await there.agent.get("/api/v1/claims").expect(200);
    await change(PASSWORD, NEXT_PASSWORD).expect(201);
    await here.agent.get("/api/v1/claims").expect(200);
    await there.agent.get("/api/v1/claims").expect(401);
    const enter = (password: string) =>
      there.agent.post("/api/v1/session").send({ email: "pam@example.org", password });
    await enter(PASSWORD).expect(401);
    await enter(NEXT_PASSWORD).expect(201);
  });

  it("signs out everywhere", async () => {
    await addUser(test.app, "quinn", ["biller"]);
    const server = serverOf(test.app);
    const [here, there] = [await signedIn(server, "quinn"), await signedIn(server, "quinn")];
    await here.agent.delete("/api/v1/sessions").set("X-CSRF-Token", here.csrfToken).expect(204);
    for (const { agent } of [here, there]) await agent.get("/api/v1/claims").expect(401);
    const events = test.app.store.practice("practice-1").auditEvents;
    expect(await events.count({ action: "session.delete-all" })).to.equal(1);
  });

  it("7.4.5 8.3.2 has other roles from the moment they are changed, and its old sessions end", async () => {
    const { id } = await addUser(test.app, "rosa", ["biller"]);
    const server = serverOf(test.app);
    const before = await signedIn(server, "rosa");
    await changeRoles(test.app, system(), id, ["auditor"]);
    await before.agent.get("/api/v1/claims").expect(401);
    const { agent } = await signedIn(server, "rosa");
    await agent.get("/api/v1/audit/verify").expect(200);
    await agent.get("/api/v1/outbound-files").expect(403);
    const events = test.app.store.practice("practice-1").auditEvents;
    const [event] = await events.find({ action: "user.roles" });
    expect(event?.detail).to.deep.equal({ before: ["biller"], after: ["auditor"] });
  });

  it("keeps an administrator in the practice, and takes no machine's role", async () => {
    const { id } = await addUser(test.app, "solo", ["administrator"], "practice-3");
    const code = async (work: Promise<unknown>) =>
      work.then(
        () => "done",
        (error: { code: string }) => error.code,
      );
    const boss = system("practice-3");
    expect(await code(changeRoles(test.app, boss, id, ["biller"]))).to.equal("state");
    expect(await code(changeRoles(test.app, boss, id, ["system"]))).to.equal("invalid");
    expect(await code(changeRoles(test.app, system(), id, ["biller"]))).to.equal("not-found");
    expect(await code(changeRoles(test.app, boss, id, ["administrator", "biller"]))).to.equal(
      "done",
    );
  });

  it("has keys beside it that end after a year unless somebody says otherwise", async () => {
    const { expiresAt } = await createApiKey(test.app, system(), { name: "k", role: "biller" });
    const days = (Date.parse(expiresAt ?? "") - test.clock.now.getTime()) / (24 * 60 * MINUTE);
    expect(days).to.equal(365);
  });
});
