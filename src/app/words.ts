/** The words of the trade that faces show and take: outcomes, kinds, reasons in plain language. */

export {
  ALL_REASON_WORDS,
  ALL_REMARK_WORDS,
  APPEAL_DECISIONS,
  APPEAL_ROUTES,
  OPEN_STATUSES,
  OUTCOMES,
  reasonWords,
  remarkWords,
  TEAMS,
  WORK_ITEM_KINDS,
} from "../billing/denials/index.ts";
export { parseAmount as centsOf } from "../billing/money/index.ts";
export { SENT_BY } from "../billing/remits/desk-actions.ts";
export { PARK_REASONS, residualWords } from "../billing/remits/park-reason.ts";
export { DENIAL_RATE_BREAKDOWNS } from "../billing/reports/index.ts";
export { RECORDED_PURPOSES } from "../trust/audit/index.ts";
export { QUEUE_SORTS } from "./denials/list-queue.ts";
export { DEPOSIT_STATUSES } from "./deposits/deposit-record.ts";
export { EXCEPTION_STATUSES } from "./desk/exception-view.ts";
