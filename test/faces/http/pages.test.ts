import { expect } from "chai";
import request from "supertest";
import { OperatingError } from "../../../src/app/errors.ts";
import { dollars } from "../../../src/faces/web/format.ts";
import { html } from "../../../src/faces/web/html.ts";
import { queuePage } from "../../../src/faces/web/queue-page.ts";
import {
  addUser,
  ITEM,
  openTestApp,
  PASSWORD,
  serverOf,
  standIns,
  type TestApp,
} from "./ground.ts";

const VIEWER = { name: "Ann", csrfToken: "t", rooms: [] };

/** The value of the hidden field in the first form that has one. */
function tokenIn(page: string): string {
  return /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? "";
}

describe("the pages", () => {
  let test: TestApp;
  before(async () => {
    test = await openTestApp();
    await addUser(test.app, "biller", ["biller"]);
    await addUser(test.app, "auditor", ["auditor"]);
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
    const { text } = await agent.get(location).expect(200);
    const out = await agent
      .post("/sign-out")
      .type("form")
      .send({ _csrf: tokenIn(text) })
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

  it("show the queue with all that a biller decides by", async () => {
    const { agent } = await browser("biller");
    const { text } = await agent.get("/queue?status=open").expect(200);
    const shown = ["$1,234.56", "CO-29", "Timely filing", "03/05/2026", "Nobody", "/claims/PCN1"];
    for (const value of [...shown, ITEM.suggestedAction]) expect(text).to.include(value);
    expect(text).to.include("Blue &lt;Example&gt; &amp; Co").and.to.not.include("<Example>");
    expect(text).to.include("/queue?status=open&amp;cursor=c2");
    expect(text).to.include('<option value="open" selected>');
  });

  it("tell urgency in words and not by colour alone", () => {
    const shown = (deadline: string, now: string) => {
      const items = { items: [{ ...ITEM, deadline }], next: null };
      const view = { items, filter: {}, kinds: [], colleagues: [], now: new Date(now) };
      return queuePage(VIEWER, view);
    };
    expect(shown("2026-03-05", "2026-03-02T12:00:00Z")).to.include("3 days left");
    expect(shown("2026-03-05", "2026-03-06T12:00:00Z")).to.include("1 day over");
    expect(shown("2026-03-05", "2026-01-06T12:00:00Z")).to.not.match(/left|over/);
  });

  it("escape what people wrote, in text and in attributes", async () => {
    const { agent } = await browser("biller");
    const { text } = await agent.get("/queue/item-1").expect(200);
    expect(text).to.include("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
    expect(text).to.not.include("<script");
    const category = encodeURIComponent('"><img src=x>');
    const filtered = await agent.get(`/queue?category=${category}`).expect(200);
    expect(filtered.text).to.include("&quot;&gt;&lt;img src=x&gt;").and.to.not.include("<img");
    expect(String(html`<a title="${`"'<&>`}">${[html`<b>`, "<b>"]}${undefined}${0}</a>`)).to.equal(
      '<a title="&quot;&#39;&lt;&amp;&gt;"><b>&lt;b&gt;0</a>',
    );
  });

  it("change a work item by forms that only this session can send", async () => {
    const asked: unknown[] = [];
    const server = serverOf(
      test.app,
      standIns({
        assignWorkItem: async (_app, _actor, _id, change) => {
          asked.push(change);
          return ITEM;
        },
        resolveWorkItem: async (_app, _actor, _id, change) => {
          asked.push(change);
          return ITEM;
        },
      }),
    );
    const { agent } = await browser("biller", server);
    const { text } = await agent.get("/queue/item-1").expect(200);
    const _csrf = tokenIn(text);
    const post = (path: string, form: object) =>
      agent.post(`/queue/item-1/${path}`).type("form").send(form);
    await post("note", { text: "Called" }).expect(403);
    await post("note", { text: "Called", _csrf: "x" }).expect(403);
    const { headers } = await post("note", { text: "Called", _csrf }).expect(303);
    expect(headers.location).to.equal("/queue/item-1");
    await post("assign", { assignee: "u1", version: "3", _csrf }).expect(303);
    await post("assign", { assignee: "", version: "3", _csrf }).expect(303);
    await post("resolve", { outcome: "overturned", note: "", version: "3", _csrf }).expect(303);
    await post("resolve", { outcome: "no such", version: "3", _csrf }).expect(422);
    expect(asked).to.deep.equal([
      { assignee: "u1", version: 3 },
      { assignee: null, version: 3 },
      { outcome: "overturned", version: 3 },
    ]);
  });

  it("offer no form to who may only read", async () => {
    const { agent } = await browser("auditor");
    const { text } = await agent.get("/queue/item-1").expect(200);
    expect(text).to.not.include("/queue/item-1/note");
    expect(text).to.not.include('href="/exchange"');
    const form = { text: "Called", _csrf: tokenIn(text) };
    await agent.post("/queue/item-1/note").type("form").send(form).expect(403);
  });

  it("show a claim with its axes, its money equation and its story", async () => {
    const { agent } = await browser("biller");
    const { text } = await agent.get("/claims/PCN1").expect(200);
    for (const part of [
      "partly paid",
      "presumed oa23",
      "= Paid",
      "− Credit",
      "99213 25",
      "batch 1",
    ]) {
      expect(text).to.include(part);
    }
    expect(text).to.include("CO-45").and.to.include('<a href="/remittances/T1">');
    expect(text.match(/<caption>/g)).to.have.length(2);
    const { headers } = await agent.get("/claims?find=PCN1").expect(303);
    expect(headers.location).to.equal("/claims/PCN1");
    const missing = await agent.get("/claims/unknown").expect(404);
    expect(missing.text).to.include("There is no such thing").and.to.not.include("unknown");
  });

  it("show a remittance with its certificate and why something is parked", async () => {
    const { agent } = await browser("biller");
    const { text } = await agent.get("/remittances/T1").expect(200);
    const flat = text.replaceAll(/\s+/g, " ");
    expect(flat).to.include("$100.00 = $105.00 − $5.00");
    expect(flat).to.include("$90.00 + $15.00 − $5.00 = $100.00 in 3 journal entries");
    expect(flat).to.include("No claim of ours carries this claim number.");
    await agent.get("/remittances").expect(200);
  });

  it("show the denial rate with its definition and bars that can be read aloud", async () => {
    const { agent } = await browser("biller");
    const { text } = await agent.get("/denial-rate?by=reason").expect(200);
    expect(text).to.include("12.5 %").and.to.include("First decisions that paid nothing");
    expect(text).to.include('aria-label="CO-29 &lt;late&gt;"');
    await agent.get("/denial-rate?by=shoe-size").expect(422);
  });

  it("take a file in by a form without scripts, and hand one out", async () => {
    const { agent } = await browser("biller");
    const page = await agent.get("/exchange").expect(200);
    const upload = (token: string) =>
      agent
        .post("/exchange")
        .field("_csrf", token)
        .attach("file", Buffer.from("ISA*00*"), "ZQCANARY.835");
    await upload("x").expect(403);
    const { text } = await upload(tokenIn(page.text)).expect(200);
    expect(text).to.include("$100.00").and.to.include("A segment count is wrong.");
    expect(text).to.not.include("ZQCANARY");
    await agent.post("/exchange").field("_csrf", tokenIn(page.text)).expect(422);
    await agent.get("/exchange/file-1").expect("Content-Type", "application/edi-x12");
  });

  it("have something to say where there is nothing to show", async () => {
    const none = async () => ({ items: [], next: null });
    const empty = { listWorkItems: none, listClaims: none, listRemittances: none };
    const server = serverOf(test.app, standIns({ ...empty, listOutboundFiles: async () => [] }));
    const { agent } = await browser("biller", server);
    for (const path of ["/queue", "/claims", "/remittances", "/exchange"]) {
      expect((await agent.get(path).expect(200)).text, path).to.include('class="empty"');
    }
  });

  it("greet an administrator, who has no patients' data, with what can be done", async () => {
    const { agent } = await browser("admin");
    const { text } = await agent.get("/").expect(200);
    expect(text).to.include("Your roles show no claims or money.");
    await agent.get("/queue").expect(403);
  });

  it("have one title, one main heading, a language, and a label for every field", async () => {
    const { agent } = await browser("biller");
    const paths = ["/queue", "/queue/item-1", "/claims", "/claims/PCN1", "/remittances"];
    for (const path of [...paths, "/remittances/T1", "/denial-rate", "/exchange"]) {
      const { text } = await agent.get(path).expect(200);
      expect(text.match(/<h1>/g), path).to.have.length(1);
      expect(text)
        .to.include('<html lang="en">')
        .and.to.match(/<title>[^<]+ – Claimwright<\/title>/);
      expect(text).to.not.match(/\sstyle=|<style|<script|\son\w+=/);
      for (const [, id] of text.matchAll(/<(?:input|select|textarea) id="([^"]+)"/g)) {
        expect(text, `${path} ${id}`).to.include(`<label for="${id}">`);
      }
      for (const table of text.split("<table").slice(1)) expect(table).to.match(/^>\s*<caption>/);
    }
    const sheet = await request(serverOf(test.app)).get("/assets/page.css").expect(200);
    expect(sheet.headers["content-type"]).to.match(/^text\/css/);
    expect(sheet.headers["cache-control"]).to.equal("public, max-age=3600");
  });

  it("tell of an error of ours without what it says", async () => {
    const listClaims = () => Promise.reject(new Error("ZQCANARY"));
    const { agent } = await browser("biller", serverOf(test.app, standIns({ listClaims })));
    const { text } = await agent.get("/claims").expect(500);
    expect(text).to.include("Something went wrong").and.to.not.include("ZQCANARY");
    const assignWorkItem = () => Promise.reject(new OperatingError("stale"));
    const stale = await browser("biller", serverOf(test.app, standIns({ assignWorkItem })));
    const page = await stale.agent.get("/queue/item-1");
    const form = { assignee: "u1", _csrf: tokenIn(page.text) };
    const answer = await stale.agent
      .post("/queue/item-1/assign")
      .type("form")
      .send(form)
      .expect(409);
    expect(answer.text).to.include("Someone else has changed this");
  });

  it("write money as people read it", () => {
    const cents = [123_456, -50, 0, 100_000_000, 5, undefined];
    expect(cents.map(dollars)).to.deep.equal([
      "$1,234.56",
      "-$0.50",
      "$0.00",
      "$1,000,000.00",
      "$0.05",
      "–",
    ]);
  });
});
