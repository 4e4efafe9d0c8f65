import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { recordAudit, verifyAudit } from "../../src/app/audit/audit.ts";
import { checkpointAudit, exportAudit, exportFhir } from "../../src/app/audit/export-audit.ts";
import { verifyExport } from "../../src/app/audit/verify-export.ts";
import { OperatingError } from "../../src/app/errors.ts";
import { CheckpointFile } from "../../src/platform/checkpoints/index.ts";
import { type AuditEvent, appendEvents, GENESIS } from "../../src/trust/audit/index.ts";
import { newCheckpoints, type Practice, practices } from "./practice.ts";

const READ = {
  action: "claim.read",
  entity: { type: "claim", id: "c1" },
  purpose: "payment",
  outcome: "success",
} as const;

describe("signed checkpoints", () => {
  const newPractice = practices();
  const read = (practice: Practice, times: number) =>
    recordAudit(practice.app, practice.actor, Array<typeof READ>(times).fill(READ));

  /** A practice with a file of checkpoints of its own. */
  function ownPractice() {
    const { app, actor } = newPractice();
    const own = { ...app, checkpoints: newCheckpoints() };
    return { app: own, actor, store: app.store.practice(actor.practiceId) };
  }

  it("164.312(c)(1) are added on demand, and the chain is held against them", async () => {
    const { app, actor } = ownPractice();
    await recordAudit(app, actor, [READ, READ]);
    expect(await verifyAudit(app, actor)).to.include({ ok: true, checkpoints: 0, vouched: 0 });
    const first = await checkpointAudit(app, actor);
    const text = readFileSync(first.file, "utf8");
    await recordAudit(app, actor, READ);
    const second = await checkpointAudit(app, actor);
    expect([first.sequence, second.sequence]).to.deep.equal([3, 5]);
    expect(readFileSync(first.file, "utf8").startsWith(text)).to.equal(true);
    expect(await verifyAudit(app, actor)).to.include({ ok: true, checkpoints: 2, vouched: 5 });
  });

  it("164.312(c)(1) come by themselves with every thousand events, behind the transaction", async () => {
    const practice = ownPractice();
    const { app, actor } = practice;
    await recordAudit(app, actor, Array<typeof READ>(999).fill(READ));
    await app.checkpoints.settled();
    expect(existsSync(app.checkpoints.path)).to.equal(false);
    await recordAudit(app, actor, [READ, READ]);
    await app.checkpoints.settled();
    expect(await verifyAudit(app, actor)).to.include({ ok: true, checkpoints: 1, vouched: 1001 });
  });

  it("16.4.2 164.312(c)(1) tell a chain that was cut off or written anew together with its head", async () => {
    const { app, actor, store } = ownPractice();
    await recordAudit(app, actor, [READ, READ, READ]);
    await checkpointAudit(app, actor);
    const { db } = app.store.connection;
    const collection = db?.collection<{ _id: string }>("auditEvents");
    const head = { _id: actor.practiceId };
    const stored = await store.auditEvents.find({}, { sort: { _id: 1 } });
    await collection?.deleteOne({ _id: stored[3]?._id ?? "" });
    const [, , last] = stored;
    await store.auditHeads.update(head, { $set: { sequence: 3, hash: last?.hash } });
    const cut = await verifyAudit(app, actor);
    expect(cut.firstBad).to.deep.equal({ sequence: 4, reason: "truncated" });
    const drafts = stored.map(({ _id, sequence, at, previousHash, hash, ...rest }) => ({
      ...rest,
      action: "claim.list",
    }));
    const anew = appendEvents(GENESIS, drafts, "2026-03-20T12:00:00.000Z");
    await collection?.deleteMany({ practiceId: actor.practiceId } as never);
    await store.auditEvents.insert(
      anew.events.map((event: AuditEvent, at) => ({ _id: stored[at]?._id ?? "", ...event })),
    );
    await store.auditHeads.update(head, { $set: anew.head });
    const rewritten = await verifyAudit(app, actor);
    expect(rewritten.firstBad).to.deep.equal({ sequence: 4, reason: "rewritten" });
    const refused = await checkpointAudit(app, actor).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(OperatingError).with.property("code", "state");
  });

  it("164.312(c)(1) tell an event behind the head", async () => {
    const { app, actor, store } = ownPractice();
    await recordAudit(app, actor, [READ, READ]);
    const [event] = await store.auditEvents.find({}, { sort: { _id: -1 }, limit: 1 });
    const { _id, ...rest } = event ?? ({} as never);
    await store.auditEvents.insert([{ ...rest, _id: _id.replace(/2$/, "3"), sequence: 3 }]);
    expect((await verifyAudit(app, actor)).firstBad).to.deep.equal({
      sequence: 3,
      reason: "extended",
    });
  });

  it("164.312(c)(1) do not hold with a line that the key did not sign; a cut line is told", async () => {
    const { app, actor } = ownPractice();
    await recordAudit(app, actor, READ);
    const { file } = await checkpointAudit(app, actor);
    const whole = readFileSync(file, "utf8");
    appendFileSync(file, whole.slice(0, 40));
    await checkpointAudit(app, actor);
    expect(await verifyAudit(app, actor)).to.deep.include({
      ok: true,
      checkpoints: 2,
      cut: [2],
      unsigned: [],
    });
    writeFileSync(file, whole.replace('"sequence":2', '"sequence":1'));
    expect(await verifyAudit(app, actor)).to.deep.include({ ok: false, unsigned: [1] });
    writeFileSync(file, `${whole}null\n`);
    expect(await verifyAudit(app, actor)).to.deep.include({ ok: false, unsigned: [2] });
  });

  it("164.312(c)(1) of one practice say nothing of another's chain, in one file", async () => {
    const { app, actor } = ownPractice();
    await recordAudit(app, actor, READ);
    await checkpointAudit(app, actor);
    const other = newPractice();
    await read(other, 1);
    const report = await verifyAudit({ ...other.app, checkpoints: app.checkpoints }, other.actor);
    expect(report).to.include({ ok: true, checkpoints: 0 });
  });

  it("164.312(c)(1) that cannot be kept leave the recording as it was, and are told to the log", async () => {
    const { app, actor, store } = ownPractice();
    const errors: string[] = [];
    const checkpoints = new CheckpointFile("/dev/null/no-folder/checkpoints.ndjson");
    const log = { ...app.log, error: (message: string) => errors.push(message) };
    const faulty = { ...app, checkpoints, log } as typeof app;
    await recordAudit(faulty, actor, Array<typeof READ>(1000).fill(READ));
    await checkpoints.settled();
    expect(errors).to.deep.equal(["audit-checkpoint-failed"]);
    expect(await store.auditEvents.count({})).to.equal(1000);
  });

  it("164.312(c)(1) hold while others record", async () => {
    const { app, actor } = ownPractice();
    const recording = Array.from({ length: 40 }, () => recordAudit(app, actor, READ));
    const reports = await Promise.all([1, 2, 3].map(() => verifyAudit(app, actor)));
    await Promise.all(recording);
    expect(reports.map(({ ok }) => ok)).to.deep.equal([true, true, true]);
  });
});

