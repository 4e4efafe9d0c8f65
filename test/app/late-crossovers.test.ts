import { expect } from "chai";
import { openLateCrossovers } from "../../src/app/denials/late-crossovers.ts";
import type { Happening } from "../../src/app/events.ts";
import { unpostRemittance } from "../../src/app/posting/unpost-remittance.ts";
import { claim, claimFile, MEDICAID } from "./claim-file.ts";
import { type Practice, practices } from "./practice.ts";
import { clp, remittanceFile, reversalOf } from "./remittance-file.ts";

const quiet = () => undefined;

const CLAIMS = claimFile([{ ...claim("A1", "99213 100.00"), others: [MEDICAID] }]);
const LINE = "99213 100.00 60.00 CO-45 20.00 PR-2 20.00";

/** Granite pays and forwards; the practices' today is 2026-03-20. */
const forwarded = (date: string, ...lines: readonly string[]) => {
  const payment = clp("A1 19 100.00 60.00 ICN1", ...(lines.length > 0 ? lines : [LINE]));
  const [head = "", ...rest] = payment.segments;
  const named = ["NM1*TT*2*STATE MEDICAID*****PI*MEDICAID"];
  const at = rest.findIndex((segment) => segment.startsWith("SVC"));
  const segments = [head, ...rest.slice(0, at), ...named, ...rest.slice(at)];
  return remittanceFile([{ trace: "T1", date, payments: [{ ...payment, segments }] }]);
};
const ANSWER = remittanceFile([
  {
    trace: "M1",
    payer: ["MEDICAID", "STATE MEDICAID"],
    payments: [clp("A1 2 100.00 20.00 ICN2", "99213 100.00 20.00 OA-23 80.00")],
  },
]);

describe("claims that were forwarded without an answer", () => {
  const newPractice = practices();

  async function prepared(...files: readonly string[]): Promise<Practice> {
    const practice = newPractice();
    for (const file of [CLAIMS, ...files]) await practice.ingest(file);
    return practice;
  }

  const look = async ({ app, actor }: Practice, tell: (one: Happening) => void = quiet) => {
    const { opened } = await openLateCrossovers(app, actor, tell);
    return { opened };
  };

  it("have one work item after thirty days, which says whom to bill", async () => {
    const practice = await prepared(forwarded("20260217"));
    const told: Happening[] = [];
    expect(await look(practice, (one) => told.push(one))).to.deep.equal({ opened: 1 });
    expect(told).to.have.length(1);
    expect(await look(practice)).to.deep.equal({ opened: 0 });
    const [item, ...others] = await practice.store.workItems.find({ status: "open" });
    expect(others).to.deep.equal([]);
    expect(item).to.deep.include({ kind: "no-response", category: "late-crossover" });
    expect(item).to.deep.include({ payer: { id: "MEDICAID", name: "STATE MEDICAID" } });
    expect(item).to.include({ amountCents: 2000, patientControlNumber: "A1", traceNumber: "T1" });
    expect(item?.words).to.equal(
      "GRANITE HEALTH forwarded the claim to STATE MEDICAID, which has not answered in 30 days ($20.00).",
    );
    expect(await practice.audited()).to.include({ "crossover.late": 1 });
  });

  it("are in time on the thirtieth day", async () => {
    expect(await look(await prepared(forwarded("20260218")))).to.deep.equal({ opened: 0 });
  });

  it("have none once the next payer has answered, or nothing is left for it", async () => {
    expect(await look(await prepared(forwarded("20260101"), ANSWER))).to.deep.equal({ opened: 0 });
    const whole = forwarded("20260101", "99213 100.00 60.00 CO-45 40.00");
    expect(await look(await prepared(whole))).to.deep.equal({ opened: 0 });
  });

  it("have none after the payment that forwarded them was reversed", async () => {
    const reversal = reversalOf("A1 1 100.00 60.00 ICN1", LINE);
    const taken = remittanceFile([
      { trace: "T2", payments: [reversal], adjustments: ["L6 -60.00"] },
    ]);
    const practice = await prepared(forwarded("20260101"));
    await look(practice);
    await practice.ingest(taken);
    const late = async () =>
      (await practice.items()).filter((each) => each.includes("late-crossover"));
    expect(await late()).to.deep.equal(["no-response late-crossover 2000 resolved"]);
    expect(await look(practice)).to.deep.equal({ opened: 0 });
  });

  it("are done when the answer comes, and waited for again when that is unposted", async () => {
    const practice = await prepared(forwarded("20260101"));
    const { app, actor } = practice;
    await look(practice);
    await practice.ingest(ANSWER);
    expect(await practice.items()).to.deep.equal(["no-response late-crossover 2000 resolved"]);
    expect(await look(practice)).to.deep.equal({ opened: 0 });
    await unpostRemittance(app, actor, "M1", { reason: "wrong file" }, quiet);
    expect(await practice.items()).to.deep.equal(["no-response late-crossover 2000 open"]);
    await unpostRemittance(app, actor, "T1", { reason: "wrong file" }, quiet);
    expect(await practice.items()).to.deep.equal(["no-response late-crossover 2000 resolved"]);
    expect(await practice.differences()).to.equal(0);
  });
});
