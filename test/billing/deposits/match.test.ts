import { expect } from "chai";
import fc from "fast-check";
import {
  type AwaitedRemittance,
  matchDeposit,
  type OpenDeposit,
} from "../../../src/billing/deposits/index.ts";
import { cents } from "../../../src/billing/money/index.ts";

const GRANITE = { id: "GRANITE", name: "GRANITE HEALTH PLAN OF MAINE" };

/** `remittance("R1 T1 8000 2026-03-16")`: id, TRN02, BPR02, BPR16; TRN03 is 1GRANITE001 unless it is given. */
function remittance(text: string, originatorId = "1GRANITE01", payer = GRANITE): AwaitedRemittance {
  const [id = "", traceNumber = "", amount = "", date = ""] = text.split(" ");
  return { id, traceNumber, originatorId, payer, date, amountCents: cents(Number(amount)) };
}

/** `deposit("D1 8000 2026-03-16", …)`: id, amount, day. */
function deposit(text: string, more: Partial<OpenDeposit> = {}): OpenDeposit {
  const [id = "", amount = "", date = ""] = text.split(" ");
  return {
    id,
    amountCents: cents(Number(amount)),
    date,
    traces: [],
    originatorId: undefined,
    payerName: undefined,
    references: [],
    refused: [],
    ...more,
  };
}

const trace = (...numbers: readonly string[]) => ({
  traces: numbers.map((traceNumber) => ({ traceNumber, originatorId: "1GRANITE01" })),
});
const granite = { payerName: "GRANITE HEALTH P" };

/** The decision as text: `D1 = R1 R2 (evidence)`, or the suggestions as `D1 ? R1: reasons`. */
function decided(
  one: OpenDeposit,
  remittances: readonly AwaitedRemittance[],
  others: readonly OpenDeposit[] = [],
): string[] {
  const decision = matchDeposit(one, remittances, others);
  if (decision.kind === "match") {
    const { depositIds, remittanceIds, evidence } = decision.match;
    return [`${depositIds.join(" ")} = ${remittanceIds.join(" ")} (${evidence})`];
  }
  return decision.suggestions.map(
    ({ depositIds, remittanceIds, reasons, differenceCents }) =>
      `${depositIds.join(" ")} ? ${remittanceIds.join(" ")} ${differenceCents}: ${reasons.join(", ")}`,
  );
}

const R1 = remittance("R1 T1 8000 2026-03-16");

