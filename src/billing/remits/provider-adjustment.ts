import type { Account, JournalLine } from "../ledger/index.ts";
import { type Cents, cents, negate, sumOf } from "../money/index.ts";
import type { ProviderAdjustment, Remittance } from "./remittance.ts";

/** Where money beside the claims lives: held for a person where the reason alone does not say. */
const SUSPENSE: Account = "provider-adjustment-suspense";

/**
 * Where each PLB reason (PLB03-1) lives, of the codes that the 835 guide allows (005010X221A1 PLB;
 * meanings as Stedi's claims code lists tell them). What is not here is held in suspense too.
 */
export const PROVIDER_ADJUSTMENT_ACCOUNTS: Readonly<Record<string, Account>> = {
  "50": "payer-charges", // late filing penalty
  "51": "payer-charges", // interest charged for late filing
  "72": "refund-in-transit", // authorized return: our refund has arrived
  "90": "payer-charges", // allowance for early payment
  AH: "payer-charges", // transmission fee
  AM: "advance-payment", // repayment of a loan, with capitation
  AP: "advance-payment", // acceleration of benefits
  B2: "refund-in-transit", // what we refunded too much comes back
  B3: "refund-in-transit", // our refund of what another payer made an overpayment
  BD: "settlement-income", // bad debt passed through
  BN: "settlement-income", // bonus, with capitation
  C5: "settlement-income", // tentative settlement
  CR: "interest-income", // interest on capitation
  CS: SUSPENSE, // lost cheque, write-off or garnishment: the reference must say which
  CT: "capitation-income",
  CV: "settlement-income", // capital passed through
  CW: "settlement-income", // nurse anaesthetists passed through
  DM: "settlement-income", // direct medical education passed through
  E3: "contract-withhold",
  FB: "forwarding-balance",
  FC: SUSPENSE, // allocation of a fund: which one, the contract says
  GO: "settlement-income", // graduate medical education passed through
  HM: "settlement-income", // clotting factor supplement
  IP: "settlement-income", // incentive premium
  IR: "tax-withheld",
  IS: "settlement-income", // interim settlement
  J1: "non-reimbursable",
  L3: "payer-charges", // penalty, with capitation
  L6: "interest-income",
  LE: "tax-withheld",
  LS: "settlement-income", // lump sum
  OA: "settlement-income", // organ acquisition passed through
  OB: SUSPENSE, // offset for an affiliated provider: whose debt it was must be found out
  PI: "advance-payment", // periodic interim payment
  PL: "settlement-income", // final settlement
  RA: "settlement-income", // retroactive adjustment
  RE: "settlement-income", // return on equity
  SL: SUSPENSE, // student loan of a provider: who owes it must be found out
  TL: SUSPENSE, // another party's liability: whose claim it was must be found out
  WO: "overpayment-recovery",
  WU: SUSPENSE, // a recovery that names no overpayment
};

/** Where posting rules put the money beside the claims; what they do not know is held in suspense. */
export interface AccountRules {
  readonly account: (reasonCode: string) => Account | undefined;
}

/** The account of a PLB reason under these rules. */
export function providerAdjustmentAccount(
  { reasonCode }: Pick<ProviderAdjustment, "reasonCode">,
  rules: AccountRules,
): Account {
  return rules.account(reasonCode) ?? SUSPENSE;
}

/** The journal lines of a PLB pair: a positive amount reduces the payment (RFI 2184). */
export function providerAdjustmentLines(
  adjustment: Pick<ProviderAdjustment, "reasonCode" | "amountCents">,
  rules: AccountRules,
): JournalLine[] {
  const { amountCents } = adjustment;
  if (amountCents === 0) return [];
  return [
    { account: providerAdjustmentAccount(adjustment, rules), amountCents },
    { account: "cash-in-transit", amountCents: negate(amountCents) },
  ];
}

/**
 * By how much the interest that the claims tell of (AMT*I) differs from the interest that is paid
 * (PLB L6): zero when Σ L6 = −Σ AMT*I (RFI 2123).
 */
export function interestDifference(
  remittance: Pick<Remittance, "claimPayments" | "providerAdjustments">,
): Cents {
  const told = sumOf(remittance.claimPayments, (payment) => payment.interestCents);
  const paid = sumOf(remittance.providerAdjustments, ({ reasonCode, amountCents }) =>
    reasonCode === "L6" ? amountCents : cents(0),
  );
  return cents(told + paid);
}
