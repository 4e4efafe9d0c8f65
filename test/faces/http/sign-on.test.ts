import { expect } from "chai";
import type { Express } from "express";
import { Secret, TOTP } from "otpauth";
import request from "supertest";
import { disableUser } from "../../../src/app/people/people.ts";
import { beginEnrolment, confirmEnrolment } from "../../../src/app/people/second-factor.ts";
import { type Organization, organizationOf, unlinkUser } from "../../../src/app/people/sign-on.ts";
import { readEnvironment } from "../../../src/platform/config/index.ts";
import { addUser, openTestApp, serverOf, signedIn, system, type TestApp } from "./ground.ts";
import { CLIENT_ID, CLIENT_SECRET, openProvider, type TestProvider } from "./sign-on-provider.ts";

const PRACTICE = "practice-1";
const CALLBACK = "/sign-in/organization/callback";
const MINUTE = 60_000;
const REFUSAL = "did not lead to an account here";

describe("sign-on by an organization's provider", () => {
  let test: TestApp;
  let provider: TestProvider;
  let organization: Organization;
  before(async () => {
    test = await openTestApp();
    provider = await openProvider();
    organization = organizationOf(settings(), PRACTICE);
  });
  after(async () => {
    await provider.close();
    await test.close();
  });

  function settings(factors: readonly string[] = []) {
    const { issuer } = provider;
    return { issuer, clientId: CLIENT_ID, clientSecret: { text: CLIENT_SECRET }, factors };
  }
  /** A server is dear to make, so those of one configuration are one. */
  const servers = new Map<object, Express>();
  const AS_IT_IS = {};
  function server(changes: object = AS_IT_IS): Express {
    const known = servers.get(changes);
    if (known !== undefined) return known;
    const made = serverOf(test.app, undefined, { organization, ...changes });
    servers.set(changes, made);
    return made;
  }
  const claimsOf = (name: string) => ({
    sub: `subject-${name}`,
    email: `${name}@Example.org`,
    email_verified: true,
  });

  /** A browser at the provider's door. */
  async function begun(changes: object = AS_IT_IS, query = "") {
    const agent = request.agent(server(changes));
    const { headers } = await agent.get(`/sign-in/organization${query}`).expect(303);
    const cookie = String(headers["set-cookie"]).split(";")[0] ?? "";
    return { agent, authorization: String(headers.location), cookie };
  }

  /** A browser that has come back with these claims about the person. */
  async function returned(claims: object, changes: object = AS_IT_IS, key?: "forged") {
    const { agent, authorization } = await begun(changes);
    const search = provider.signIn(authorization, claims, key);
    return { agent, search, answer: await agent.get(CALLBACK + search) };
  }

  async function expectRefused(claims: object, key?: "forged") {
    const { agent, answer } = await returned(claims, AS_IT_IS, key);
    expect(answer.status).to.equal(401);
    expect(answer.text).to.include(REFUSAL);
    await agent.get("/api/v1/claims").expect(401);
  }

  /** What is on record of sign-ins since, oldest first: outcome and reason, or how. */
  async function said(from = 0): Promise<string[]> {
    const events = await test.app.store
      .practice(PRACTICE)
      .auditEvents.find({ action: { $in: ["session.create", "user.link"] } });
    return events
      .sort((a, b) => a.sequence - b.sequence)
      .slice(from)
      .map(({ action, outcome, detail }) =>
        outcome === "denied" ? `denied ${detail?.reason}` : `${action} ${detail?.by ?? ""}`.trim(),
      );
  }

  it("6.8.1 10.5.2 164.312(d) lets in who has an account of the verified address, and knows the person by subject ever after", async () => {
    await addUser(test.app, "ann", ["biller"]);
    const from = (await said()).length;
    const { agent, answer } = await returned(claimsOf("ann"));
    expect(answer.status).to.equal(200);
    expect(answer.text).to.include('<meta http-equiv="refresh" content="0; url=/">');
    await agent.get("/api/v1/claims").expect(200);
    // The address at the provider has changed since; the subject has not.
    const again = await returned({ ...claimsOf("ann"), email: "ann.married@example.org" });
    await again.agent.get("/api/v1/claims").expect(200);
    expect(await said(from)).to.deep.equal([
      "user.link",
      "session.create organization",
      "session.create organization",
    ]);
  });

  it("10.1.2 asks by authorization code with PKCE, state and nonce that are new each time, and keeps no secret in the address", async () => {
    const [first, second] = [await begun(), await begun()];
    const [one, two] = [first, second].map(({ authorization }) => new URL(authorization));
    const asked = Object.fromEntries(one?.searchParams ?? []);
    expect(asked).to.include({
      response_type: "code",
      client_id: CLIENT_ID,
      code_challenge_method: "S256",
      scope: "openid email",
    });
    expect(asked).to.not.have.any.keys("prompt", "client_secret", "code_verifier");
    for (const name of ["state", "nonce", "code_challenge"]) {
      expect(asked[name], name).to.match(/^[A-Za-z0-9_-]{43}$/);
      expect(asked[name], name).to.not.equal(two?.searchParams.get(name));
    }
  });

  it("binds the way back to the browser by a cookie that scripts cannot read and other sites do not get", async () => {
    const { headers } = await request(server({ secureCookies: true })).get("/sign-in/organization");
    expect(String(headers["set-cookie"])).to.match(
      /^__Host-claimwright-sign-on=[^;]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax/,
    );
  });

  it("10.2.1 refuses another state, another browser, an attempt of ten minutes ago, and what nobody began", async () => {
    await addUser(test.app, "bea", ["biller"]);
    const { agent, authorization } = await begun();
    const search = provider.signIn(authorization, claimsOf("bea"));
    const other = await begun();
    await other.agent.get(CALLBACK + search).expect(401);
    await request(server())
      .get(CALLBACK + search)
      .expect(401);
    await request(server()).get(`${CALLBACK}?code=x&state=y`).expect(401);
    const wrong = new URLSearchParams(search);
    wrong.set("state", "x".repeat(43));
    await agent.get(`${CALLBACK}?${wrong}`).expect(401);
    const late = await begun();
    const lateSearch = provider.signIn(late.authorization, claimsOf("bea"));
    test.clock.now = new Date(test.clock.now.getTime() + 10 * MINUTE);
    await late.agent.get(CALLBACK + lateSearch).expect(401);
  });

  it("10.2.1 takes a code once: the way back does not open twice, and not in another attempt", async () => {
    await addUser(test.app, "cyd", ["biller"]);
    const { agent, authorization, cookie } = await begun();
    const search = provider.signIn(authorization, claimsOf("cyd"));
    await agent.get(CALLBACK + search).expect(200);
    await request(server())
      .get(CALLBACK + search)
      .set("Cookie", cookie)
      .expect(401);
    const other = await begun();
    const replayed = new URLSearchParams(search);
    const state = new URL(other.authorization).searchParams.get("state") ?? "";
    replayed.set("state", state);
    await other.agent.get(`${CALLBACK}?${replayed}`).expect(401);
    expect((await said()).at(-1)).to.equal("denied assertion");
  });

  it("6.8.2 9.1.1 9.1.3 9.2.1 9.2.3 10.5.1 10.5.4 refuses tokens of another nonce, audience, issuer or key, and those that have expired", async () => {
    await addUser(test.app, "dan", ["biller"]);
    const past = Math.floor(Date.now() / 1000) - 120;
    const wrong = [
      { nonce: "another" },
      { nonce: undefined },
      { aud: "another-client" },
      { iss: "http://127.0.0.1:1" },
      { exp: past },
      { sub: undefined },
    ];
    const from = (await said()).length;
    for (const claims of wrong) await expectRefused({ ...claimsOf("dan"), ...claims });
    await expectRefused(claimsOf("dan"), "forged");
    expect(await said(from)).to.deep.equal(Array(7).fill("denied assertion"));
    const { answer } = await returned(claimsOf("dan"));
    expect(answer.status).to.equal(200);
  });

  it("6.8.1 refuses an unverified address, whoever it belongs to, and who has no account: nobody becomes a user by it", async () => {
    await addUser(test.app, "eve", ["biller"]);
    const from = (await said()).length;
    await expectRefused({ ...claimsOf("eve"), email_verified: false });
    await expectRefused({ ...claimsOf("eve"), email_verified: "true" });
    provider.userInfo = { sub: "subject-eve" };
    await expectRefused({ sub: "subject-eve" });
    provider.userInfo = undefined;
    await expectRefused(claimsOf("nobody"));
    await addUser(test.app, "elsewhere", ["biller"], "practice-2");
    await expectRefused(claimsOf("elsewhere"));
    expect(await said(from)).to.deep.equal([
      ...Array(3).fill("denied unverified-email"),
      ...Array(2).fill("denied unknown-person"),
    ]);
  });

  it("asks the provider for the address where the token does not hold it", async () => {
    await addUser(test.app, "flo", ["biller"]);
    provider.userInfo = claimsOf("flo");
    const { answer } = await returned({ sub: "subject-flo" });
    provider.userInfo = undefined;
    expect(answer.status).to.equal(200);
  });

  it("refuses an address that has passed to somebody else, and counts it as an attempt on the account", async () => {
    await addUser(test.app, "gus", ["biller"]);
    expect((await returned(claimsOf("gus"))).answer.status).to.equal(200);
    const from = (await said()).length;
    for (let guess = 1; guess <= 5; guess += 1) {
      await expectRefused({ ...claimsOf("gus"), sub: "somebody-else" });
    }
    await expectRefused(claimsOf("gus"));
    expect(await said(from)).to.deep.equal([
      ...Array(5).fill("denied other-subject"),
      "denied locked",
    ]);
    test.clock.now = new Date(test.clock.now.getTime() + 15 * MINUTE);
    expect((await returned(claimsOf("gus"))).answer.status).to.equal(200);
  });

  it("follows the address to another subject once an administrator has said so", async () => {
    const { id } = await addUser(test.app, "mia", ["biller"]);
    await returned(claimsOf("mia"));
    const anew = { ...claimsOf("mia"), sub: "made-anew" };
    await expectRefused(anew);
    await unlinkUser(test.app, system(), id);
    expect((await returned(anew)).answer.status).to.equal(200);
    await expectRefused(claimsOf("mia"));
    const elsewhere = await unlinkUser(test.app, system("practice-2"), id).catch(
      ({ code }: { code: string }) => code,
    );
    expect(elsewhere).to.equal("not-found");
  });

  it("refuses a person whose access has ended, linked or not, and ends the sessions of one with the access", async () => {
    const { id } = await addUser(test.app, "hal", ["biller"]);
    const { agent } = await returned(claimsOf("hal"));
    await disableUser(test.app, system(), id);
    await agent.get("/api/v1/claims").expect(401);
    await expectRefused(claimsOf("hal"));
    const never = await addUser(test.app, "ian", ["biller"]);
    await disableUser(test.app, system(), never.id);
    await expectRefused(claimsOf("ian"));
    expect((await said()).slice(-2)).to.deep.equal(["denied disabled", "denied disabled"]);
  });

  it("has sessions with the same limits, which end everywhere together", async () => {
    await addUser(test.app, "jan", ["biller"]);
    const [here, there] = [await returned(claimsOf("jan")), await returned(claimsOf("jan"))];
    const byPassword = await signedIn(server(), "jan");
    await byPassword.agent
      .delete("/api/v1/sessions")
      .set("X-CSRF-Token", byPassword.csrfToken)
      .expect(204);
    for (const { agent } of [here, there]) await agent.get("/api/v1/claims").expect(401);
    const { agent } = await returned(claimsOf("jan"));
    test.clock.now = new Date(test.clock.now.getTime() + 14 * MINUTE);
    await agent.get("/api/v1/claims").expect(200);
    test.clock.now = new Date(test.clock.now.getTime() + 15 * MINUTE);
    await agent.get("/api/v1/claims").expect(401);
  });

  it("asks for our second factor too, unless the provider says that it has seen one that counts", async () => {
    const person = await addUser(test.app, "kim", ["biller"]);
    const strict = { secondFactor: "required" };
    const owes = async (claims: object, changes: object) => {
      const { agent, answer } = await returned({ ...claimsOf("kim"), ...claims }, changes);
      expect(answer.status).to.equal(200);
      return (await agent.get("/api/v1/session").expect(200)).body.owes;
    };
    expect(await owes({ amr: ["pwd", "mfa"] }, strict)).to.equal("enrolment");
    const counted = {
      ...strict,
      organization: organizationOf(settings(["amr:mfa", "acr:phr"]), PRACTICE),
    };
    expect(await owes({ amr: ["pwd"] }, counted)).to.equal("enrolment");
    expect(await owes({ amr: ["pwd", "mfa"] }, counted)).to.equal(null);
    expect(await owes({ acr: "phr" }, counted)).to.equal(null);
    const actor = { ...system(), id: person.id, kind: "person" } as const;
    const { secret } = await beginEnrolment(test.app, actor);
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    const code = () => totp.generate({ timestamp: test.clock.now.getTime() });
    await confirmEnrolment(test.app, actor, code());
    expect(await owes({ amr: ["mfa"] }, counted)).to.equal(null);
    const { agent, answer } = await returned(claimsOf("kim"), counted);
    expect(answer.text).to.include("/sign-in/code?next=%2F");
    await agent.get("/api/v1/claims").expect(401);
    const { csrfToken } = (await agent.get("/api/v1/session")).body;
    test.clock.now = new Date(test.clock.now.getTime() + MINUTE);
    const pay = (code: string) =>
      agent.post("/api/v1/session/code").set("X-CSRF-Token", csrfToken).send({ code });
    await pay("123").expect(401);
    await pay(code()).expect(201);
    await agent.get("/api/v1/claims").expect(200);
  });

  it("6.8.4 7.5.3 opens dangerous acts only to who was looked at by the provider in the last five minutes", async () => {
    await addUser(test.app, "lee", ["administrator"]);
    const invite = async ({ agent }: Pick<Awaited<ReturnType<typeof returned>>, "agent">) => {
      const { csrfToken } = (await agent.get("/api/v1/session").expect(200)).body;
      const { status } = await agent
        .post("/api/v1/users/invitations")
        .set("X-CSRF-Token", csrfToken)
        .send({ roles: ["auditor"] });
      return status;
    };
    const now = () => Math.floor(test.clock.now.getTime() / 1000);
    expect(await invite(await returned(claimsOf("lee")))).to.equal(403);
    const claims = { ...claimsOf("lee"), auth_time: now() - 400 };
    expect(await invite(await returned(claims))).to.equal(403);
    expect(await invite(await returned({ ...claims, auth_time: now() }))).to.equal(201);
    const { agent, authorization } = await begun(AS_IT_IS, "?fresh=1&next=/account");
    const asked = Object.fromEntries(new URL(authorization).searchParams);
    expect(asked).to.include({ prompt: "login", max_age: "300" });
    // The provider must say when it looked, where that was asked for.
    await agent.get(CALLBACK + provider.signIn(authorization, claimsOf("lee"))).expect(401);
  });

  it("shows its button where a provider is configured, says so when it is away, and is not found where there is none", async () => {
    const { text } = await request(server()).get("/sign-in?next=/queue").expect(200);
    expect(text).to.include("/sign-in/organization?next=%2Fqueue");
    const plain = server({ organization: undefined });
    expect((await request(plain).get("/sign-in")).text).to.not.include("organization");
    await request(plain).get("/sign-in/organization").expect(404);
    await request(plain).get(`${CALLBACK}?code=x&state=y`).expect(404);
    const { agent, authorization } = await begun();
    provider.isDown = true;
    const away = organizationOf(settings(), PRACTICE);
    const unlucky = server({ organization: away });
    const answer = await request(unlucky).get("/sign-in/organization");
    const back = await agent.get(CALLBACK + provider.signIn(authorization, claimsOf("ann")));
    provider.isDown = false;
    expect(answer.status).to.equal(503);
    expect(answer.text).to.include("does not answer");
    expect(back.text).to.include("does not answer");
    await request(unlucky).get("/sign-in/organization").expect(303);
  });

  it("is led back to the public address, whatever the request calls the host", async () => {
    const { authorization } = await begun({ publicUrl: "https://claims.example.org" });
    const redirectUri = new URL(authorization).searchParams.get("redirect_uri");
    expect(redirectUri).to.equal(`https://claims.example.org${CALLBACK}`);
  });

  it("is configured whole or not at all, and speaks to no provider in the clear", () => {
    const all = {
      CLAIMWRIGHT_OIDC_ISSUER: "https://id.example.org",
      CLAIMWRIGHT_OIDC_CLIENT_ID: "c",
      CLAIMWRIGHT_OIDC_CLIENT_SECRET_FILE: "/run/secret",
      CLAIMWRIGHT_OIDC_SECOND_FACTOR: "amr:mfa, acr:phr",
    };
    expect(readEnvironment(all).signOn).to.deep.equal({
      issuer: "https://id.example.org",
      clientId: "c",
      clientSecret: { file: "/run/secret" },
      factors: ["amr:mfa", "acr:phr"],
    });
    expect(readEnvironment({}).signOn).to.equal(undefined);
    const wrong: NodeJS.ProcessEnv[] = [
      { CLAIMWRIGHT_OIDC_CLIENT_ID: "" },
      { CLAIMWRIGHT_OIDC_CLIENT_SECRET_FILE: "" },
      { CLAIMWRIGHT_OIDC_CLIENT_SECRET: "both" },
      { CLAIMWRIGHT_OIDC_ISSUER: "http://id.example.org" },
      { CLAIMWRIGHT_OIDC_ISSUER: "id.example.org" },
      { CLAIMWRIGHT_OIDC_SECOND_FACTOR: "mfa" },
      { CLAIMWRIGHT_PUBLIC_URL: "https://claims.example.org/app" },
    ];
    for (const change of wrong) {
      const variables = { ...all, ...change };
      expect(() => readEnvironment(variables), JSON.stringify(change)).to.throw(RangeError);
    }
    const clientSecret = { file: "/no/such/file" };
    expect(() => organizationOf({ ...settings(), clientSecret }, PRACTICE)).to.throw(
      "CLAIMWRIGHT_OIDC_CLIENT_SECRET_FILE",
    );
  });
});
