/**
 * The chart of accounts. A posting line's amount is a debit when positive, a credit when negative.
 */
export const ACCOUNTS = {
  "ar-insurance": "What payers still owe for charges",
  "ar-patient": "What patients owe after a payer's decision",
  revenue: "Charges billed",
  contractual: "Contractual write-off (CO-45 and its kin)",
  sequestration: "Medicare sequestration (CO-253)",
  "other-adjustment": "OA and other adjustments that close a balance",
  "write-off": "Written off by a person: what payers owe and will not pay",
  "cash-in-transit": "Payments announced by remittances, not yet seen in the bank",
  cash: "Payments seen in the bank and matched to their remittances",
  "unapplied-insurance": "Insurance money not yet tied to a claim",
  "interest-income": "Interest paid by payers (PLB L6)",
  "forwarding-balance": "Balances a payer carries to a later remittance (PLB FB)",
  "overpayment-recovery": "Overpayments payers recover (PLB WO)",
  "refund-in-transit": "Refunds sent and not yet acknowledged (PLB 72)",
  "tax-withheld": "Withholding and levies (PLB IR, LE)",
  "non-reimbursable": "Medicare demonstration and offset amounts (PLB J1)",
  "advance-payment": "Advance and periodic interim payments (PLB AP, PI)",
  "capitation-income": "Capitation payments (PLB CT)",
  "settlement-income": "Bonuses, pass-throughs and settlements beside claims (PLB BN, CV, LS …)",
  "contract-withhold": "Withheld by payers until a target of the contract is met (PLB E3)",
  "payer-charges": "Fees, penalties and discounts that payers keep (PLB 50, 51, 90, AH, L3)",
  "bank-charges": "Fees that banks keep of payments on their way to us",
  "bank-interest": "Interest that banks add to payments on their way to us",
  "provider-adjustment-suspense": "Provider adjustments without a rule yet",
} as const;

/** The name of a ledger account. */
export type Account = keyof typeof ACCOUNTS;
