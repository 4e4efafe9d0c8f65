import { PAGE_ROUTES } from "../web/index.ts";
import type { Route } from "./route.ts";
import { APPROVAL_ROUTES } from "./routes/approvals.ts";
import { AUDIT_ROUTES } from "./routes/audit.ts";
import { CLAIM_ROUTES } from "./routes/claims.ts";
import { DELEGATION_ROUTES } from "./routes/delegations.ts";
import { DENIAL_ROUTES } from "./routes/denials.ts";
import { DEPOSIT_ROUTES } from "./routes/deposits.ts";
import { DISCLOSURE_ROUTES } from "./routes/disclosures.ts";
import { documentRoutes } from "./routes/documents.ts";
import { EXCEPTION_ROUTES } from "./routes/exceptions.ts";
import { EXCHANGE_ROUTES } from "./routes/exchange.ts";
import { FIGURE_ROUTES } from "./routes/figures.ts";
import { GOVERNANCE_ROUTES } from "./routes/governance.ts";
import { HEALTH_ROUTES } from "./routes/health.ts";
import { KEY_ROUTES } from "./routes/keys.ts";
import { PATIENT_ROUTES } from "./routes/patients.ts";
import { PAYER_ROUTES } from "./routes/payers.ts";
import { ACCOUNT_ROUTES, FACTOR_ROUTES, SESSION_ROUTES, USER_ROUTES } from "./routes/people.ts";
import { POSTING_RULES_ROUTES } from "./routes/posting-rules.ts";
import { QUEUE_ROUTES } from "./routes/queue.ts";
import { QUEUE_VIEW_ROUTES } from "./routes/queue-views.ts";
import { RECORD_ROUTES } from "./routes/records.ts";
import { REMITTANCE_ROUTES } from "./routes/remittances.ts";
import { WORD_ROUTES } from "./routes/words.ts";
import { WORK_ITEM_ROUTES } from "./routes/work-items.ts";

/** Every route of the programming interface. The router, the checks and the document are made of this. */
export const API_ROUTES: readonly Route[] = [
  ...EXCHANGE_ROUTES,
  ...CLAIM_ROUTES,
  ...REMITTANCE_ROUTES,
  ...EXCEPTION_ROUTES,
  ...DEPOSIT_ROUTES,
  ...QUEUE_ROUTES,
  ...WORK_ITEM_ROUTES,
  ...DENIAL_ROUTES,
  ...QUEUE_VIEW_ROUTES,
  ...FIGURE_ROUTES,
  ...POSTING_RULES_ROUTES,
  ...PAYER_ROUTES,
  ...APPROVAL_ROUTES,
  ...AUDIT_ROUTES,
  ...RECORD_ROUTES,
  ...PATIENT_ROUTES,
  ...GOVERNANCE_ROUTES,
  ...DISCLOSURE_ROUTES,
  ...SESSION_ROUTES,
  ...FACTOR_ROUTES,
  ...ACCOUNT_ROUTES,
  ...DELEGATION_ROUTES,
  ...USER_ROUTES,
  ...KEY_ROUTES,
  ...WORD_ROUTES,
  ...HEALTH_ROUTES,
  ...documentRoutes(() => API_ROUTES),
];

export { PAGE_ROUTES };
