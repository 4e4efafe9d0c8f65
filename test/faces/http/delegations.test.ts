import { expect } from "chai";
import type { Express } from "express";
import { listDelegations } from "../../../src/app/people/delegations.ts";
import { changeRoles, disableUser } from "../../../src/app/people/people.ts";
import { fhirAuditEvent } from "../../../src/trust/audit/index.ts";
import { addUser, openTestApp, serverOf, signedIn, system, type TestApp } from "./ground.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe("roles that are lent", () => {
  let test: TestApp;
  let server: Express;
  before(async () => {
    test = await openTestApp();
    server = serverOf(test.app);
  });
  after(() => test.close());

  const move = (ms: number) => {
    test.clock.now = new Date(test.clock.now.getTime() + ms);
  };
  const soon = (ms: number) => new Date(test.clock.now.getTime() + ms).toISOString();

  /** A person with these roles, signed in. */
  async function person(name: string, roles: Parameters<typeof addUser>[2]) {
    const { id } = await addUser(test.app, name, roles);
    const { agent, csrfToken } = await signedIn(server, name);
    const lend = (wish: object) =>
      agent
        .post("/api/v1/delegations")
        .set("X-CSRF-Token", csrfToken)
        .send({ reason: "on leave", until: soon(10 * MINUTE), ...wish });
    const takeBack = (delegation: string) =>
      agent.delete(`/api/v1/delegations/${delegation}`).set("X-CSRF-Token", csrfToken);
    const sees = async () => (await agent.get("/api/v1/claims")).status;
    return { id, agent, lend, takeBack, sees };
  }

  it("7.2.4 164.308(a)(4) open what they open for who holds them, until their moment, and then no more", async () => {
    const ann = await person("ann", ["biller"]);
    const max = await person("max", ["practice-manager"]);
    expect(await max.sees()).to.equal(403);
    const { body } = await ann.lend({ to: "max@example.org", roles: ["biller"] }).expect(201);
    expect(body).to.deep.include({
      from: { id: ann.id, name: "ann" },
      to: { id: max.id, name: "max" },
      roles: ["biller"],
      state: "running",
    });
    expect(await max.sees()).to.equal(200);
    move(10 * MINUTE - 1);
    expect(await max.sees()).to.equal(200);
    move(1);
    expect(await max.sees()).to.equal(403);
    const [listed] = (await max.agent.get("/api/v1/delegations").expect(200)).body.items;
    expect(listed).to.include({ id: body.id, state: "over" });
  });

  it("164.312(b) name in every event as what role and on whose behalf, in FHIR too", async () => {
    const bea = await person("bea", ["biller"]);
    const kim = await person("kim", ["auditor"]);
    await bea.lend({ to: kim.id, roles: ["biller"] }).expect(201);
    await kim.agent.get("/api/v1/denials").expect(200);
    const csrf = (await kim.agent.get("/api/v1/session")).body.csrfToken;
    await kim.agent
      .post("/api/v1/users/invitations")
      .set("X-CSRF-Token", csrf)
      .send({ roles: ["auditor"] })
      .expect(403);
    const { auditEvents } = test.app.store.practice("practice-1");
    const events = (await auditEvents.find({})).filter(({ actor }) => actor.id === kim.id);
    const last = events.sort((a, b) => a.sequence - b.sequence).at(-1);
    expect(last?.actor).to.deep.equal({
      id: kim.id,
      kind: "person",
      roles: ["auditor", "biller"],
      lent: [{ role: "biller", by: bea.id }],
    });
    const [, lender] = last === undefined ? [] : fhirAuditEvent(last).agent;
    expect(lender).to.deep.include({ requestor: false });
    expect(JSON.stringify(lender)).to.include(bea.id).and.to.include("biller");
    const made = (await auditEvents.find({ action: "delegation.create" })).at(-1);
    expect(made?.detail).to.include({ from: bea.id, to: kim.id });
  });

  it("are never more than the lender holds: not administrator, not what is only lent, not what is lost since", async () => {
    const root = await person("root", ["administrator", "team-lead"]);
    const lee = await person("lee", ["auditor"]);
    const mia = await person("mia", ["denial-specialist"]);
    await root.lend({ to: lee.id, roles: ["administrator"] }).expect(422);
    await root.lend({ to: lee.id, roles: ["biller"] }).expect(422);
    await root.lend({ to: lee.id, roles: ["team-lead", "biller"] }).expect(422);
    await root.lend({ to: root.id, roles: ["team-lead"] }).expect(422);
    await root.lend({ to: lee.id, roles: ["team-lead"] }).expect(201);
    await lee.lend({ to: mia.id, roles: ["team-lead"] }).expect(422);
    const held = async () => (await lee.agent.get("/api/v1/session")).body.person.roles;
    expect(await held()).to.deep.equal(["auditor", "team-lead"]);
    await changeRoles(test.app, system(), root.id, ["administrator"]);
    expect(await held()).to.deep.equal(["auditor"]);
    const gus = await person("gus", ["biller"]);
    await gus.lend({ to: lee.id, roles: ["biller"] }).expect(201);
    expect(await held()).to.deep.equal(["auditor", "biller"]);
    await disableUser(test.app, system(), gus.id);
    expect(await held()).to.deep.equal(["auditor"]);
  });

  it("end within thirty days, in the practice, for a reason", async () => {
    const ned = await person("ned", ["biller"]);
    const { id: to } = await addUser(test.app, "ora", ["auditor"]);
    const elsewhere = await addUser(test.app, "pip", ["auditor"], "practice-2");
    const roles = ["biller"];
    await ned.lend({ to, roles, until: soon(0) }).expect(422);
    await ned.lend({ to, roles, until: soon(30 * DAY + 1) }).expect(422);
    await ned.lend({ to, roles, until: "tomorrow" }).expect(422);
    await ned.lend({ to, roles, reason: "" }).expect(422);
    await ned.lend({ to: elsewhere.id, roles }).expect(404);
    await ned.lend({ to: "pip@example.org", roles }).expect(404);
    await ned.lend({ to, roles, until: soon(30 * DAY) }).expect(201);
  });

  it("are taken back by who lent, given back by who has them, ended by who manages users, and by nobody else", async () => {
    const quin = await person("quin", ["biller"]);
    const rae = await person("rae", ["practice-manager"]);
    const sam = await person("sam", ["biller"]);
    const boss = await person("boss", ["administrator"]);
    for (const ender of [quin, rae, boss]) {
      const { body } = await quin.lend({ to: rae.id, roles: ["biller"] }).expect(201);
      expect(await rae.sees()).to.equal(200);
      await sam.takeBack(body.id).expect(403);
      expect((await ender.takeBack(body.id).expect(200)).body.state).to.equal("revoked");
      expect(await rae.sees()).to.equal(403);
      await quin.takeBack(body.id).expect(409);
    }
    expect((await sam.agent.get("/api/v1/delegations")).body.items).to.deep.equal([]);
    expect((await rae.agent.get("/api/v1/delegations")).body.items).to.have.length(3);
    const all = await listDelegations(test.app, system());
    expect((await boss.agent.get("/api/v1/delegations")).body.items).to.deep.equal(all);
    expect(await listDelegations(test.app, system("practice-2"))).to.deep.equal([]);
  });

  it("need a proof of the last five minutes to be lent, and none to be taken back", async () => {
    const tia = await person("tia", ["biller"]);
    const { id: to } = await addUser(test.app, "una", ["auditor"]);
    const { body } = await tia.lend({ to, roles: ["biller"] }).expect(201);
    move(5 * MINUTE);
    await tia.lend({ to, roles: ["biller"] }).expect(403);
    await tia.takeBack(body.id).expect(200);
  });
});
