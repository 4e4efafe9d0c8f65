import { expect } from "chai";
import request from "supertest";
import { html } from "../../../src/faces/web/html.ts";
import { addUser, openTestApp, PASSWORD, serverOf, type TestApp } from "./ground.ts";

describe("the pages", () => {
  let test: TestApp;
  before(async () => {
    test = await openTestApp();
    await addUser(test.app, "biller", ["biller"]);
    await addUser(test.app, "admin", ["administrator"]);
  });
  after(() => test.close());

  /** A browser that signed in by the form. */
  async function browser(name: string, server = serverOf(test.app), next = "") {
    const agent = request.agent(server);
    const form = { email: `${name}@example.org`, password: PASSWORD, next };
    const { headers } = await agent.post("/sign-in").type("form").send(form).expect(303);
    return { agent, location: String(headers.location) };
  }

  it("let a person sign in, go where he or she wanted, and out again", async () => {
    const { agent, location } = await browser("biller", undefined, "/claims/PCN1");
    expect(location).to.equal("/claims/PCN1");
    const { body } = await agent.get("/api/v1/session").expect(200);
    const out = await agent
      .post("/sign-out")
      .type("form")
      .send({ _csrf: body.csrfToken })
      .expect(303);
    expect(out.headers.location).to.equal("/sign-in");
    await agent.get("/queue").expect(303);
  });

  it("send nobody to another site after signing in", async () => {
    for (const next of [
      "//evil.example",
      "https://evil.example",
      "/\\evil.example",
      "javascript:1",
    ]) {
      expect((await browser("biller", undefined, next)).location, next).to.equal("/");
    }
  });

  it("say what was wrong with a sign-in and keep the address, not the password", async () => {
    const form = { email: "biller@example.org", password: "wrong password here" };
    const answer = await request(serverOf(test.app)).post("/sign-in").type("form").send(form);
    expect(answer.status).to.equal(401);
    expect(answer.text).to.include('role="alert"').and.to.include('value="biller@example.org"');
    expect(answer.text).to.not.include("wrong password here");
  });

  it("are the same document for every room, and only for who is signed in", async () => {
    const server = serverOf(test.app);
    const { agent } = await browser("biller", server);
    const queue = await agent.get("/queue").expect(200);
    expect(queue.headers["cache-control"]).to.equal("no-store");
    expect((await agent.get("/claims/PCN1").expect(200)).text).to.equal(queue.text);
    await request(server).get("/claims/PCN1").expect(303);
  });

  it("hold nothing inline, so that the strict policy lets them run", async () => {
    const { agent } = await browser("biller");
    const { text } = await agent.get("/queue").expect(200);
    expect(text)
      .to.match(/<html lang="en">/)
      .and.to.include("<title>Claimwright</title>");
    expect(text).to.not.match(/\sstyle=|<style|<script>|\son\w+=/);
    const [, script = ""] = /<script [^>]*src="([^"]+)"/.exec(text) ?? [];
    const file = await request(serverOf(test.app)).get(script).expect(200);
    expect(file.headers["content-type"]).to.match(/^text\/javascript/);
    expect(file.headers["cache-control"]).to.equal("public, max-age=31536000, immutable");
    await request(serverOf(test.app)).get("/page/index.html").expect(404);
  });

  it("send everybody to a room that he or she may enter", async () => {
    expect((await (await browser("admin")).agent.get("/").expect(303)).headers.location).to.equal(
      "/people",
    );
    expect((await (await browser("biller")).agent.get("/").expect(303)).headers.location).to.equal(
      "/queue",
    );
  });

  it("escape what is put into them, in text and in attributes", () => {
    expect(String(html`<a title="${`"'<&>`}">${[html`<b>`, "<b>"]}${undefined}${0}</a>`)).to.equal(
      '<a title="&quot;&#39;&lt;&amp;&gt;"><b>&lt;b&gt;0</a>',
    );
  });

  it("of the entrance have one title, one main heading, a language, and a label for every field", async () => {
    const { text } = await request(serverOf(test.app)).get("/sign-in").expect(200);
    expect(text.match(/<h1>/g)).to.have.length(1);
    expect(text)
      .to.include('<html lang="en">')
      .and.to.match(/<title>[^<]+ – Claimwright<\/title>/);
    expect(text).to.not.match(/\sstyle=|<style|<script|\son\w+=/);
    for (const [, id] of text.matchAll(/<(?:input|select|textarea) id="([^"]+)"/g)) {
      expect(text, id).to.include(`<label for="${id}">`);
    }
    const sheet = await request(serverOf(test.app)).get("/assets/page.css").expect(200);
    expect(sheet.headers["content-type"]).to.match(/^text\/css/);
    expect(sheet.headers["cache-control"]).to.equal("public, max-age=3600");
  });
});
