import { expect } from "chai";
import type { Express } from "express";
import request from "supertest";
import {
  createApiKey,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
} from "../../../src/app/people/api-keys.ts";
import { openTestApp, serverOf, system, type TestApp } from "./ground.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe("API keys", () => {
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
  const fetchFiles = (key: string) =>
    request(server).get("/api/v1/outbound-files").set("Authorization", `Bearer ${key}`);
  const created = (name: string, expiresInDays?: number) =>
    createApiKey(test.app, system(), { name, role: "clearinghouse", expiresInDays });
  const listed = async (id: string) =>
    (await listApiKeys(test.app, system())).find((key) => key.id === id);
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => "done",
      (error: { code: string }) => error.code,
    );

  it("work side by side for a day after a rotation, and then only the new one does", async () => {
    const first = await created("box");
    const { old, new: second } = await rotateApiKey(test.app, system(), first.id, {});
    expect(old.state).to.equal("replaced");
    expect(second).to.include({ name: "box", role: "clearinghouse", replaces: first.id });
    expect(second.key).to.not.equal(first.key);
    for (const { key } of [first, second]) await fetchFiles(key).expect(200);
    move(DAY - 1);
    for (const { key } of [first, second]) await fetchFiles(key).expect(200);
    move(1);
    await fetchFiles(first.key).expect(401);
    await fetchFiles(second.key).expect(200);
    expect((await listed(first.id))?.state).to.equal("expired");
  });

  it("are named by their own ids in the audit trail, the rotation with both", async () => {
    const first = await created("audited");
    const { new: second } = await rotateApiKey(test.app, system(), first.id, { overlapHours: 2 });
    const worksUntil = new Date(test.clock.now.getTime() + 2 * HOUR).toISOString();
    const { auditEvents } = test.app.store.practice("practice-1");
    const ids = [first.id, second.id];
    const events = (
      await auditEvents.find({ action: { $in: ["api-key.create", "api-key.rotate"] } })
    ).filter(({ entity }) => ids.includes(entity.id));
    const said = events
      .sort((a, b) => a.sequence - b.sequence)
      .map(({ action, entity, detail }) => ({ action, id: entity.id, detail }));
    expect(said.slice(1)).to.deep.equal([
      { action: "api-key.rotate", id: first.id, detail: { replacedBy: second.id, worksUntil } },
      {
        action: "api-key.create",
        id: second.id,
        detail: { role: "clearinghouse", replaces: first.id },
      },
    ]);
    for (const { id, key } of [first, second]) {
      const refused = request(server).get("/api/v1/claims").set("Authorization", `Bearer ${key}`);
      await refused.expect(403);
      const mine = await auditEvents.find({ action: "access.refuse" });
      expect(mine.filter(({ actor }) => actor.id === id)).to.have.length(1);
    }
  });

  it("overlap for thirty days at most, for no time where that is wanted, and never beyond the old key's own end", async () => {
    const key = await created("bounds", 3);
    const rotate = (overlapHours: number) =>
      rotateApiKey(test.app, system(), key.id, { overlapHours });
    expect(await codeOf(rotate(721))).to.equal("invalid");
    expect(await codeOf(rotate(-1))).to.equal("invalid");
    const { old } = await rotate(720);
    expect(old.expiresAt).to.equal(key.expiresAt);
    const leaked = await created("leaked");
    const { new: next } = await rotateApiKey(test.app, system(), leaked.id, { overlapHours: 0 });
    await fetchFiles(leaked.key).expect(401);
    await fetchFiles(next.key).expect(200);
  });

  it("are rotated once, also when two do it at the same time, and only while they work", async () => {
    const key = await created("once");
    const both = await Promise.all(
      [1, 2].map(() => codeOf(rotateApiKey(test.app, system(), key.id, {}))),
    );
    expect(both.sort()).to.deep.equal(["done", "state"]);
    const revoked = await created("revoked");
    await revokeApiKey(test.app, system(), revoked.id);
    expect(await codeOf(rotateApiKey(test.app, system(), revoked.id, {}))).to.equal("state");
    const ended = await created("ended", 1);
    move(DAY);
    expect(await codeOf(rotateApiKey(test.app, system(), ended.id, {}))).to.equal("state");
    const other = system("practice-2");
    expect(await codeOf(rotateApiKey(test.app, other, key.id, {}))).to.equal("not-found");
  });

  it("say in lists which ends within two weeks and has no successor, when each was last used, and for what", async () => {
    const key = await created("watched", 15);
    expect(await listed(key.id)).to.include({ state: "active", lastUsedAt: null });
    move(DAY);
    await fetchFiles(key.key).expect(200);
    expect(await listed(key.id)).to.include({
      state: "expiring",
      lastUsedAt: test.clock.now.toISOString(),
      lastUsedFor: "GET /api/v1/outbound-files",
    });
    await rotateApiKey(test.app, system(), key.id, {});
    expect(await listed(key.id)).to.include({ state: "replaced" });
  });
});
