/**
 * Remittances: what payers answer with money.
 *
 * Terminology
 * - remittance: one ST to SE of an 835: one payment (BPR), one trace number (TRN), and its
 *   explanation.
 * - claim payment: one CLP, a payer's decision on one claim. service payment: one SVC, on one line.
 * - adjustment: one CAS triple. provider adjustment: one PLB pair, money beside the claims.
 * - prove: show that an equation of POSTING 2 holds to the cent. residual: by how much it does not.
 * - park: set aside for a person, the money in unapplied insurance; never plugged, never dropped.
 * - release: post what was parked, when the missing piece arrives.
 * - withdraw: take out of the books what a person unposts, by a record of its own.
 * - desk: where people work at what is parked. mirror: post the negation of an earlier posting line by line.
 */
export {
  type Imbalance,
  patientShare,
  proveClaim,
  proveTransaction,
  type TransactionProof,
} from "./balance.ts";
export {
  type ActionChoice,
  type DeskAction,
  type DeskCase,
  deskActions,
  obstacleTo,
  type SentBy,
} from "./desk-actions.ts";
export {
  explainPayment,
  explainTransaction,
  type ResidualExplanation,
} from "./explain-residual.ts";
export { compareEarlier, moneyDigest, remittanceKey } from "./identity.ts";
export { type KnownClaim, receivableOf } from "./known-claim.ts";
export type { DeniedAmount } from "./line-amounts.ts";
export {
  type EarlierPosting,
  earlierPosting,
  isMirrored,
  isSameMoney,
  mirrorPosting,
} from "./mirror.ts";
export {
  PARK_REASONS,
  type ParkReason,
  residualWords,
  SELF_RELEASING,
} from "./park-reason.ts";
export type {
  ClaimDecision,
  ClaimFlag,
  NotedClaim,
  ParkedClaim,
  PostedClaim,
} from "./plan-claim.ts";
export { decideClaim, decidePair, post } from "./plan-claim.ts";
export {
  type PlanContext,
  planPayments,
  refusalOf,
  splitClaims,
} from "./plan-remittance.ts";
export {
  BUILT_IN_RULES,
  type PostingRules,
  postingRules,
  type RulesFile,
  rulesFileOf,
  rulesOfText,
  rulesProblems,
} from "./posting-rules.ts";
export {
  interestDifference,
  providerAdjustmentAccount,
  providerAdjustmentLines,
} from "./provider-adjustment.ts";
export {
  CHAINED_REASONS,
  chainKey,
  type ProviderBalance,
  providerBalances,
} from "./provider-balance.ts";
export { readClaimPayment } from "./read-claim-payment.ts";
export { readRemittance } from "./read-remittance.ts";
export type {
  Adjustment,
  ClaimPayment,
  Procedure,
  ProviderAdjustment,
  Remittance,
  RemittancePerson,
  ServicePayment,
} from "./remittance.ts";
export { type Split, type SplitPart, splitPayment } from "./split-payment.ts";
export { type Suggestion, suggestClaims } from "./suggest-claims.ts";
export { type Treatment, treatmentOf } from "./treatment.ts";
export { standsOn, type Withdrawal, withdraw } from "./withdraw.ts";
