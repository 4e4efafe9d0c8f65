/**
 * Denials: what payers refuse becomes work that a person can finish.
 *
 * Terminology
 * - denial: an adjudicated claim, or part of one, that the payer will not pay; it arrives in an
 *   835.
 * - rejection: a claim that never reached adjudication; it comes back in a 277CA, 999 or TA1.
 * - reason: group code and adjustment reason code (CARC); remark: RARC, which refines a reason.
 * - category: what a denial is about, by our taxonomy; owner: the team that can fix it.
 * - clock: which time limit runs; deadline: the date it ends, with the rule and the source of the
 *   rule.
 * - draft: what a decision says of an item; work item: a draft with identity, status and history.
 * - outcome: how an item ended. Money moves by postings, never by an outcome.
 */
export {
  APPEAL_DECISIONS,
  APPEAL_ROUTES,
  type Appeal,
  type AppealDecision,
  type AppealLevel,
  type AppealRoute,
  nextAppeal,
} from "./appeal.ts";
export { fillLetter, templateFor } from "./appeal-letter.ts";
export {
  addBusinessDays,
  addDays,
  addYears,
  type CalendarDate,
  dayOfWeek,
  daysBetween,
  federalHolidays,
  isBusinessDay,
  isCalendarDate,
  lastDayOfMonth,
} from "./calendar.ts";
export {
  DENIAL_CATEGORIES,
  type DenialCategory,
  type PostingExceptionReason,
  TEAMS,
  type Team,
} from "./category.ts";
export {
  type FieldToCorrect,
  fieldsToCorrect,
  type Resubmission,
  resubmissionOf,
} from "./correction.ts";
export { draftLateCrossover } from "./crossover.ts";
export {
  type ContractClock,
  type Deadline,
  type DeadlineFacts,
  daysLeft,
  deadline,
  payerKind,
} from "./deadline.ts";
export { type DenialInput, draftDenial } from "./draft.ts";
export type { ClaimFacts, RemittanceFacts } from "./facts.ts";
export { draftLateCash, type LateCashInput } from "./late-cash.ts";
export { NEVER, neverDenial } from "./never.ts";
export { openWorkItem } from "./open-work-item.ts";
export {
  draftPostingException,
  REMEDIES,
} from "./posting-exception.ts";
export { priorityOf, type Ranked } from "./priority.ts";
export {
  ALL_REASON_WORDS,
  ALL_REMARK_WORDS,
  FURTHER_REASONS,
  reasonWords,
  remarkWords,
} from "./reasons.ts";
export { draftRejection, type RejectionInput } from "./rejection.ts";
export { draftTakeBack } from "./take-back.ts";
export { classify, TAXONOMY } from "./taxonomy.ts";
export {
  type Act,
  appeal,
  appealAnswered,
  assign,
  handOver,
  logCall,
  note,
  planNext,
  release,
  reopen,
  resolve,
  resume,
  TRANSITIONS,
  type Transition,
  type WorkItemAction,
  type WorkItemRefusal,
  wait,
} from "./transition.ts";
export {
  type Chance,
  OPEN_STATUSES,
  OUTCOMES,
  type Outcome,
  type Priority,
  WORK_ITEM_KINDS,
  type WorkItem,
  type WorkItemCall,
  type WorkItemCategory,
  type WorkItemDraft,
  type WorkItemKind,
  type WorkItemLine,
  type WorkItemNote,
  type WorkItemStatus,
} from "./work-item.ts";
