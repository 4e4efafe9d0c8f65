import { request as send } from "node:http";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import type { Express } from "express";
import { zipSync } from "fflate";
import request from "supertest";
import { HUMAN_ROLES } from "../../../src/app/access.ts";
import { ALL_USE_CASES } from "../../../src/faces/http/all-use-cases.ts";
import { API_ROUTES, listenHttp, PAGE_ROUTES, type Route } from "../../../src/faces/http/index.ts";
import {
  addKey,
  addUser,
  ITEM,
  openTestApp,
  serverOf,
  signedIn,
  standIns,
  type TestApp,
} from "./ground.ts";
import { recordsOf } from "./two-practices.ts";

const ROUTES = [...API_ROUTES, ...PAGE_ROUTES];
const nameOf = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`;

describe("what guards every route", () => {
  let test: TestApp;
  let server: Express;
  let key: string;
  before(async () => {
    test = await openTestApp();
    server = serverOf(test.app);
    key = await addKey(test.app, "biller");
    await addUser(test.app, "guarded", HUMAN_ROLES);
  });
  after(() => test.close());

  const pathOf = ({ path }: Route) => path.replace(/:\w+/, "x");

  it("4.1.1 14.2.2 14.3.2 164.312(a)(1) says of every answer what it is, and lets no cache keep any but the program's own files", async () => {
    const { agent } = await signedIn(server, "guarded");
    for (const route of ROUTES.filter(({ method }) => method === "get")) {
      for (const knock of [agent, request(server)]) {
        const { headers, text } = await knock.get(pathOf(route));
        const type = String(headers["content-type"]);
        if (text) expect(type, nameOf(route)).to.match(/^[a-z]+\/[a-z+.-]+/);
        if (/^text\//.test(type)) expect(type, nameOf(route)).to.include("charset=utf-8");
        const isAsset = /\.(css|js)$/.test(route.path);
        const kept = isAsset ? "public, max-age=3600" : "no-store";
        expect(headers["cache-control"], nameOf(route)).to.equal(kept);
      }
    }
  });

  it("3.4.2 answers no other site's script, and lets none ask", async () => {
    const origin = "https://evil.example";
    for (const path of [
      "/api/v1/claims",
      "/api/v1/health",
      "/queue",
      "/sign-in",
      "/assets/page.css",
    ]) {
      const read = await request(server).get(path).set("Origin", origin).set("Authorization", key);
      const asked = await request(server)
        .options(path)
        .set("Origin", origin)
        .set("Access-Control-Request-Method", "POST");
      expect(asked.status, path).to.equal(405);
      for (const { headers } of [read, asked]) {
        expect(
          Object.keys(headers).filter((name) => name.startsWith("access-control")),
        ).to.deep.equal([]);
      }
    }
  });

  it("4.1.4 13.4.4 takes no request of a method that no route has", async () => {
    const methods = ["patch", "options", "trace", "propfind"] as const;
    for (const [index, path] of [...new Set(ROUTES.map(pathOf))].entries()) {
      const method = methods[index % methods.length] ?? "patch";
      const { status, headers, text } = await request(server)[method](path);
      expect(status, `${method} ${path}`).to.equal(405);
      expect(headers.allow).to.equal("GET, HEAD, POST, PUT, DELETE");
      expect(text, "TRACE gives back what was sent").to.not.include("HTTP/1.1");
      const taken = ROUTES.some(
        ({ method, path: of }) =>
          method === "delete" && new RegExp(`^${of.replace(/:\w+/, "[^/]+")}$`).test(path),
      );
      if (taken) continue;
      const answer = await request(server).delete(path).set("Authorization", key);
      expect(answer.status, `delete ${path}`).to.equal(404);
    }
  });

  it("1.2.3 3.2.1 answers data as JSON and as nothing else, whatever stands in it", async () => {
    const payer = '</script><script>alert("x")</script>\u2028\n\\"';
    const listWorkItems = async () => ({ items: [{ ...ITEM, payer }], next: null });
    const answer = await request(serverOf(test.app, standIns({ listWorkItems })))
      .get("/api/v1/denials")
      .set("Authorization", key)
      .expect(200);
    expect(answer.headers["content-type"]).to.equal("application/json; charset=utf-8");
    expect(answer.headers["x-content-type-options"]).to.equal("nosniff");
    expect(JSON.parse(answer.text).items[0].payer).to.equal(payer);
  });

  it("5.2.1 says how large a body may be, where it is larger", async () => {
    const note = "/api/v1/denials/item-1/note";
    const post = (path: string) => request(server).post(path).set("Authorization", key);
    const { body } = await post(note)
      .send({ text: "x".repeat(70_000) })
      .expect(413);
    expect(body.title).to.equal("The body is larger than is accepted. The limit is 65536 bytes.");
  });

  it("3.5.3 14.3.2 changes nothing by a request that only asks", async () => {
    const whole = serverOf(test.app, ALL_USE_CASES);
    const { agent } = await signedIn(whole, "guarded");
    // The sums over the queue are counted when somebody first asks for them, and kept from then on.
    await agent.get("/api/v1/denials/counts").expect(200);
    const before = await recordsOf(test.app, "practice-1");
    for (const route of ROUTES.filter(({ method }) => method === "get")) {
      const { status } = await agent.get(pathOf(route));
      expect(status, nameOf(route)).to.be.oneOf([200, 303, 404]);
    }
    expect(await recordsOf(test.app, "practice-1")).to.equal(before);
  });

  it("5.2.1 bounds every body of every route", () => {
    for (const route of ROUTES.filter(({ body }) => body !== undefined)) {
      const most = /^(json|form)$/.test(route.body?.kind ?? "") ? 64 * 1024 : 64 * 1024 * 1024;
      expect(route.body?.limitBytes, nameOf(route)).to.be.within(1, most);
    }
  });

  it("5.2.2 5.2.3 takes no body that is encoded in transit, and no compressed file by whatever name", async () => {
    const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024));
    const zip = Buffer.from(zipSync({ "a.835": new Uint8Array(1024) }));
    const { agent, csrfToken } = await signedIn(
      serverOf(
        test.app,
        standIns({
          ingestFile: () => Promise.reject(new Error("a compressed file was taken")),
          generateClaims: () => Promise.reject(new Error("a compressed file was taken")),
          importDeposits: () => Promise.reject(new Error("a compressed file was taken")),
        }),
      ),
      "guarded",
    );
    const takers = ROUTES.filter(({ body }) => /^(bytes|text)$/.test(body?.kind ?? ""));
    expect(takers).to.have.length(3);
    for (const route of takers) {
      const type = route.body?.mediaTypes.at(-1) ?? "";
      for (const bytes of [bomb, zip]) {
        const sent = agent.post(route.path).set("X-CSRF-Token", csrfToken);
        const answer = await sent.type(type).send(bytes);
        expect(answer.status, nameOf(route)).to.equal(415);
        expect(answer.text).to.include("Unpack it");
      }
      for (const encoding of ["gzip", "deflate", "br", "zstd"]) {
        const sent = agent.post(route.path).set("X-CSRF-Token", csrfToken).type(type);
        const { status, body } = await sent.set("Content-Encoding", encoding).send(bomb);
        expect(status, `${nameOf(route)} ${encoding}`).to.equal(415);
        expect(body.code).to.equal("encoding");
      }
    }
  });

  it("5.3.2 5.4.1 keeps no name that a sender gives, and gives out names of its own", async () => {
    const whole = serverOf(test.app, ALL_USE_CASES);
    const { agent, csrfToken } = await signedIn(whole, "guarded");
    const name = "../../../tmp/ZQNAME.835";
    await agent
      .post("/api/v1/files")
      .set("X-CSRF-Token", csrfToken)
      .set("Content-Disposition", `attachment; filename="${name}"`)
      .type("application/edi-x12")
      .send("ISA*00");
    const files = await test.app.store.practice("practice-1").files.find({});
    expect(files).to.have.length(1);
    for (const file of files) expect(file.name).to.match(/^upload-[0-9a-f]{12}\.x12$/);
  });
});

describe("limits of requests", () => {
  let test: TestApp;
  before(async () => {
    test = await openTestApp();
    await addUser(test.app, "busy", HUMAN_ROLES);
    await addUser(test.app, "calm", HUMAN_ROLES);
  });
  after(() => test.close());

  const next = () => {
    test.clock.now = new Date(test.clock.now.getTime() + 60_000);
  };

  it("2.4.1 6.3.1 hold an account to its own, and nobody else", async () => {
    const server = serverOf(test.app, undefined, { perMinute: { account: 3 } });
    const busy = (await signedIn(server, "busy")).agent;
    const calm = (await signedIn(server, "calm")).agent;
    for (let count = 0; count < 3; count += 1) await busy.get("/api/v1/claims").expect(200);
    const { body, headers } = await busy.get("/api/v1/claims").expect(429);
    expect(body.code).to.equal("too-many");
    expect(Number(headers["retry-after"])).to.be.within(0, 60);
    await calm.get("/api/v1/claims").expect(200);
    next();
    await busy.get("/api/v1/claims").expect(200);
  });

  it("2.4.1 15.2.2 are smaller for files, for searches and for what reads all the books", async () => {
    const perMinute = { upload: 1, search: 1, heavy: 1 };
    const server = serverOf(test.app, undefined, { perMinute });
    const { agent, csrfToken } = await signedIn(server, "busy");
    const post = (path: string, type: string, body: object | string) =>
      agent.post(path).set("X-CSRF-Token", csrfToken).type(type).send(body);
    const asks: Readonly<Record<string, () => request.Test>> = {
      upload: () => post("/api/v1/files", "application/edi-x12", "ISA*"),
      search: () => post("/api/v1/claims/search", "json", { name: "Example" }),
      heavy: () => agent.get("/api/v1/audit/verify"),
    };
    for (const ask of Object.values(asks)) await ask().expect(200);
    for (const ask of Object.values(asks)) await ask().expect(429);
    await agent.get("/api/v1/claims").expect(200);
    next();
    for (const ask of Object.values(asks)) await ask().expect(200);
  });

  it("2.4.1 stand before every route that takes a file, that searches, or that reads all the books", () => {
    const limited = (limit: Route["limit"]) =>
      ROUTES.filter((route) => route.limit === limit).map(nameOf);
    const takesFiles = ROUTES.filter(({ body }) => /^(bytes|text)$/.test(body?.kind ?? ""));
    expect(limited("upload")).to.have.members(takesFiles.map(nameOf));
    expect(limited("search")).to.deep.equal(["POST /api/v1/claims/search"]);
    expect(limited("heavy")).to.have.length(5);
    const passwords = ROUTES.filter(({ body }) =>
      /"(password|code|token)"/.test(JSON.stringify(body?.schema ?? {})),
    );
    for (const route of passwords) expect(route.limit, nameOf(route)).to.equal("sign-in");
  });

  it("4.1.3 15.3.4 count by the address of the connection, whatever a header claims", async () => {
    const server = serverOf(test.app, undefined, { perMinute: { address: 2 } });
    const knock = (address: string) =>
      request(server)
        .get("/api/v1/health")
        .set("X-Forwarded-For", address)
        .set("Forwarded", `for=${address}`);
    await knock("192.0.2.1").expect(200);
    await knock("192.0.2.2").expect(200);
    await knock("192.0.2.3").expect(429);
    const behind = serverOf(test.app, undefined, { perMinute: { address: 1 }, trustedProxies: 1 });
    const proxied = (address: string) =>
      request(behind).get("/api/v1/health").set("X-Forwarded-For", `203.0.113.9, ${address}`);
    await proxied("192.0.2.1").expect(200);
    await proxied("192.0.2.2").expect(200);
    await proxied("192.0.2.1").expect(429);
  });
});

describe("slow clients", () => {
  let test: TestApp;
  before(async () => {
    test = await openTestApp();
  });
  after(() => test.close());

  it("4.2.1 15.2.2 are cut off, as are those whose body has two lengths, with their headers or their body half sent, and others are served", async () => {
    const service = await listenHttp(test.app, {
      host: "127.0.0.1",
      port: 0,
      practiceId: "practice-1",
      version: "0.1.0",
      secureCookies: false,
      secondFactor: "optional",
      trustedProxies: 0,
      timeouts: { headersTimeout: 150, requestTimeout: 300, connectionsCheckingInterval: 50 },
    });
    const { port } = new URL(service.url);
    const halves = [
      "GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
      "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{",
    ];
    const ended = await Promise.all(halves.map((half) => answerTo(Number(port), half)));
    for (const answer of ended) expect(answer).to.match(/^HTTP\/1\.1 408 /);
    const twoLengths =
      "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n";
    expect(await answerTo(Number(port), twoLengths)).to.match(/^HTTP\/1\.1 400 [\s\S]*close/);
    const status = await new Promise((resolve, reject) => {
      send(`${service.url}/api/v1/health`, (answer) => resolve(answer.resume().statusCode))
        .on("error", reject)
        .end();
    });
    expect(status).to.equal(200);
    await service.close();
  });
});

/** Sends this and no more, and gives what comes back until the server ends the connection. */
function answerTo(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.setEncoding("utf8").on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("error", reject).on("close", () => resolve(answer));
  });
}
