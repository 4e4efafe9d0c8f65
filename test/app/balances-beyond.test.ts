import { expect } from "chai";
import { postAgain } from "../../src/app/posting/post-again.ts";
import { unpostRemittance } from "../../src/app/posting/unpost-remittance.ts";
import { type Practice, practices } from "./practice.ts";
import { remittanceFile } from "./remittance-file.ts";

const quiet = () => undefined;

/** A remittance of provider adjustments; interest makes up for what is taken, so that it pays 10.00. */
const adjusting = (trace: string, adjustment: string, payer = "GRANITE") => {
  const dollars = Number(adjustment.split(" ")[1]);
  const interest = `L6 ${(-dollars - 10).toFixed(2)}`;
  return remittanceFile([{ trace, adjustments: [adjustment, interest], payer: [payer, payer] }]);
};

describe("provider balances that are taken beyond what was opened", () => {
  const newPractice = practices();

  async function prepared(...files: readonly string[]): Promise<Practice> {
    const practice = newPractice();
    for (const file of files) await practice.ingest(file);
    return practice;
  }

  it("have one work item, which says how much, and ends when the money comes back", async () => {
    const practice = await prepared(
      adjusting("T1", "FB:T1 -80.00"),
      adjusting("T2", "FB:T1 80.00"),
    );
    expect(await practice.items()).to.deep.equal([]);
    await practice.ingest(adjusting("T3", "FB:T1 5.00"));
    await practice.ingest(adjusting("T4", "FB:T1 7.00"));
    expect(await practice.items()).to.deep.equal(["posting-exception balance-beyond 1200 open"]);
    const [item] = await practice.store.workItems.find({});
    expect(item).to.include({ reasonCode: "FB", reference: "T1", traceNumber: "T4" });
    expect(item?.words).to.contain("$12.00, code FB, reference T1");
    await practice.ingest(adjusting("T5", "FB:T1 -12.00"));
    expect(await practice.items()).to.deep.equal([
      "posting-exception balance-beyond 1200 resolved",
    ]);
  });

  it("ends as well when what opened the chain arrives late", async () => {
    const practice = await prepared(
      adjusting("T2", "FB:T1 80.00"),
      adjusting("T1", "FB:T1 -80.00"),
    );
    expect(await practice.items()).to.deep.equal([
      "posting-exception balance-beyond 8000 resolved",
    ]);
  });

  it("tells chains apart by payer, reason and reference", async () => {
    const practice = await prepared(
      adjusting("T1", "WO:ICN1 5.00"),
      adjusting("T2", "WO:ICN2 6.00"),
      adjusting("T3", "AP:ICN1 7.00"),
      adjusting("T4", "WO:ICN1 8.00", "MARBLE"),
      adjusting("T5", "WO:ICN1 -5.00"),
    );
    expect(await practice.items()).to.deep.equal([
      "posting-exception balance-beyond 500 resolved",
      "posting-exception balance-beyond 600 open",
      "posting-exception balance-beyond 700 open",
      "posting-exception balance-beyond 800 open",
    ]);
  });

  it("follows the unposting of one that took too much, and its posting again", async () => {
    const practice = await prepared(
      adjusting("T1", "FB:T1 -80.00"),
      adjusting("T2", "FB:T1 85.00"),
      adjusting("T3", "FB:T1 7.00"),
    );
    const { app, actor } = practice;
    const open = async () => (await practice.items()).filter((item) => item.endsWith(" open"));
    const before = await open();
    const reason = { reason: "to see" };
    await unpostRemittance(app, actor, "T3", reason, quiet);
    expect(await open()).to.deep.equal(["posting-exception balance-beyond 500 open"]);
    await unpostRemittance(app, actor, "T2", reason, quiet);
    expect(await open()).to.deep.equal([]);
    await postAgain(app, actor, "T2", quiet);
    await postAgain(app, actor, "T3", quiet);
    expect(await open()).to.deep.equal(before);
  });
});
