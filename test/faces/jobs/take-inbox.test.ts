import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import request from "supertest";
import type { App } from "../../../src/app/context.ts";
import { newIds } from "../../../src/app/open-app.ts";
import { ALL_USE_CASES } from "../../../src/faces/http/all-use-cases.ts";
import { takeInbox } from "../../../src/faces/jobs/take-inbox.ts";
import { type EmbeddedStore, startEmbedded } from "../../../src/platform/store/embedded/index.ts";
import { openStore } from "../../../src/platform/store/index.ts";
import { bigRemittance } from "../../app/big-remittance.ts";
import { expectWhole } from "../../app/faults/books.ts";
import { appOn, Practice } from "../../app/practice.ts";
import { clp, remittanceFile } from "../../app/remittance-file.ts";
import { testKeys } from "../../keys.ts";
import { addKey, serverOf } from "../http/ground.ts";

const SMALL = remittanceFile([
  { trace: "T1", payments: [clp("X1 1 9.00 9.00 ICN1"), clp("X2 1 8.00 8.00 ICN2")] },
]);

describe("the inbox", () => {
  const folder = mkdtempSync(join(tmpdir(), "cw-inbox-"));
  const inbox = join(folder, "inbox");
  const apps: (App & { close(): Promise<void> })[] = [];
  let embedded: EmbeddedStore;
  let count = 0;

  /** Applications on connections of their own, as two services on one database have them. */
  before(async () => {
    embedded = await startEmbedded({ directory: join(folder, "data") });
    const newId = newIds(() => Date.now());
    for (let each = 0; each < 3; each++) {
      const store = await openStore({ uri: embedded.uri }, testKeys());
      apps.push({ ...appOn(store, newId), close: () => store.close() });
    }
  });
  beforeEach(() => {
    rmSync(inbox, { recursive: true, force: true });
  });
  after(async () => {
    for (const app of apps) await app.close();
    await embedded?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function practice(): Practice {
    count += 1;
    return new Practice(apps[0] as App, `inbox-${count}`);
  }

  const look = (of: Practice, app = of.app) => takeInbox(app, of.actor, inbox);

  it("leaves a file that is still on its way, and takes it once when it is there whole", async () => {
    const arriving = practice();
    await look(arriving);
    const path = join(inbox, "a.835");
    const middle = SMALL.indexOf("CLP*X2");
    writeFileSync(path, SMALL.slice(0, middle));
    writeFileSync(join(inbox, "b.835.filepart"), SMALL);
    await look(arriving);
    expect(await arriving.store.files.count({}), "half a file").to.equal(0);
    appendFileSync(path, SMALL.slice(middle));
    const growing = look(arriving);
    setTimeout(() => appendFileSync(path, "\n"), 300);
    await growing;
    expect(await arriving.store.files.count({}), "a file that grows").to.equal(0);
    renameSync(join(inbox, "b.835.filepart"), join(inbox, "b.835"));
    await look(arriving);
    expect(readdirSync(join(inbox, "done"))).to.deep.equal(["a.835", "b.835"]);
    expect((await arriving.parked()).length, "payments of one posting").to.equal(2);
    expect(await arriving.store.remittances.count({})).to.equal(1);
    await expectWhole(arriving, "at the end");
  });

  it("posts a file once that comes by two inboxes, by upload and by hand at the same time", async () => {
    const meeting = practice();
    const [one, two, three] = apps as readonly App[] as readonly [App, App, App];
    const big = bigRemittance(40);
    await meeting.ingest(big.claimFile);
    await look(meeting);
    writeFileSync(join(inbox, "a.835"), big.remittanceFile);
    const key = await addKey(two, "biller", meeting.actor.practiceId);
    const upload = request(serverOf(two, ALL_USE_CASES))
      .post("/api/v1/files")
      .set("authorization", key)
      .set("content-type", "application/edi-x12")
      .send(big.remittanceFile)
      .expect(200);
    const [, , uploaded] = await Promise.all([
      look(meeting, one),
      look(meeting, three),
      upload,
      new Practice(two, meeting.actor.practiceId).ingest(big.remittanceFile),
    ]);
    expect(uploaded.body.summary).to.include({ claimPayments: 40, parked: 0 });
    expect(readdirSync(inbox).sort()).to.deep.equal(["done", "failed"]);
    expect(readdirSync(join(inbox, "done"))).to.deep.equal(["a.835"]);
    expect(readdirSync(join(inbox, "failed"))).to.deep.equal([]);
    expect(await meeting.store.adjudications.count({})).to.equal(40);
    expect(await meeting.store.remittances.count({})).to.equal(1);
    expect(await meeting.store.workItems.count({})).to.equal(big.denials);
    expect(await meeting.accounts()).to.include({ "cash-in-transit": big.paidCents });
    expect((await meeting.audited())["claim.post"]).to.equal(40);
    expect(await meeting.store.files.count({}), "the claims and the remittance").to.equal(2);
    await expectWhole(meeting, "at the end");
  });
});
