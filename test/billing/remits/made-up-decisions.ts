/** Claims and balanced decisions on them, made up by fast-check and written as 835 segments. */
import fc from "fast-check";
import type { Row, Turn } from "../../proofs/paper-ledger.ts";
import { dollars } from "./textbook.ts";

/** One CLP: its rows; lines may occur twice, "" is what the claim says as a whole. */
export interface MadeUpPiece {
  readonly rows: readonly Row[];
  readonly number: string;
}

/** What a payer decides at one time: one CLP, or several when it splits the claim. */
export interface MadeUpDecision {
  readonly turn: Turn;
  readonly pieces: readonly MadeUpPiece[];
}

/** How a payer tells its decision. */
const STYLES = ["lines", "lines", "claim", "split", "parts", "mixed"] as const;

const ADJUSTMENTS: Readonly<Record<Turn, readonly string[]>> = {
  P: ["CO-45", "CO-253", "PR-1", "CO-50", "OA-121", "PR-2"],
  S: ["CO-45", "OA-23", "PR-1", "CO-50", "OA-121", "CO-253"],
  T: ["CO-45", "OA-23", "PR-3", "PI-95", "OA-18", "PR-1"],
};

const weights = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(9)), {
  minLength: 7,
  maxLength: 7,
});

/** The charges of a claim's lines, in cents. */
export const charges = fc.array(fc.integer({ min: 2, max: 50_000 }), {
  minLength: 1,
  maxLength: 3,
});

/** A balanced decision of one payer on a claim with these charges. */
export function decision(turn: Turn, of: readonly number[]): fc.Arbitrary<MadeUpDecision> {
  return fc
    .record({
      style: fc.constantFrom(...STYLES),
      shares: fc.array(weights, { minLength: of.length, maxLength: of.length }),
      bonus: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(500)),
      number: fc.uuid(),
    })
    .map(({ style, shares, bonus, number }) => {
      const rows = of.map((charge, index) =>
        rowOf(turn, String(index + 1), charge, shares[index] ?? [], bonus),
      );
      const told = tell(style, rows).map((piece, index) => ({
        rows: piece,
        number: `${number.slice(0, 12)}${index}`,
      }));
      return { turn, pieces: told };
    });
}

/** Divides a charge among payment and adjustments; a bonus is a negative CO-144 paid on top. */
function rowOf(
  turn: Turn,
  line: string,
  charge: number,
  shares: readonly number[],
  bonus: number,
): Row {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const adjustments: Record<string, number> = {};
  let paid = charge;
  for (const [index, name] of ADJUSTMENTS[turn].entries()) {
    const amount = total === 0 ? 0 : Math.floor((charge * (shares[index] ?? 0)) / total);
    if (amount > 0) adjustments[name] = amount;
    paid -= amount;
  }
  if (bonus > 0) adjustments["CO-144"] = -bonus;
  return { line, charge, paid: paid + bonus, adjustments };
}

function tell(style: (typeof STYLES)[number], rows: readonly Row[]): (readonly Row[])[] {
  switch (style) {
    case "lines":
      return [rows];
    case "claim":
      return [[together(rows)]];
    case "split":
      return rows.map((row) => [row]);
    case "parts":
      return [rows.flatMap((row) => [firstCent(row), withoutFirstCent(row)])];
    case "mixed":
      return [[...rows.map(withoutWriteOff), writeOffOf(rows)]];
  }
}

function together(rows: readonly Row[]): Row {
  const adjustments: Record<string, number> = {};
  for (const row of rows) {
    for (const [name, amount] of Object.entries(row.adjustments)) {
      adjustments[name] = (adjustments[name] ?? 0) + amount;
    }
  }
  const charge = rows.reduce((sum, row) => sum + row.charge, 0);
  const paid = rows.reduce((sum, row) => sum + row.paid, 0);
  return { line: "", charge, paid, adjustments };
}

/** A line in two parts: the first pays one cent of charge, the second the rest. */
function firstCent({ line }: Row): Row {
  return { line, charge: 1, paid: 1, adjustments: {} };
}

function withoutFirstCent(row: Row): Row {
  return { ...row, charge: row.charge - 1, paid: row.paid - 1 };
}

/** The write-off told for the whole claim: the lines then pay more and the claim pays less. */
function withoutWriteOff(row: Row): Row {
  const { "CO-45": writeOff = 0, ...adjustments } = row.adjustments;
  return { ...row, paid: row.paid + writeOff, adjustments };
}

function writeOffOf(rows: readonly Row[]): Row {
  const amount = rows.reduce((sum, row) => sum + (row.adjustments["CO-45"] ?? 0), 0);
  return { line: "", charge: 0, paid: -amount, adjustments: { "CO-45": amount } };
}

const STATUS: Readonly<Record<Turn, string>> = { P: "1", S: "2", T: "3" };

/** The decision as CLP loops; a reversal negates every amount. */
export function clp(claim: string, { turn, pieces }: MadeUpDecision, reversal = false): string {
  const sign = reversal ? -1 : 1;
  const text = (amount: number) => dollars(amount * sign);
  const cas = (row: Row) =>
    Object.entries(row.adjustments)
      .filter(([, amount]) => amount !== 0)
      .map(([name, amount]) => `CAS*${name.replace("-", "*")}*${text(amount)}`);
  const one = ({ rows, number }: MadeUpPiece) => {
    const { charge, paid, adjustments } = together(rows);
    const patient = Object.entries(adjustments)
      .filter(([name]) => name.startsWith("PR-"))
      .reduce((sum, [, amount]) => sum + amount, 0);
    const status = reversal ? "22" : STATUS[turn];
    const share = reversal ? "" : text(patient);
    return [
      `CLP*${claim}*${status}*${text(charge)}*${text(paid)}*${share}*12*${number}`,
      ...rows.filter((row) => row.line === "").flatMap(cas),
      ...rows
        .filter((row) => row.line !== "")
        .flatMap((row) => [
          `SVC*HC:9920${row.line}*${text(row.charge)}*${text(row.paid)}`,
          ...cas(row),
          `REF*6R*${row.line}`,
        ]),
    ].join("~");
  };
  return pieces.map(one).join("~");
}

/** What a decision pays in all, in cents. */
export function paidBy({ pieces }: MadeUpDecision): number {
  return together(pieces.flatMap((piece) => piece.rows)).paid;
}

/**
 * A PLB that carries a negative sum of payments forward, so that BPR02 is not below zero (POSTING
 * B9).
 */
export function carryForward(paid: number): string {
  return paid < 0 ? `~PLB*1234567893*20261231*FB:T1*${dollars(paid)}` : "";
}
