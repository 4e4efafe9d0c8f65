/** Files that share their claims, to be taken in all at once and in any order: the same at every call. */
import { diceOf } from "../../platform/store/embedded/dice.ts";
import { type ClaimText, claim, claimFile } from "../claim-file.ts";
import { dollarsOf } from "../edi-text.ts";
import { clp, type PaymentText, remittanceFile, reversalOf } from "../remittance-file.ts";

/** More than are decided in one transaction, so that a kill may strike between two of a remittance. */
const CLAIMS = 520;
/** Remittances that speak of some of the claims again. */
const LATER = 4;

/** A file by its name; one of deposits ends in `.csv`. */
export interface LoadFile {
  readonly name: string;
  readonly text: string;
}

/** What is taken in under load: claims, their payments, corrections of some of these, and the deposits. */
export function loadFiles(): readonly LoadFile[] {
  const dice = diceOf(CLAIMS);
  const claims: ClaimText[] = [];
  const first: PaymentText[] = [];
  const later: PaymentText[][] = Array.from({ length: LATER }, () => []);
  for (let index = 0; index < CLAIMS; index++) {
    const number = `L${String(index).padStart(5, "0")}`;
    claims.push(claim(number, "99213 100.00", "85025 50.00"));
    const kind = dice.below(10);
    first.push(kind === 0 ? denied(number) : clp(...paid(number)));
    if (kind === 1) {
      const corrected = later[dice.below(LATER)];
      corrected?.push(reversalOf(...paid(number)), clp(...lower(number)));
    }
  }
  later[0]?.push(clp("X00001 1 40.00 30.00 ICNX CO-45 10.00"));
  const sets = [first, ...later];
  const files = sets.map((payments, index) => ({
    name: `R${index}.835`,
    text: remittanceFile([{ trace: `R${index}`, payments, adjustments: ["L6:INT -1.50"] }]),
  }));
  const deposits = sets.flatMap((payments, index) => {
    const cents = payments.reduce((sum, { paidCents }) => sum + paidCents, 150);
    return cents > 0 ? [`2026-03-16,${dollarsOf(cents)},R${index},GRANITE HEALTH`] : [];
  });
  return [
    ...files,
    { name: "claims.837", text: claimFile(claims) },
    { name: "bank.csv", text: ["date,amount,trace,payer", ...deposits].join("\n") },
  ];
}

function paid(number: string) {
  return [
    `${number} 1 150.00 105.00 ICN${number}`,
    "99213#1 100.00 70.00 CO-45 20.00 PR-1 10.00",
    "85025#2 50.00 35.00 CO-45 15.00",
  ] as const;
}

function lower(number: string) {
  return [
    `${number} 1 150.00 85.00 ICN${number}B`,
    "99213#1 100.00 60.00 CO-45 20.00 PR-1 20.00",
    "85025#2 50.00 25.00 CO-45 25.00",
  ] as const;
}

function denied(number: string): PaymentText {
  return clp(
    `${number} 1 150.00 0.00 ICN${number}`,
    "99213#1 100.00 0.00 CO-197 100.00",
    "85025#2 50.00 0.00 CO-197 50.00",
  );
}
