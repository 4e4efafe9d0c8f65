/** What the codes of payments and of claim status mean. */
import { meanings } from "./table.ts";

/** Data element 305: how payment and advice travel. */
export const HANDLING = meanings(`
  C Payment and advice together
  D Payment only
  H Notice only, nothing is paid
  I Advice only, the payment comes apart
  P Test of a future transfer
  U Payment and advice, which the bank splits
  X Payment and advice, split or not as the bank likes
`);

/** Data element 478. */
export const CREDIT_OR_DEBIT = meanings(`
  C Credit: money goes to the payee
  D Debit: money is taken back
`);

/** Data element 591: how the money moves. */
export const PAYMENT_METHOD = meanings(`
  ACH Electronic transfer
  BOP As the bank chooses
  CHK Check
  FWT Wire transfer
  NON No payment
`);

/** Data element 812: format of an electronic transfer. */
export const PAYMENT_FORMAT = meanings(`
  CCP With a short addendum
  CTX With the whole advice
`);

/** Data element 506. */
export const BANK_NUMBER = meanings(`
  01 Routing number of a United States bank
  04 Canadian bank and branch
`);

/** Data element 569. */
export const ACCOUNT = meanings(`
  DA Checking account
  SG Savings account
`);

/** Data element 306 in STC: whether the claim goes on. */
export const ACTION = meanings(`
  U Rejected
  WQ Accepted
`);
