import { createHash } from "node:crypto";
import { Writable } from "node:stream";
import { expect } from "chai";
import request from "supertest";
import { createLog } from "../../../src/platform/log/index.ts";
import { addKey, openTestApp, serverOf, standIns, type TestApp } from "./ground.ts";

const CANARY = "ZQCANARY";

describe("requests and answers", () => {
  let test: TestApp;
  let key: string;
  before(async () => {
    test = await openTestApp();
    key = await addKey(test.app, "biller");
  });
  after(() => test.close());

  const get = (path: string, server = serverOf(test.app)) =>
    request(server).get(path).set("Authorization", key);
  const post = (path: string, body: object | string, server = serverOf(test.app)) =>
    request(server).post(path).set("Authorization", key).send(body);

  it("answer problems as RFC 9457 says, with the request's id", async () => {
    const response = await get("/api/v1/claims/unknown").expect(404);
    expect(response.headers["content-type"]).to.match(/^application\/problem\+json/);
    expect(response.body).to.deep.equal({
      type: "urn:claimwright:problem:not-found",
      title: "There is no such thing in this practice.",
      status: 404,
      code: "not-found",
      requestId: response.headers["x-request-id"],
    });
    expect((await get("/api/v1/nothing").expect(404)).body.code).to.equal("not-found");
  });

  it("take the caller's request id where it is a UUID, and no other", async () => {
    const id = "0190b7c2-90ab-4def-8123-456789abcdef";
    expect((await get("/api/v1/health").set("X-Request-Id", id)).headers["x-request-id"]).to.equal(
      id,
    );
    const other = await get("/api/v1/health").set("X-Request-Id", CANARY);
    expect(other.headers["x-request-id"]).to.not.include(CANARY);
  });

  it("3.4.3 3.4.4 3.4.5 3.4.6 14.2.3 carry headers that keep browsers strict and caches empty", async () => {
    for (const path of ["/api/v1/health", "/sign-in", "/api/docs", "/nothing"]) {
      const { headers } = await request(serverOf(test.app)).get(path);
      expect(headers["cache-control"], path).to.equal("no-store");
      const policy = String(headers["content-security-policy"]);
      expect(policy).to.include("default-src 'none'").and.to.include("frame-ancestors 'none'");
      expect(policy).to.not.include("unsafe");
      expect(headers["x-content-type-options"]).to.equal("nosniff");
      expect(headers["referrer-policy"]).to.equal("same-origin");
      expect(headers).to.not.have.any.keys("x-powered-by", "etag");
    }
    const secure = serverOf(test.app, undefined, { secureCookies: true });
    const { headers } = await request(secure).get("/sign-in");
    expect(headers["strict-transport-security"]).to.match(/max-age=31536000/);
  });

  it("show the API on a page without inline scripts or styles", async () => {
    const server = serverOf(test.app);
    const { text } = await request(server).get("/api/docs").expect(200);
    expect(text).to.not.match(/<script>|<script [^>]*>[^<]|<style|style=|onload=/);
    for (const [, path = ""] of text.matchAll(/(?:src|href)="([^"]+)"/g)) {
      await request(server).get(path).expect(200);
    }
  });

  it("1.3.3 15.3.3 refuse operators, lists and unknown names where a word is asked for", async () => {
    const queries = ["status[$ne]=x", "status=a&status=b", "$where=1", "limit=0", "limit=x"];
    for (const query of queries) {
      const { body } = await get(`/api/v1/denials?${query}`).expect(422);
      expect(body.misfits[0].in, query).to.equal("query");
    }
    const bodies = [
      { assignee: { $ne: null } },
      { assignee: "u1", $set: {} },
      { assignee: ["u1"] },
      { assignee: "u1", version: "3" },
      { assignee: "u\u0000" },
      {},
    ];
    for (const body of bodies) await post("/api/v1/denials/item-1/assign", body).expect(422);
    const raw = '{"assignee":"u1","__proto__":{"roles":["system"]}}';
    await post("/api/v1/denials/item-1/assign", raw).type("json").expect(422);
    expect({}).to.not.have.property("roles");
    await request(serverOf(test.app))
      .post("/api/v1/session")
      .send({ email: { $gt: "" }, password: { $gt: "" } })
      .expect(422);
  });

  it("16.5.1 never repeat what was sent", async () => {
    const answers = [
      await get(`/api/v1/claims/${CANARY}`),
      await get(`/api/v1/denials?status=${CANARY}&${CANARY}=1`),
      await post("/api/v1/denials/item-1/note", { [CANARY]: CANARY }),
      await post("/api/v1/denials/item-1/note", `{"text": ${CANARY}`).type("json"),
      await get(`/${CANARY}/%E0%A4%A`),
    ];
    for (const { status, text } of answers) {
      expect(status).to.be.within(400, 499);
      expect(text).to.not.include(CANARY);
    }
  });

  it("5.2.1 5.2.2 refuse a body that is too large, of another kind, or compressed", async () => {
    const note = "/api/v1/denials/item-1/note";
    await post(note, { text: "x".repeat(70_000) }).expect(413);
    const kind = await post(note, "<x/>").type("application/xml").expect(415);
    expect(kind.body.code).to.equal("media-type");
    await post(note, { text: "x" }).set("Content-Encoding", "gzip").expect(415);
  });

  it("read no body of somebody who may not send it", async () => {
    const server = serverOf(test.app);
    const large = "x".repeat(1_000_000);
    const type = "application/edi-x12";
    await request(server).post("/api/v1/files").type(type).send(large).expect(401);
  });

  it("5.3.2 164.312(e)(2)(i) take in a file under a name of our own, the SHA-256 of its bytes being the key", async () => {
    const bytes = "ISA*00*";
    const digest = createHash("sha256").update(bytes).digest("hex");
    const file = (idempotencyKey: string) =>
      post("/api/v1/files", bytes)
        .type("application/edi-x12")
        .set("Idempotency-Key", idempotencyKey)
        .set("Content-Disposition", `attachment; filename="${CANARY}.835"`);
    const { body } = await file(digest).expect(200);
    expect(body.summary.file).to.equal(`upload-${digest.slice(0, 12)}.x12`);
    expect(body.summary.bytes).to.equal(7);
    expect((await file("0".repeat(64)).expect(422)).body.code).to.equal("digest-mismatch");
  });

  it("3.2.1 5.4.1 5.4.2 hand out a file as the bytes it has", async () => {
    const response = await get("/api/v1/outbound-files/file-1").buffer(true).expect(200);
    expect(response.headers["content-type"]).to.equal("application/edi-x12");
    expect(response.headers["content-disposition"]).to.equal("attachment; filename=batch-1.x12");
    expect(Number(response.headers["content-length"])).to.equal(4);
  });

  it("refuse a change to a version that is no more", async () => {
    const stale = { assignee: "u1", version: 1 };
    const { body } = await post("/api/v1/denials/item-1/assign", stale).expect(409);
    expect(body.code).to.equal("stale");
  });

  it("13.4.2 16.3.4 16.5.1 tell nothing of a fault of ours but the request's id, and write it to the log without its words", async () => {
    const lines: string[] = [];
    const destination = new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    const log = createLog({ level: "info", destination });
    const broken = standIns({
      showClaim: () => Promise.reject(new TypeError(`cannot read ${CANARY}`)),
    });
    const response = await get(
      "/api/v1/claims/PCN1",
      serverOf({ ...test.app, log }, broken),
    ).expect(500);
    expect(response.body.code).to.equal("internal");
    expect(response.text).to.not.include(CANARY);
    const written = lines.join("");
    expect(written).to.include('"request-failed"').and.to.include("TypeError");
    expect(written).to.include('"route":"/api/v1/claims/:patientControlNumber"');
    expect(written).to.not.include(CANARY).and.to.not.include("PCN1");
  });

  it("2.4.1 are limited by address of the client", async () => {
    const server = serverOf(test.app, undefined, { perMinute: { address: 3 } });
    for (let count = 0; count < 3; count += 1)
      await request(server).get("/api/v1/health").expect(200);
    const { body } = await request(server).get("/api/v1/health").expect(429);
    expect(body.code).to.equal("too-many");
  });

  it("16.5.2 say that the database is away when it is", async () => {
    const gone = await openTestApp();
    const server = serverOf(gone.app);
    await request(server).get("/api/v1/health").expect(200, { status: "ok" });
    await gone.close();
    await request(server).get("/api/v1/health").expect(503, { status: "unavailable" });
  });
});
