import { expect } from "chai";
import fc from "fast-check";
import { serviceOf } from "../../src/billing/intake/index.ts";
import {
  answerClaims,
  IRREGULARITIES,
  OUTCOMES,
  syntheticEncounters,
} from "../../src/practice-payer/index.ts";
import { claimFiles } from "./claim-files.ts";
import { type CheckedRemittance, imbalancesOf, remittancesOf } from "./remittance-checker.ts";

const TODAY = "2025-11-20";

const order = fc.record({
  seed: fc.string({ maxLength: 8 }),
  count: fc.integer({ min: 1, max: 70 }),
});
const mix = fc.dictionary(
  fc.constantFrom(...OUTCOMES.map(({ name }) => name)),
  fc.integer({ min: 0, max: 400 }),
  { maxKeys: 8 },
);

describe("any answer of the practice payer", () => {
  const remittancesFor = (
    count: number,
    seed: string,
    behaviours: NonNullable<Parameters<typeof answerClaims>[1]["behaviours"]>,
  ) => {
    const encounters = syntheticEncounters({ count, seed, today: TODAY });
    const options = { seed, today: TODAY, startingControlNumber: 1, behaviours };
    const { files } = answerClaims(claimFiles(encounters, TODAY), options);
    const remittances = files
      .filter(({ kind }) => kind === "835")
      .flatMap(({ text }) => remittancesOf(text));
    return { encounters, remittances };
  };

  it("balances by service, claim and transaction when nothing irregular is asked for", () => {
    fc.assert(
      fc.property(order, mix, ({ seed, count }, wanted) => {
        const { remittances } = remittancesFor(count, seed, { mix: wanted, irregularities: [] });
        expect(remittances.flatMap(imbalancesOf)).to.deep.equal([]);
        expect(remittances.every(({ payment }) => payment >= 0)).to.be.true;
        expect(overdrawn(remittances)).to.deep.equal([]);
      }),
      { numRuns: 40, verbose: fc.VerbosityLevel.Verbose },
    );
  });

  it("tells each claim's charge in full, once, by its first payer", () => {
    fc.assert(
      fc.property(order, ({ seed, count }) => {
        const wanted = { partial: 200, split: 200, bundled: 200, reversed: 100 };
        const { encounters, remittances } = remittancesFor(count, seed, {
          mix: wanted,
          irregularities: [],
        });
        for (const { claimInformation: claim, tradingPartnerServiceId } of encounters) {
          const own = remittances
            .filter(({ payer }) => payer === tradingPartnerServiceId)
            .flatMap(({ claims }) => claims)
            .filter(({ number, status }) => number === claim.patientControlNumber && status !== "2")
            .reduce((total, { charge }) => total + charge, 0);
          const lines = claim.serviceLines.map(serviceOf);
          const asked = lines.reduce(
            (total, line) => total + Math.round(Number(line.lineItemChargeAmount) * 100),
            0,
          );
          expect(own).to.equal(asked);
        }
      }),
      { numRuns: 15, verbose: fc.VerbosityLevel.Verbose },
    );
  });

  it("is wrong in no more than what its irregularities say", () => {
    fc.assert(
      fc.property(order, fc.subarray([...IRREGULARITIES]), ({ seed, count }, irregularities) => {
        const { remittances } = remittancesFor(count, seed, { irregularities });
        const wrong = remittances.flatMap(imbalancesOf).filter((place) => /^(CLP|BPR)/.test(place));
        const allowed = irregularities.flatMap((name) => {
          if (name === "unbalanced-claim") return ["CLP -500"];
          return name === "unbalanced-remittance" ? ["BPR02 1000"] : [];
        });
        expect(allowed).to.include.members([...new Set(wrong)]);
      }),
      { numRuns: 25, verbose: fc.VerbosityLevel.Verbose },
    );
  });
});

/** PLB chains that take more than was opened, or take before anything was opened. */
function overdrawn(remittances: readonly CheckedRemittance[]): string[] {
  const open = new Map<string, number>();
  const wrong: string[] = [];
  for (const { payer, plb } of remittances) {
    for (const { code, reference, cents } of plb.filter((entry) => entry.code !== "L6")) {
      const key = `${payer} ${code} ${reference}`;
      const left = (open.get(key) ?? 0) + cents;
      open.set(key, left);
      if (left > 0) wrong.push(key);
    }
  }
  return wrong;
}
