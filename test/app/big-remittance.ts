/** An 837 and an 835 of many claims, every tenth denied; the same at every call. */
import { type ClaimText, claim, claimFile } from "./claim-file.ts";
import { clp, type PaymentText, remittanceFile } from "./remittance-file.ts";

/** The claim file and the remittance file of so many claims, and what they come to. */
export function bigRemittance(claims: number): {
  readonly claimFile: string;
  readonly remittanceFile: string;
  readonly paidCents: number;
  readonly denials: number;
} {
  const sent: ClaimText[] = [];
  const payments: PaymentText[] = [];
  for (let index = 0; index < claims; index++) {
    const number = `B${String(index).padStart(6, "0")}`;
    sent.push(claim(number, "99213 100.00", "85025 50.00"));
    payments.push(index % 10 === 9 ? denied(number) : paid(number));
  }
  return {
    claimFile: claimFile(sent),
    remittanceFile: remittanceFile([{ trace: "BIG", payments }]),
    paidCents: payments.reduce((sum, { paidCents }) => sum + paidCents, 0),
    denials: Math.floor(claims / 10),
  };
}

function paid(number: string): PaymentText {
  return clp(
    `${number} 1 150.00 105.00 ICN${number}`,
    "99213#1 100.00 70.00 CO-45 20.00 PR-1 10.00",
    "85025#2 50.00 35.00 CO-45 15.00",
  );
}

function denied(number: string): PaymentText {
  return clp(
    `${number} 1 150.00 0.00 ICN${number}`,
    "99213#1 100.00 0.00 CO-197 100.00",
    "85025#2 50.00 0.00 CO-197 50.00",
  );
}
