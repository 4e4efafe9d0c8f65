import { expect } from "chai";
import { Secret, TOTP } from "otpauth";
import request from "supertest";
import type { Actor } from "../../../src/app/context.ts";
import { resealData } from "../../../src/app/keys.ts";
import { createSetupLink } from "../../../src/app/people/people.ts";
import { beginEnrolment, confirmEnrolment } from "../../../src/app/people/second-factor.ts";
import { peopleModels } from "../../../src/platform/store/people.ts";
import {
  addUser,
  openTestApp,
  PASSWORD,
  serverOf,
  signedIn,
  system,
  type TestApp,
} from "./ground.ts";

const STEP_MS = 30_000;

describe("the second factor", () => {
  let test: TestApp;
  before(async () => {
    test = await openTestApp();
  });
  after(() => test.close());

  const strict = () => serverOf(test.app, undefined, { secondFactor: "required" });
  const move = (ms: number) => {
    test.clock.now = new Date(test.clock.now.getTime() + ms);
  };
  const enter = (name: string, code?: string) =>
    request(strict())
      .post("/api/v1/session")
      .send({ email: `${name}@example.org`, password: PASSWORD, ...(code && { code }) });

  /** The code that an app with this secret shows so many steps from now. */
  function codeOf(secret: string, steps = 0): string {
    const timestamp = test.clock.now.getTime() + steps * STEP_MS;
    return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
  }

  /** A user with a factor in use, and with the step of its confirmation gone by. */
  async function enrolled(name: string) {
    const { id } = await addUser(test.app, name, ["biller"]);
    const actor: Actor = { ...system(), id, kind: "person", roles: ["biller"] };
    const { secret } = await beginEnrolment(test.app, actor);
    const { recoveryCodes } = await confirmEnrolment(test.app, actor, codeOf(secret));
    move(2 * STEP_MS);
    return { id, secret, codes: recoveryCodes };
  }

  it("2.3.1 6.3.3 164.312(d) opens nothing but the entrance to who has none, until one is set up", async () => {
    await addUser(test.app, "new", ["biller"]);
    const { agent, csrfToken } = await signedIn(strict(), "new");
    expect((await agent.get("/api/v1/session").expect(200)).body.owes).to.equal("enrolment");
    expect((await agent.get("/api/v1/claims").expect(401)).body.code).to.equal("second-factor");
    const post = (path: string, body: object = {}) =>
      agent.post(`/api/v1/second-factor${path}`).set("X-CSRF-Token", csrfToken).send(body);
    await post("/confirm", { code: "123456" }).expect(409);
    const { uri, secret } = (await post("").expect(201)).body;
    expect(uri).to.match(/^otpauth:\/\/totp\/Claimwright:new%40example\.org\?/);
    expect(secret).to.match(/^[A-Z2-7]{32}$/);
    await post("/confirm", { code: codeOf(secret, 3) }).expect(422);
    const { body } = await post("/confirm", { code: codeOf(secret) }).expect(201);
    expect(new Set(body.recoveryCodes)).to.have.length(10);
    await agent.get("/api/v1/claims").expect(200);
    await agent.post("/api/v1/second-factor").set("X-CSRF-Token", body.csrfToken).expect(409);
  });

  it("confirms only the newest secret, so that one who saw an older one has nothing", async () => {
    await addUser(test.app, "twice", ["biller"]);
    const { agent, csrfToken } = await signedIn(strict(), "twice");
    const post = (path: string, body: object = {}) =>
      agent.post(`/api/v1/second-factor${path}`).set("X-CSRF-Token", csrfToken).send(body);
    const first = (await post("").expect(201)).body.secret;
    const second = (await post("").expect(201)).body.secret;
    expect(first).to.not.equal(second);
    await post("/confirm", { code: codeOf(first) }).expect(422);
    await post("/confirm", { code: codeOf(second) }).expect(201);
  });

  it("6.3.4 164.312(d) asks for the code after the password, or takes it along, whatever the setting says", async () => {
    const { secret } = await enrolled("ann");
    const lenient = await signedIn(serverOf(test.app), "ann");
    await lenient.agent.get("/api/v1/claims").expect(401);
    await lenient.agent
      .post("/api/v1/second-factor")
      .set("X-CSRF-Token", lenient.csrfToken)
      .expect(401);
    const { body } = await lenient.agent
      .post("/api/v1/session/code")
      .set("X-CSRF-Token", lenient.csrfToken)
      .send({ code: codeOf(secret) })
      .expect(201);
    expect(body.owes).to.equal(null);
    await lenient.agent.get("/api/v1/claims").expect(200);
    move(STEP_MS);
    expect((await enter("ann", codeOf(secret)).expect(201)).body.owes).to.equal(null);
  });

  it("6.5.1 takes each code once, also when two try it at once, and forgives one step of the clock", async () => {
    const { secret } = await enrolled("bob");
    const code = codeOf(secret);
    const answers = await Promise.all([enter("bob", code), enter("bob", code)]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 401]);
    move(3 * STEP_MS);
    await enter("bob", codeOf(secret, -2)).expect(401);
    await enter("bob", codeOf(secret, 2)).expect(401);
    await enter("bob", codeOf(secret, -1)).expect(201);
    await enter("bob", codeOf(secret, 1)).expect(201);
    // The code of now is older than the one that was used.
    await enter("bob", codeOf(secret)).expect(401);
  });

  it("6.5.1 takes each recovery code once", async () => {
    const { codes } = await enrolled("cleo");
    const [first = "", second = ""] = codes;
    await enter("cleo", first).expect(201);
    await enter("cleo", first).expect(401);
    await enter("cleo", second.toUpperCase().replaceAll("-", " ")).expect(201);
  });

  it("6.3.1 counts wrong codes with wrong passwords, so that who has the password cannot guess on", async () => {
    const { secret, codes } = await enrolled("dan");
    for (let guess = 1; guess <= 5; guess += 1) await enter("dan", "000000").expect(401);
    await enter("dan", codeOf(secret)).expect(401);
    await enter("dan", codes[0]).expect(401);
    move(15 * 60_000 + STEP_MS);
    await enter("dan", codeOf(secret)).expect(201);
  });

  it("gives ten minutes for the code, and none of the pages meanwhile", async () => {
    await enrolled("eve");
    const { agent } = await signedIn(strict(), "eve");
    move(10 * 60_000);
    await agent.get("/api/v1/session").expect(401);
  });

  it("6.4.4 is reset by an administrator of the practice, and by nobody else's", async () => {
    const { id, codes } = await enrolled("finn");
    const boss = await addUser(test.app, "boss", ["administrator"]);
    await addUser(test.app, "stranger", ["administrator"], "practice-2");
    const reset = async (name: string) => {
      const { agent, csrfToken } = await signedIn(serverOf(test.app), name);
      return agent.delete(`/api/v1/users/${id}/second-factor`).set("X-CSRF-Token", csrfToken);
    };
    expect((await reset("stranger")).status).to.equal(404);
    expect((await enter("finn").expect(201)).body.owes).to.equal("code");
    expect((await reset("boss")).status).to.equal(204);
    expect((await enter("finn").expect(201)).body.owes).to.equal("enrolment");
    expect((await enter("finn", codes[0]).expect(201)).body.owes).to.equal("enrolment");
    const events = test.app.store.practice("practice-1").auditEvents;
    const [event] = await events.find({ action: "second-factor.reset" });
    expect(event).to.deep.include({ outcome: "success", entity: { type: "user", id } });
    expect(event?.actor.id).to.equal(boss.id);
  });

  it("6.5.2 6.5.4 keeps no secret and no code that could be read, and seals anew with the other data", async () => {
    const { id, secret, codes } = await enrolled("gwen");
    const user = await peopleModels(test.app.store.connection).User.findById(id).lean();
    const kept = JSON.stringify(user) + Buffer.from(user?.packed ?? []).toString("latin1");
    for (const hidden of [secret, ...codes, ...codes.map((code) => code.replaceAll("-", ""))]) {
      expect(kept).to.not.include(hidden);
    }
    const { users } = await resealData(test.app, system(), () => undefined);
    expect(users?.seen).to.be.greaterThan(0);
    await enter("gwen", codeOf(secret)).expect(201);
  });

  it("is set up and asked for by pages without scripts", async () => {
    const { token } = await createSetupLink(test.app, system(), ["biller"]);
    const agent = request.agent(strict());
    const post = (path: string, form: object) => agent.post(path).type("form").send(form);
    const field = (text: string) => /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? "";
    const person = { name: "Hal", email: "hal@example.org", password: PASSWORD };
    const made = await post(`/setup/${token}`, person).expect(303);
    expect(made.headers.location).to.equal("/second-factor");
    let _csrf = field((await agent.get("/second-factor").expect(200)).text);
    await post("/second-factor", {}).expect(403);
    const { text } = await post("/second-factor", { _csrf }).expect(200);
    const secret = (/<code>([A-Z2-7 ]+)<\/code>/.exec(text)?.[1] ?? "").replaceAll(" ", "");
    expect(text)
      .to.include(`secret=${secret}`)
      .and.to.not.match(/<script|\sstyle=/);
    const wrong = await post("/second-factor/confirm", { _csrf, code: "000000" }).expect(422);
    expect(wrong.text).to.include('role="alert"').and.to.not.include(secret);
    const done = await post("/second-factor/confirm", { _csrf, code: codeOf(secret) }).expect(200);
    expect(done.text.match(/<li><code>/g)).to.have.length(10);
    _csrf = field(done.text);
    await post("/sign-out", { _csrf }).expect(303);
    move(2 * STEP_MS);
    const credentials = { email: person.email, password: PASSWORD, next: "/claims/PCN1" };
    const door = await post("/sign-in", credentials).expect(303);
    expect(door.headers.location).to.equal("/sign-in/code?next=%2Fclaims%2FPCN1");
    const sent = await agent.get("/queue").expect(303);
    expect(sent.headers.location).to.equal("/sign-in/code?next=%2Fqueue");
    const form = await agent.get(String(door.headers.location)).expect(200);
    _csrf = field(form.text);
    await post("/sign-in/code", { _csrf, code: "000000" }).expect(401);
    const code = { _csrf, code: codeOf(secret), next: "/claims/PCN1" };
    expect((await post("/sign-in/code", code).expect(303)).headers.location).to.equal(
      "/claims/PCN1",
    );
    await agent.get("/claims/PCN1").expect(200);
  });

  it("sends who has to set one up from every page to where it is done", async () => {
    await addUser(test.app, "ida", ["biller"]);
    const agent = request.agent(strict());
    const form = { email: "ida@example.org", password: PASSWORD };
    const door = await agent.post("/sign-in").type("form").send(form).expect(303);
    expect(door.headers.location).to.equal("/second-factor");
    const page = await agent.get("/queue").expect(303);
    expect(page.headers.location).to.equal("/sign-in/code?next=%2Fqueue");
    const next = await agent.get("/sign-in/code").expect(303);
    expect(next.headers.location).to.equal("/second-factor");
  });
});
