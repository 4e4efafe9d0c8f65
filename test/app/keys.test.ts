import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { verifyAudit } from "../../src/app/audit/audit.ts";
import { listClaims } from "../../src/app/claims/claims.ts";
import { listWorkItems } from "../../src/app/denials/list-queue.ts";
import { noteWorkItem } from "../../src/app/denials/work-items.ts";
import { resealData, retireKeys, rotateKeys, showKeys } from "../../src/app/keys.ts";
import { commandLineActor } from "../../src/app/open-app.ts";
import { Keys, keyFile } from "../../src/platform/keys/index.ts";
import { COLLECTIONS } from "../../src/platform/store/collections.ts";
import { openStore, type Store } from "../../src/platform/store/index.ts";
import { appOn, countingIds, Practice } from "./practice.ts";

const SAMPLES = ["03-batch.837", "09-paid.835", "10-partial-denial.835", "19-unbalanced.835"];

/** Everything that the store keeps, as text. */
async function allStored(store: Store): Promise<string> {
  const { db } = store.connection;
  if (db === undefined) throw new Error("the store is not open");
  const parts: string[] = [];
  for (const name of [...Object.keys(COLLECTIONS), "fileBytes.files", "fileBytes.chunks", "jobs"]) {
    for await (const document of db.collection(name).find()) parts.push(JSON.stringify(document));
  }
  const text = parts.join("\n");
  // Bytes stand there in base64.
  const inside = [...text.matchAll(/"([\w+/=]{40,})"/g)].map(([, bytes = ""]) =>
    Buffer.from(bytes, "base64").toString("latin1"),
  );
  return `${text}\n${inside.join("\n")}`;
}

describe("patient data at rest", () => {
  let folder: string;
  let store: Store;
  let practice: Practice;
  const keys = () => Keys.load(keyFile(join(folder, "keys.json")), () => new Date(0));

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "cw-sealed-"));
    store = await openStore({ directory: join(folder, "data") }, keys());
    practice = new Practice(appOn(store, countingIds()), "main");
    for (const name of SAMPLES) await practice.ingest(readFileSync(`edi-samples/${name}`), name);
    const [item] = (await listWorkItems(practice.app, practice.actor, {})).items;
    await noteWorkItem(practice.app, practice.actor, item?.id ?? "", {
      text: "CANARY called about Jane",
    });
  });

  after(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  /** What the 837 says of its patients: names, member ids, birth dates, streets. */
  const secrets = () => {
    const text = readFileSync("edi-samples/03-batch.837", "latin1");
    const names = [...text.matchAll(/NM1\*(?:IL|QC)\*1\*([^*~]*)\*([^*~]*)[^~]*\*MI\*([^*~]*)/g)];
    const births = [...text.matchAll(/DMG\*D8\*(\d{8})/g)].map(([, date = ""]) => date);
    const found = [...names.flatMap(([, last = "", first = "", id = ""]) => [last, first, id])];
    return [...new Set([...found, ...births, "CANARY"])].filter((word) => word.length > 3);
  };

  it("14.2.4 164.312(a)(2)(iv) stands nowhere in the store to be read without the keys", async () => {
    const stored = await allStored(store);
    expect(secrets()).to.have.length.greaterThan(5);
    expect(secrets().filter((word) => stored.includes(word))).to.deep.equal([]);
    expect(stored, "what is no patient data is there").to.include("patientControlNumbers");
  });

  it("is found by member id, name or birth date, and by nothing that differs", async () => {
    const [claim] = await practice.store.claims.find({}, { sort: { _id: 1 }, limit: 1 });
    if (claim === undefined) throw new Error("no claim");
    const { lastName, firstName, memberId, birthDate } = claim.claim.patient;
    const find = async (query: object) =>
      (await listClaims(practice.app, practice.actor, query)).items.map(
        ({ patientControlNumber }) => patientControlNumber,
      );
    const [number] = claim.patientControlNumbers;
    expect(await find({ memberId: memberId.toLowerCase() })).to.include(number);
    expect(await find({ name: `${lastName}, ${firstName}` })).to.include(number);
    expect(await find({ name: lastName.toLowerCase(), birthDate })).to.include(number);
    expect(await find({ name: lastName, birthDate: "1901-01-01" })).to.deep.equal([]);
    expect(await find({ name: firstName })).to.deep.equal([]);
    expect(await practice.audited()).to.have.property("claim.search");
  });

  it("11.2.2 164.312(a)(2)(iv) is sealed anew after a rotation, while it can be read all the time, and old keys then go", async () => {
    const before = await practice.state();
    const old = showKeys(practice.app).current;
    const rotated = await rotateKeys(practice.app, practice.actor);
    expect(rotated.current).not.to.equal(old);
    expect(rotated.keys).to.have.length(2);
    expect(await practice.state()).to.deep.equal(before);
    const report = await resealData(practice.app, practice.actor, () => undefined);
    expect(report.claims?.resealed).to.equal(report.claims?.seen);
    expect(report.fileBytes).to.deep.equal({
      seen: SAMPLES.length,
      resealed: SAMPLES.length,
    });
    const again = await resealData(practice.app, practice.actor, () => undefined);
    expect(Object.values(again).filter(({ resealed }) => resealed > 0)).to.deep.equal([]);
    const left = await retireKeys(practice.app, practice.actor);
    expect(left.keys.map(({ id }) => id)).to.deep.equal([rotated.current]);
    expect(await practice.state()).to.deep.equal(before);
    for (const { _id, name } of await practice.store.files.find({})) {
      const bytes = await store.fileBytes.get("main", _id);
      expect(bytes?.equals(readFileSync(`edi-samples/${name}`)), name).to.equal(true);
    }
    expect((await verifyAudit(practice.app, practice.actor)).ok).to.equal(true);
  });

  it("is sealed anew also where an older version has left it open", async () => {
    const { db } = store.connection;
    const claims = db?.collection("claims");
    const [{ _id, practiceId, packed: _sealed, ...rest } = { _id: "", practiceId: "" }] =
      (await practice.store.claims.find({})) as unknown as Record<string, string>[];
    const { claim, adjudications, timeline, ...open } = rest as Record<string, unknown>;
    const text = JSON.stringify({ claim, adjudications, timeline });
    await claims?.replaceOne({ _id: _id as never }, { practiceId, ...open, packed: text });
    const report = await resealData(practice.app, practice.actor, () => undefined);
    expect(report.claims?.resealed).to.equal(1);
    const stored = await allStored(store);
    expect(secrets().filter((word) => stored.includes(word))).to.deep.equal([]);
    const [again] = await practice.store.claims.find({ _id });
    expect(again?.claim).to.deep.equal(claim);
  });

  it("is read and written all the time while another process rotates the keys", async () => {
    const other = practice;
    let reading = true;
    let reads = 0;
    const reader = (async () => {
      while (reading) {
        await other.state();
        reads += 1;
      }
    })();
    for (let round = 0; round < 3; round++) {
      await rotateKeys(practice.app, commandLineActor("main", "r"));
      await resealData(practice.app, practice.actor, () => undefined);
    }
    reading = false;
    await reader;
    expect(reads).to.be.greaterThan(0);
  });
});
