import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { checkpointAudit } from "../../src/app/audit/export-audit.ts";
import { drillRestore } from "../../src/app/store-drill.ts";
import { backupStore } from "../../src/app/store-upkeep.ts";
import { openStore, type Store } from "../../src/platform/store/index.ts";
import { testKeys } from "../keys.ts";
import { claim, claimFile } from "./claim-file.ts";
import { appOn, countingIds, Practice } from "./practice.ts";
import { clp, remittanceFile } from "./remittance-file.ts";

const REMITTANCE = remittanceFile([
  {
    trace: "T1",
    payments: [clp("A1 1 100.00 70.00 ICN1", "99213 100.00 70.00 CO-45 20.00 PR-1 10.00")],
  },
]);

describe("the restore drill", () => {
  const keys = testKeys();
  let folder: string;
  let store: Store;
  let practice: Practice;
  let count = 0;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "cw-drill-"));
    store = await openStore({ directory: join(folder, "data") }, keys);
    practice = new Practice(appOn(store, countingIds()), "main");
    await practice.ingest(claimFile([claim("A1", "99213 100.00")]));
    await practice.ingest(REMITTANCE);
    await checkpointAudit(practice.app, practice.actor);
  });
  after(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const raw = (name: string) =>
    store.connection.collection<{ _id: string; [field: string]: unknown }>(name);

  async function backup(): Promise<string> {
    count += 1;
    const file = join(folder, `backup-${count}`);
    await backupStore(join(folder, "data"), file, keys);
    return file;
  }

  const drill = (file: string) => drillRestore(practice.app, practice.actor, file);

  /** The last drill as the audit trail has it. */
  async function recorded() {
    const [event] = await practice.store.auditEvents.find(
      { action: "store.drill" },
      { sort: { _id: -1 }, limit: 1 },
    );
    return event;
  }

  it("164.308(a)(7)(ii)(D) proves counts, trial balance, audit head and every sealed field, and is on record", async () => {
    const file = await backup();
    const head = await practice.store.auditHeads.findOne({});
    const report = await drill(file);
    expect(report.differences).to.deep.equal([]);
    expect(report.ok).to.equal(true);
    const { proof } = report;
    expect(proof?.counts).to.include({ claims: 1, adjudications: 1, journal: 2, files: 2 });
    expect(proof?.totalCents).to.equal(0);
    expect(proof?.trialBalance).to.include({ "ar-patient": 1_000, contractual: 2_000 });
    expect(proof?.audit).to.include({ events: head?.sequence, hash: head?.hash, since: 0 });
    expect(proof?.audit).to.include({ checkpoints: 1, vouched: head?.sequence });
    expect(proof?.entriesAtHand).to.equal(2);
    const sealed = Object.fromEntries((proof?.sealed ?? []).map((each) => [each.collection, each]));
    expect(sealed.claims).to.include({ sealed: 1, unopened: 0 });
    expect(sealed.fileBytes).to.include({ sealed: 2, unopened: 0 });
    expect(await recorded()).to.deep.include({ outcome: "success" });
    expect(readdirSync(folder).filter((name) => name.includes("drill"))).to.deep.equal([]);
    // An older backup is whole, too, and says what it lacks.
    await practice.claim("A1");
    expect((await drill(file)).proof?.audit.since).to.be.greaterThan(0);
  });

  it("finds what differs, says what, and is on record as failed", async () => {
    const [entry] = await practice.store.journal.find({}, { sort: { _id: 1 } });
    const [event] = await practice.store.auditEvents.find({}, { sort: { _id: 1 } });
    const doc = await raw("claims").findOne({});
    const before = { $set: { lines: entry?.lines } };
    const altered = entry?.lines.map((line, index) =>
      index === 0 ? { ...line, amountCents: line.amountCents + 1 } : line,
    );
    const tamperings: readonly (readonly [RegExp[], string, string, object, object])[] = [
      [
        [/trial balance is off by 1 cents/, /1 claims differ/, /1 journal entries differ/],
        "journal",
        entry?._id ?? "",
        { $set: { lines: altered } },
        before,
      ],
      [
        [/chain breaks at event 1: altered/],
        "auditEvents",
        event?._id ?? "",
        { $set: { outcome: "denied" } },
        { $set: { outcome: "success" } },
      ],
      [
        [/1 of 1 in claims do not open/],
        "claims",
        doc?._id ?? "",
        { $set: { packed: Buffer.concat([Buffer.from("x"), Buffer.alloc(60)]) } },
        { $set: { packed: doc?.packed } },
      ],
    ];
    for (const [words, collection, _id, change, back] of tamperings) {
      await raw(collection).updateOne({ _id }, change);
      const file = await backup();
      await raw(collection).updateOne({ _id }, back);
      const { ok, differences } = await drill(file);
      expect(ok, collection).to.equal(false);
      expect(differences, collection).to.have.lengthOf(words.length);
      for (const word of words) expect(differences.join("\n")).to.match(word);
      const said = await recorded();
      expect(said, collection).to.deep.include({ outcome: "failure" });
      expect(said?.detail?.differences, collection).to.deep.equal(differences);
    }
    expect((await drill(await backup())).ok, "all is put back").to.equal(true);
  });

  it("finds a backup that does not open, and one of another trail", async () => {
    const file = await backup();
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(`${file}.bad`, bytes);
    const { ok, differences, proof } = await drill(`${file}.bad`);
    expect([ok, differences.length, proof]).to.deep.equal([false, 1, undefined]);
    const [event] = await practice.store.auditEvents.find({}, { sort: { _id: -1 }, limit: 1 });
    const head = await practice.store.auditHeads.findOne({});
    const other = { ...event, _id: event?._id ?? "" };
    await raw("auditEvents").updateOne({ _id: other._id }, { $set: { hash: "0".repeat(64) } });
    await raw("auditHeads").updateOne({ _id: "main" }, { $set: { hash: "0".repeat(64) } });
    const foreign = await backup();
    await raw("auditEvents").updateOne({ _id: other._id }, { $set: { hash: event?.hash } });
    await raw("auditHeads").updateOne({ _id: "main" }, { $set: { hash: head?.hash } });
    const said = (await drill(foreign)).differences.join("\n");
    expect(said).to.match(/at hand is another one/);
    expect(readdirSync(folder).filter((name) => name.includes("drill"))).to.deep.equal([]);
  });

  it("refuses a file that is not there", async () => {
    const words = await drill(join(folder, "none")).catch((error: Error) => error.message);
    expect(words).to.match(/no such file/);
  });
});
