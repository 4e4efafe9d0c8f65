import { expect } from "chai";
import { showClaim } from "../../src/app/claims/claims.ts";
import { generateClaims } from "../../src/app/claims/generate-claims.ts";
import { listWorkItems } from "../../src/app/denials/list-queue.ts";
import {
  assignWorkItem,
  noteWorkItem,
  resolveWorkItem,
  showWorkItem,
} from "../../src/app/denials/work-items.ts";
import { OperatingError } from "../../src/app/errors.ts";
import { listOutboundFiles, readOutboundFile } from "../../src/app/exchange/outbound-files.ts";
import { trialBalance } from "../../src/app/posting/ledger.ts";
import {
  findRemittances,
  listRemittances,
  showRemittance,
} from "../../src/app/posting/remittances.ts";
import { plainEncounter } from "../billing/claims/sample-encounters.ts";
import { claim, claimFile } from "./claim-file.ts";
import { practices } from "./practice.ts";
import { clp, remittanceFile } from "./remittance-file.ts";

const REMITTANCE = remittanceFile([
  { trace: "T1", payments: [clp("A1 1 100.00 0.00 ICN1", "99213 100.00 0.00 CO-197 100.00")] },
]);

describe("the walls between practices", () => {
  const newPractice = practices();

  it("8.4.1 what belongs to another practice is not found, read or change", async () => {
    const owner = newPractice();
    await owner.ingest(claimFile([claim("A1", "99213 100.00")]));
    await owner.ingest(REMITTANCE);
    const { files } = await generateClaims(
      owner.app,
      owner.actor,
      JSON.stringify({
        ...plainEncounter(),
        submitter: { organizationName: "ELM", contactInformation: { phoneNumber: "2175550100" } },
      }),
      () => undefined,
    );
    const item = (await owner.store.workItems.findOne({}))?._id ?? "";
    const file = files[0]?.id ?? "";
    const { app, actor } = newPractice();
    const uses: Readonly<Record<string, () => Promise<unknown>>> = {
      showClaim: () => showClaim(app, actor, "A1"),
      findRemittances: () => findRemittances(app, actor, "T1"),
      showRemittance: () => showRemittance(app, actor, "T1"),
      showWorkItem: () => showWorkItem(app, actor, item),
      assignWorkItem: () => assignWorkItem(app, actor, item, { assignee: "thief" }),
      noteWorkItem: () => noteWorkItem(app, actor, item, { text: "mine" }),
      resolveWorkItem: () => resolveWorkItem(app, actor, item, { outcome: "no-action" }),
      readOutboundFile: () => readOutboundFile(app, actor, file),
    };
    await readOutboundFile(app, owner.actor, file);
    for (const [name, use] of Object.entries(uses)) {
      const refused = await use().catch((error: unknown) => error);
      expect(refused, name).to.be.instanceOf(OperatingError).with.property("code", "not-found");
    }
    const [untouched] = await owner.store.workItems.find({});
    expect(untouched).to.include({ status: "open", version: 1 });
    expect((await listRemittances(app, actor, {})).items).to.deep.equal([]);
    expect((await listWorkItems(app, actor, {})).items).to.deep.equal([]);
    expect(await listOutboundFiles(app, actor)).to.deep.equal([]);
    const { accounts } = await trialBalance(app, actor);
    expect(Object.values(accounts).every((cents) => cents === 0)).to.equal(true);
  });

  it("8.4.1 equal claim and trace numbers of two practices stay apart", async () => {
    const one = newPractice();
    const two = newPractice();
    for (const practice of [one, two]) {
      await practice.ingest(claimFile([claim("A1", "99213 100.00")]));
    }
    await one.ingest(REMITTANCE);
    expect((await two.claim("A1")).adjudications).to.deep.equal([]);
    const { summary } = await two.ingest(REMITTANCE);
    expect(summary).to.include({ posted: 1, duplicates: 0 });
    const { summary: parked } = await newPractice().ingest(REMITTANCE);
    expect(parked).to.include({ parked: 1, duplicates: 0 });
  });

  it("8.4.1 no collection can be reached without a practice", () => {
    const { app } = newPractice();
    for (const none of ["", undefined, null]) {
      expect(() => app.store.practice(none as string), String(none)).to.throw("practice");
    }
  });

  it("8.4.1 a filter that names another practice still finds only its own", async () => {
    const owner = newPractice();
    await owner.ingest(claimFile([claim("A1", "99213 100.00")]));
    const other = newPractice();
    const filter = { practiceId: owner.actor.practiceId };
    expect(await other.store.claims.find(filter)).to.deep.equal([]);
    expect(await other.store.claims.count(filter)).to.equal(0);
    expect(await other.store.claims.updateAll(filter, { $set: { superseded: true } })).to.equal(0);
    expect(await other.store.claims.update(filter, { $set: { superseded: true } })).to.equal(false);
    expect(await owner.store.claims.count({ superseded: false })).to.equal(1);
  });
});
