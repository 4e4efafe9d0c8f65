import { expect } from "chai";
import type { Express } from "express";
import { listReviews } from "../../src/app/audit/reviews.ts";
import type { App } from "../../src/app/context.ts";
import { ingestFile } from "../../src/app/exchange/ingest-file.ts";
import { openGlass } from "../../src/app/people/break-glass.ts";
import { ALL_USE_CASES } from "../../src/faces/http/all-use-cases.ts";
import {
  addUser,
  openTestApp,
  serverOf,
  signedIn,
  system,
  type TestApp,
} from "../faces/http/ground.ts";
import { claim, claimFile } from "./claim-file.ts";
import { fileOf } from "./practice.ts";

const REASON = "A patient stands at the desk and the network is down";
const MINUTE_MS = 60_000;

interface Waiting {
  readonly evidence: { readonly breakGlass: string };
}

describe("emergency access", () => {
  let test: TestApp;
  let server: Express;
  let logged: string[];
  before(async () => {
    test = await openTestApp();
    logged = [];
    const warn: App["log"]["warn"] = (name, fields) => {
      logged.push(`${name} ${JSON.stringify(fields)}`);
    };
    const app = { ...test.app, log: { ...test.app.log, warn } };
    server = serverOf(app, ALL_USE_CASES);
    const file = claimFile([claim("EMERGENCY1", "99213 100.00")]);
    await ingestFile(test.app, system(), fileOf(file), () => undefined);
    for (const name of ["chief", "other-chief"]) await addUser(test.app, name, ["administrator"]);
    await addUser(test.app, "manager", ["practice-manager"]);
    await addUser(test.app, "officer", ["auditor"]);
  });
  after(() => test.close());

  const practice = () => test.app.store.practice("practice-1");
  const person = async (name: string) => {
    const { agent, csrfToken } = await signedIn(server, name);
    return {
      read: async () => (await agent.get("/api/v1/claims/EMERGENCY1")).status,
      ask: (method: "get" | "post" | "delete", path: string, body: object = {}) => {
        const asked = agent[method](`/api/v1${path}`).set("X-CSRF-Token", csrfToken);
        return method === "post" ? asked.send(body) : asked;
      },
    };
  };
  const pass = (minutes: number) => {
    test.clock.now = new Date(test.clock.now.getTime() + minutes * MINUTE_MS);
  };

  it("164.312(a)(2)(ii) shows patients to an administrator for a reason, and for its time only", async () => {
    const chief = await person("chief");
    expect(await chief.read()).to.equal(403);
    const { status, body } = await chief.ask("post", "/break-glass", {
      reason: REASON,
      minutes: 10,
    });
    expect(status, JSON.stringify(body)).to.equal(201);
    expect(body).to.include({ running: true, endedAt: null });
    expect(await chief.read()).to.equal(200);
    pass(9);
    expect(await chief.read()).to.equal(200);
    pass(1);
    expect(await chief.read()).to.equal(403);
  });

  it("164.312(a)(2)(ii) lends the sight of patients and nothing that changes anything", async () => {
    const chief = await person("chief");
    await chief.ask("post", "/break-glass", { reason: REASON });
    expect((await chief.ask("post", "/claims/search", { name: "X" })).status).to.equal(200);
    const [item] = await practice().claims.find({});
    const change = `/denials/${item?._id}/note`;
    expect((await chief.ask("post", change, { text: "x" })).status).to.equal(403);
    expect((await chief.ask("post", "/encounters", {})).status).to.equal(403);
    await chief.ask("delete", "/break-glass");
    expect(await chief.read()).to.equal(403);
  });

  it("shows a practice manager the fields that are empty otherwise", async () => {
    const manager = await person("manager");
    expect(await manager.read()).to.equal(403);
    await manager.ask("post", "/break-glass", { reason: REASON });
    const { body } = await manager.ask("get", "/claims");
    expect(body.items[0].patientControlNumber).to.equal("EMERGENCY1");
    await manager.ask("delete", "/break-glass");
  });

  it("164.312(b) puts every read during it on record, as an emergency and under its id", async () => {
    const chief = await person("chief");
    const { body } = await chief.ask("post", "/break-glass", { reason: REASON });
    await chief.read();
    await chief.ask("get", "/claims");
    await chief.ask("delete", "/break-glass");
    const during = await practice().auditEvents.find({ "detail.breakGlass": body.id });
    expect(during.map(({ action, purpose }) => `${action} ${purpose}`)).to.deep.equal([
      "claim.read emergency",
      "claim.list emergency",
      "break-glass.end emergency",
    ]);
    const text = JSON.stringify(await practice().auditEvents.find({}));
    expect(text).to.not.include("stands at the desk");
  });

  it("raises the alarm at once: on record, in the log without the reason, in the reviewers' queue", async () => {
    logged.length = 0;
    const manager = await person("manager");
    const { body } = await manager.ask("post", "/break-glass", { reason: REASON });
    const alarm = logged.filter((line) => line.startsWith("break-glass-opened"));
    expect(alarm).to.have.length(1);
    expect(alarm[0]).to.include(body.user).and.not.include("stands");
    const { items } = await listReviews(test.app, system(), {});
    const waits = items.find(({ evidence }) => evidence.breakGlass === body.id);
    expect(waits).to.include({ reviewKind: "break-glass", about: body.user });
    const [event] = await practice().auditEvents.find({}, { sort: { _id: -1 }, limit: 2 });
    expect(event?.action).to.be.oneOf(["break-glass.open", "review.list"]);
    await manager.ask("delete", "/break-glass");
  });

  it("is signed off by somebody else, once, after its end, with what came of it", async () => {
    const manager = await person("manager");
    const { body: glass } = await manager.ask("post", "/break-glass", { reason: REASON });
    const officer = await person("officer");
    const { body: list } = await officer.ask("get", "/audit/reviews");
    const review = list.items.find((each: Waiting) => each.evidence.breakGlass === glass.id);
    const path = `/audit/reviews/${review.id}/sign-off`;
    const said = { outcome: "explained", note: "Called back; the patient was there" };
    expect((await officer.ask("post", path, said)).status, "still runs").to.equal(409);
    await officer.ask("post", `/break-glass/${review.evidence.breakGlass}/end`);
    expect((await officer.ask("post", path, { ...said, outcome: "fine" })).status).to.equal(422);
    const { body } = await officer.ask("post", path, said);
    expect(body).to.include({ status: "signed-off", outcome: "explained", note: said.note });
    expect((await officer.ask("post", path, said)).status, "again").to.equal(409);
  });

  it("lets nobody sign off his or her own, nor the program any", async () => {
    const officer = await person("officer");
    const id = (await practice().reviews.findOne({ status: "open" }))?._id ?? "";
    await practice().reviews.update({ _id: id }, { $set: { actorId: await idOf("officer") } });
    const said = { outcome: "explained", note: "It was me" };
    const { status } = await officer.ask("post", `/audit/reviews/${id}/sign-off`, said);
    expect(status).to.equal(403);
    const byProgram = await ALL_USE_CASES.signReview(test.app, system(), id, said).catch(
      (error: unknown) => error,
    );
    expect(byProgram).to.have.property("code", "forbidden");
  });

  async function idOf(name: string): Promise<string> {
    const users = await test.app.store.connection.collection("users").find({ name }).toArray();
    return String(users[0]?._id);
  }

  it("is refused without a reason, beyond four hours, twice at once, and to who sees patients anyway", async () => {
    const manager = await person("other-chief");
    const open = async (body: object) => (await manager.ask("post", "/break-glass", body)).status;
    expect(await open({ reason: "   short   " })).to.equal(422);
    expect(await open({ reason: REASON, minutes: 241 })).to.equal(422);
    expect(await open({ reason: REASON, minutes: 240 })).to.equal(201);
    expect(await open({ reason: REASON })).to.equal(409);
    const officer = await idOf("officer");
    const refused = await openGlass(test.app, system(), { user: officer, reason: REASON }).catch(
      (error: unknown) => error,
    );
    expect(refused).to.have.property("code", "state");
  });

  it("wants password and code again before it opens", async () => {
    const chief = await person("chief");
    pass(6);
    const { status, body } = await chief.ask("post", "/break-glass", { reason: REASON });
    expect([status, body.code]).to.deep.equal([403, "reauthenticate"]);
  });

  it("164.312(a)(2)(iv) keeps the reason and the reviewer's note sealed", async () => {
    for (const name of ["breakGlasses", "reviews"]) {
      const stored = await test.app.store.connection.collection(name).find({}).toArray();
      expect(stored).to.not.have.length(0);
      expect(JSON.stringify(stored)).to.not.include("patient");
    }
  });
});
