import { expect } from "chai";
import { type ClaimText, claim, claimFile } from "./claim-file.ts";
import { practices } from "./practice.ts";
import { clp, type PaymentText, remittanceFile, reversalOf } from "./remittance-file.ts";

/** More than one transaction of posting. */
const CLAIMS = 620;
const PAID = "1 150.00 105.00";
const LINES = ["99213#1 100.00 70.00 CO-45 30.00", "85025#2 50.00 35.00 CO-45 15.00"] as const;

const number = (index: number) => `L${String(index).padStart(5, "0")}`;
const head = (index: number) => `${number(index)} ${PAID} ICN${number(index)}`;
const numbers = Array.from({ length: CLAIMS }, (_, index) => index);

function sent(): string {
  const claims: ClaimText[] = numbers.map((index) =>
    claim(number(index), "99213 100.00", "85025 50.00"),
  );
  return claimFile(claims);
}

/** Mostly paid; now and then nobody's claim, a payment that does not balance, a denial, a forwarding. */
function mixed(index: number): PaymentText {
  if (index % 53 === 7) return clp(`NOBODY${index} 1 20.00 20.00`, "99213 20.00 20.00");
  if (index % 61 === 11) return clp(`${number(index)} 1 150.00 100.00`, ...LINES);
  if (index % 67 === 13) return clp(`${number(index)} 23 150.00 0.00 ICN${number(index)}`);
  if (index % 71 === 17) {
    return clp(`${number(index)} 4 150.00 0.00 ICN${number(index)} CO-29 150.00`);
  }
  return clp(head(index), ...LINES);
}

describe("a remittance of several transactions", () => {
  const newPractice = practices();

  it("ends as many small ones do, wherever its odd payments stand", async () => {
    const payments = numbers.map(mixed);
    const large = newPractice();
    await large.ingest(sent());
    const { summary, told } = await large.ingest(remittanceFile([{ trace: "T", payments }]));
    expect(summary).to.include({ claimPayments: CLAIMS, remittances: 1 });
    const places = told.filter(({ clp: place }) => place !== undefined).map(({ clp: at }) => at);
    expect(places).to.deep.equal(numbers.map((index) => index + 1));
    const small = newPractice();
    await small.ingest(sent());
    for (let from = 0; from < CLAIMS; from += 100) {
      const some = payments.slice(from, from + 100);
      await small.ingest(remittanceFile([{ trace: `T${from}`, payments: some }]));
    }
    expect(await large.state()).to.deep.equal(await small.state());
    expect(await large.differences()).to.equal(0);
  });

  it("sees what another one changed in its claims after they were read", async () => {
    const paid = remittanceFile([
      { trace: "T1", payments: numbers.map((index) => clp(head(index), ...LINES)) },
    ]);
    const reversed = remittanceFile([
      {
        trace: "T2",
        payments: numbers.map((index) => reversalOf(head(index), ...LINES)),
        adjustments: [`WO:ALL -${(CLAIMS * 105).toFixed(2)}`],
      },
    ]);
    const sequential = newPractice();
    for (const file of [sent(), paid, reversed]) await sequential.ingest(file);
    const parallel = newPractice();
    await parallel.ingest(sent());
    await Promise.all([parallel.ingest(paid), parallel.ingest(reversed)]);
    const { claims, accounts } = (await sequential.state()) as Record<string, unknown>;
    expect(await parallel.state()).to.deep.include({ claims, accounts });
    expect(await parallel.differences()).to.equal(0);
  });
});