describe("the export of the audit trail", () => {
  const newPractice = practices();

  it("164.312(c)(1) is verified without a store, and names what was changed", async () => {
    const { app: shared, actor } = newPractice();
    const app = { ...shared, checkpoints: newCheckpoints() };
    await recordAudit(app, actor, [READ, READ, READ]);
    await checkpointAudit(app, actor);
    await recordAudit(app, actor, READ);
    const { lines, keyId, events } = await exportAudit(app, actor);
    const all: string[] = [];
    for await (const line of lines) all.push(line);
    const said = async (text: string, key?: string) =>
      verifyExport(
        (async function* () {
          // In pieces that do not end where lines do.
          const bytes = Buffer.from(text);
          for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
        })(),
        key,
      );
    const text = `${all.join("\n")}\n`;
    expect(events).to.equal(6);
    expect(await said(text, keyId)).to.include({ ok: true, events: 6, checkpoints: 2 });
    expect(await said(text.trimEnd())).to.include({ ok: true, events: 6 });
    const changed = text.replace('"action":"audit.checkpoint"', '"action":"audit.checkpoinT"');
    expect((await said(changed)).firstBad).to.deep.equal({ sequence: 4, reason: "altered" });
    const refused = await said("ISA*00*\n").catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(OperatingError).with.property("code", "invalid");
  });

  it("164.316(b)(1)(ii) 164.312(b) is an event itself, and is one of what it exports", async () => {
    const practice = newPractice();
    const app = { ...practice.app, checkpoints: newCheckpoints() };
    await exportAudit(app, practice.actor);
    const { lines } = await exportFhir(app, practice.actor);
    const all: { subtype: { code: string }[] }[] = [];
    for await (const line of lines) all.push(JSON.parse(line));
    expect(all.map(({ subtype }) => subtype.at(-1)?.code)).to.deep.equal([
      "audit.export",
      "audit.export-fhir",
    ]);
  });
});