describe("matching deposits to remittances", () => {
  it("goes by the trace number first, however far the dates are apart", () => {
    const one = deposit("D1 8000 2026-05-30", trace("T1"));
    expect(decided(one, [R1, remittance("R2 T2 8000 2026-05-30")])).to.deep.equal([
      "D1 = R1 (trace)",
    ]);
  });

  it("does not take the trace number of another originator (TRN03) for the same", () => {
    const other = remittance("R1 T1 8000 2026-03-16", "1OTHER0001");
    expect(decided(deposit("D1 8000 2026-03-16", trace("T1")), [other])[0]).to.match(
      /^D1 \? R1 0: the deposit names another trace number/,
    );
  });

  it("tells a trace number that was used twice apart by the amount, and not between equals", () => {
    const again = remittance("R2 T1 500 2026-03-20");
    const same = remittance("R3 T1 8000 2026-03-20");
    const one = deposit("D1 8000 2026-03-16", trace("T1"));
    expect(decided(one, [R1, again])).to.deep.equal(["D1 = R1 (trace)"]);
    expect(decided(one, [R1, same]).map((line) => line.slice(0, 7))).to.deep.equal([
      "D1 ? R1",
      "D1 ? R3",
    ]);
  });

  it("suggests with the difference where the trace agrees and the amount does not", () => {
    expect(decided(deposit("D1 7990 2026-03-16", trace("T1")), [R1])).to.deep.equal([
      "D1 ? R1 -10: the trace number agrees, the amount differs, the dates are within three bank days, " +
        "the deposit names no payer, perhaps the bank kept a fee of $0.10",
    ]);
  });

  it("takes the bank's own reference for the trace where it is TRN02 and the amount agrees", () => {
    const one = { references: ["BK1", "T1"] };
    expect(decided(deposit("D1 8000 2026-04-30", one), [R1])).to.deep.equal([
      "D1 = R1 (trace in the bank's reference)",
    ]);
    expect(decided(deposit("D1 7999 2026-03-16", one), [R1])[0]).to.match(/^D1 \? R1 -1/);
  });

  it("without a trace needs amount, date and payer, all three", () => {
    expect(decided(deposit("D1 8000 2026-03-19", granite), [R1])).to.deep.equal([
      "D1 = R1 (amount, date and payer)",
    ]);
    const company = { originatorId: "1GRANITE01", payerName: "PAYMENTS INC" };
    expect(decided(deposit("D1 8000 2026-03-13", company), [R1])).to.deep.equal([
      "D1 = R1 (amount, date and payer)",
    ]);
    expect(decided(deposit("D1 8000 2026-03-16"), [R1])[0]).to.match(/names no payer$/);
    expect(decided(deposit("D1 8000 2026-03-20", granite), [R1])[0]).to.match(
      /dates are far apart/,
    );
    expect(decided(deposit("D1 8001 2026-03-16", granite), [R1])).to.deep.equal([]);
    expect(decided(deposit("D1 8000 2026-03-16", { payerName: "SLATE MUTUAL" }), [R1])[0]).to.match(
      /names another payer$/,
    );
  });

  it("does not go round a trace number that says otherwise", () => {
    const one = deposit("D1 8000 2026-03-16", { ...trace("T9"), ...granite });
    expect(decided(one, [R1])).to.deep.equal([
      "D1 ? R1 0: the deposit names another trace number, the amount agrees, the dates are within three bank days, the payer agrees",
    ]);
  });

  it("never decides between equals, remittances or deposits", () => {
    const one = deposit("D1 8000 2026-03-16", granite);
    const twin = remittance("R2 T2 8000 2026-03-17");
    expect(decided(one, [R1, twin])).to.have.length(2);
    const rival = deposit("D2 8000 2026-03-17", granite);
    expect(decided(one, [R1], [rival])[0]).to.match(/^D1 \? R1/);
    const named = deposit("D1 8000 2026-03-16", trace("T1"));
    expect(decided(named, [R1], [deposit("D2 8000 2026-03-16", trace("T1"))])[0]).to.match(
      /^D1 \? R1/,
    );
    expect(decided(named, [R1], [rival])).to.deep.equal(["D1 = R1 (trace)"]);
  });

  it("matches one deposit to several remittances only when each is named by its trace", () => {
    const both = [R1, remittance("R2 T2 2000 2026-03-16")];
    const one = deposit("D1 10000 2026-03-16", trace("T1", "T2"));
    expect(decided(one, both)).to.deep.equal(["D1 = R1 R2 (trace)"]);
    expect(decided(one, [R1])[0]).to.match(/^D1 \? R1 2000/);
    expect(decided({ ...one, amountCents: cents(9999) }, both)[0]).to.match(/^D1 \? R1 1999/);
    const unnamed = deposit("D1 10000 2026-03-16", granite);
    expect(decided(unnamed, both)).to.deep.equal([
      "D1 ? R1 R2 0: the sum of 2 remittances agrees, the dates are within three bank days",
    ]);
  });

  it("matches several deposits to one remittance only when each names its trace", () => {
    const part = deposit("D1 5000 2026-03-16", trace("T1"));
    const rest = deposit("D2 3000 2026-03-18", trace("T1"));
    expect(decided(part, [R1], [rest])).to.deep.equal(["D1 D2 = R1 (trace)"]);
    expect(decided(part, [R1])[0]).to.match(/^D1 \? R1 -3000/);
    const blind = deposit("D2 3000 2026-03-18", granite);
    expect(decided({ ...part, traces: [], ...granite }, [R1], [blind])).to.deep.equal([
      "D1 D2 ? R1 0: the sum of 2 deposits agrees, the dates are within three bank days",
    ]);
  });

  it("does not suggest sums across payers", () => {
    const other = remittance("R2 T2 2000 2026-03-16", "1SLATE0001", { id: "S", name: "SLATE" });
    expect(decided(deposit("D1 10000 2026-03-16"), [R1, other])).to.deep.equal([]);
  });

  it("does not repeat what a person took back, and says so", () => {
    const one = deposit("D1 8000 2026-03-16", { ...trace("T1"), refused: ["R1"] });
    expect(decided(one, [R1])[0]).to.match(/a person took this match back before$/);
  });

  it("matches sums that are equal, and nothing twice, whatever there is", () => {
    const some = fc.record({
      traces: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 2 }),
      amount: fc.integer({ min: 1, max: 6 }),
      day: fc.integer({ min: 1, max: 28 }),
      named: fc.boolean(),
    });
    const seed = Number(process.env.SEED ?? 20260316);
    const model = fc.property(fc.array(some, { maxLength: 7 }), fc.array(some), (ds, rs) => {
      const dayOf = (day: number) => `2026-02-${String(day).padStart(2, "0")}`;
      const remittances = rs.map(({ traces, amount, day }, index) =>
        remittance(`R${index} T${traces[0] ?? 0} ${amount * 100} ${dayOf(day)}`),
      );
      const deposits = ds.map(({ traces, amount, day, named }, index) =>
        deposit(`D${index} ${amount * 100} ${dayOf(day)}`, {
          ...trace(...traces.map((number) => `T${number}`)),
          ...(named ? granite : {}),
        }),
      );
      const amounts = new Map(
        [...deposits, ...remittances].map((each) => [each.id, each.amountCents]),
      );
      const sum = (ids: readonly string[]) =>
        ids.reduce((total, id) => total + (amounts.get(id) ?? Number.NaN), 0);
      for (const one of deposits) {
        const decision = matchDeposit(
          one,
          remittances,
          deposits.filter((other) => other !== one),
        );
        const sets = decision.kind === "match" ? [decision.match] : decision.suggestions;
        for (const { depositIds, remittanceIds, ...rest } of sets) {
          expect(depositIds).to.include(one.id);
          expect(new Set([...depositIds, ...remittanceIds]).size).to.equal(
            depositIds.length + remittanceIds.length,
          );
          const difference = "differenceCents" in rest ? rest.differenceCents : 0;
          expect(sum(depositIds) - sum(remittanceIds)).to.equal(difference);
        }
      }
    });
    fc.assert(model, { seed, numRuns: 1000 });
  });
});
