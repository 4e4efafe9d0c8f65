/** Lists of the 277CA, the CLP and the CLM, told in our own words. */
import { type StarterRow, starterRecords, starterSet } from "./table.ts";

const CATEGORIES: readonly StarterRow[] = [
  ["A0", "Passed on to someone else"],
  ["A1", "Received, which is not yet accepted"],
  ["A2", "Accepted for adjudication"],
  ["A3", "Returned as unprocessable: never entered adjudication"],
  ["A4", "Not found"],
  ["A5", "Split into several claims"],
  ["A6", "Rejected: information is missing"],
  ["A7", "Rejected: information is wrong"],
  ["A8", "Rejected: two fields contradict each other"],
  ["D0", "Search found nothing"],
  ["E0", "The request is in error"],
  ["E1", "The payer's system is not available"],
  ["E2", "The payer does not answer; ask again later"],
  ["E3", "The request contradicts itself; correct it"],
  ["E4", "The request breaks a rule of the trading partner; correct it"],
  ["F0", "Final"],
  ["F1", "Final: paid"],
  ["F2", "Final: denied"],
  ["F3", "Final: revised"],
  ["F3F", "Final: passed on to someone else"],
  ["F3N", "Final: not passed on"],
  ["F4", "Final: nothing more will be paid"],
  ["P0", "Pending"],
  ["P1", "Pending: in process"],
  ["P2", "Pending: in review"],
  ["P3", "Pending: the provider must answer"],
  ["P4", "Pending: the patient must answer"],
  ["P5", "Pending: held by the payer"],
  ["R0", "Asks for information: general"],
  ["R1", "Asks for information: about a person or organization"],
  ["R3", "Asks for information: about the claim or a line"],
  ["R4", "Asks for documents"],
  ["R5", "Asks for more detail than was sent"],
  ["R6", "Asks for information: demanded by regulation"],
  ["R7", "Asks whether the care is covered by the plan"],
  ["R8", "Asks whether an exception of the plan applies"],
  ["R9", "Asks for proof of medical necessity"],
  ["R10", "Asks for support of an appeal"],
  ["R11", "Asks for documents before payment"],
  ["R12", "Asks why this procedure code was used"],
  ["R13", "The documents sent cannot be read"],
  ["R14", "The documents sent are not those asked for"],
  ["R15", "Asks for information: workers' compensation"],
  ["R16", "Asks for information: eligibility"],
  ["R17", "Replaces an earlier request"],
];

/** Most of these name a field or a person; the category beside them says what is wrong with it. */
const STATUSES: readonly StarterRow[] = [
  ["0", "Nothing more can be told"],
  ["3", "Decided, waiting for the payment run"],
  ["16", "Forwarded to the person or organization named"],
  ["19", "Received by the person or organization named"],
  ["20", "Accepted for processing"],
  ["21", "Information is missing or wrong"],
  ["33", "Subscriber not found"],
  ["35", "Claim not found"],
  ["54", "Duplicate of a claim or line processed before"],
  ["97", "Patient not found as eligible"],
  ["116", "Sent to the wrong payer"],
  ["125", "Name"],
  ["126", "Address"],
  ["153", "Identifier"],
  ["158", "Date of birth"],
  ["164", "Contract or member number"],
  ["178", "Charge"],
  ["187", "Date of service"],
  ["188", "Statement dates"],
  ["249", "Place of service"],
  ["254", "Principal diagnosis"],
  ["255", "Diagnosis"],
  ["400", "The amounts of the claim do not balance"],
  ["453", "Modifier"],
  ["454", "Procedure code"],
  ["455", "Revenue code"],
  ["478", "Patient control number"],
  ["481", "Format of the claim"],
  ["500", "ZIP code"],
  ["562", "NPI"],
];

const PAYMENT_STATUSES: readonly StarterRow[] = [
  ["1", "Processed as primary"],
  ["2", "Processed as secondary"],
  ["3", "Processed as tertiary"],
  ["4", "Denied"],
  ["19", "Processed as primary and passed on to another payer"],
  ["20", "Processed as secondary and passed on to another payer"],
  ["21", "Processed as tertiary and passed on to another payer"],
  ["22", "Reversal of an earlier payment"],
  ["23", "Not this payer's claim: passed on to another payer"],
  ["25", "Estimate only: no payment"],
];

const FREQUENCIES: readonly StarterRow[] = [
  ["1", "Original"],
  ["7", "Replacement of an earlier claim"],
  ["8", "Void of an earlier claim"],
];

/** Claim status categories (STC01-1) in our own words. */
export const starterClaimStatusCategory = starterSet(
  "claim-status-category",
  starterRecords(CATEGORIES),
  false,
);

/** Common claim status codes (STC01-2) in our own words. */
export const starterClaimStatus = starterSet("claim-status", starterRecords(STATUSES), false);

/** All claim statuses of a claim payment (CLP02) that the 835 guide allows. */
export const starterClaimPaymentStatus = starterSet(
  "claim-payment-status",
  starterRecords(PAYMENT_STATUSES),
  true,
);

/** All claim frequencies (CLM05-3) that a professional claim may carry. */
export const starterClaimFrequency = starterSet(
  "claim-frequency",
  starterRecords(FREQUENCIES),
  true,
);
