import { actorMay } from "../../app/access.ts";
import type { Actor, App } from "../../app/context.ts";
import type { ItemView } from "../../app/denials/item-view.ts";
import { RefusedChange } from "../../app/denials/refused-change.ts";
import type { UseCases } from "./use-cases.ts";

const CLAIM = ["patientControlNumber", "serviceDateFrom", "lines", "adjudications", "timeline"];
const WORK_ITEM = [
  "patientControlNumber",
  "words",
  "lines",
  "correction",
  "notes",
  "calls",
  "nextActionText",
];
/** A payer's reference of a provider adjustment often is a patient's claim number. */
const REMITTANCE = ["patientControlNumber", "reference"];
const DEPOSIT = ["text"];
const PARKED = ["items", "patientControlNumber", "patient", "suggestions", "explanation"];
const NONE: readonly string[] = [];

/**
 * Which fields of each answer, at any depth, tell of a patient. Who may not see patients (`patients:read`) gets null in
 * their place, or an empty list: minimum necessary by field, 45 CFR 164.502(b) and 164.514(d). A use case without a line
 * here does not compile. A clearinghouse is told what is wrong with its own files, so what it delivers is not narrowed.
 */
const PATIENT_FIELDS: Readonly<Record<keyof UseCases, readonly string[]>> = {
  ingestFile: NONE,
  verifyAudit: NONE,
  checkpointAudit: NONE,
  exportAudit: NONE,
  listHolds: NONE,
  putHold: NONE,
  liftHold: NONE,
  purgeRecords: NONE,
  // Who holds `patients:export` sees patients.
  findPatients: ["lastName", "firstName", "birthDate"],
  exportPatient: NONE,
  erasePatient: NONE,
  writeOffClaim: NONE,
  takeWriteOffBack: NONE,
  // Who decides has to know why; the reason is asked for without names.
  listApprovals: ["patientControlNumber"],
  approve: ["patientControlNumber"],
  refuse: ["patientControlNumber"],
  showSettings: NONE,
  changeSettings: NONE,
  // Who may ask, sees patients.
  accountDisclosures: NONE,
  recordDisclosure: NONE,
  openGlass: NONE,
  endOwnGlass: NONE,
  endGlass: NONE,
  listGlasses: ["reason"],
  scanAudit: NONE,
  listReviews: ["note"],
  signReview: ["note"],
  listExceptions: ["items"],
  showException: PARKED,
  matchException: NONE,
  splitException: NONE,
  mirrorReversal: NONE,
  keepUnapplied: NONE,
  sendBack: NONE,
  takeDeskBack: NONE,
  listDeposits: DEPOSIT,
  showDeposit: DEPOSIT,
  importDeposits: NONE,
  addDeposit: DEPOSIT,
  addRefund: DEPOSIT,
  returnDeposit: DEPOSIT,
  unmatchDeposit: DEPOSIT,
  matchAll: NONE,
  matchByHand: NONE,
  listLate: NONE,
  openLateItems: NONE,
  openLateCrossovers: NONE,
  generateClaims: NONE,
  listOutboundFiles: NONE,
  readOutboundFile: NONE,
  listClaims: CLAIM,
  showClaim: CLAIM,
  payerScorecard: NONE,
  listRemittances: REMITTANCE,
  showRemittance: REMITTANCE,
  unpost: NONE,
  postAgain: NONE,
  listWorkItems: WORK_ITEM,
  showWorkItem: WORK_ITEM,
  assignWorkItem: WORK_ITEM,
  noteWorkItem: WORK_ITEM,
  resolveWorkItem: WORK_ITEM,
  draftAppeal: NONE,
  sendAppeal: NONE,
  answerAppeal: NONE,
  readLetter: NONE,
  showCorrection: NONE,
  resubmitClaim: NONE,
  takeWorkItem: WORK_ITEM,
  handOverWorkItem: WORK_ITEM,
  callWorkItem: WORK_ITEM,
  waitWorkItem: WORK_ITEM,
  resumeWorkItem: WORK_ITEM,
  planWorkItem: WORK_ITEM,
  reopenWorkItem: WORK_ITEM,
  changeManyItems: NONE,
  countQueue: NONE,
  listQueueViews: NONE,
  saveQueueView: NONE,
  removeQueueView: NONE,
  trialBalance: NONE,
  listProviderBalances: REMITTANCE,
  replayLedger: NONE,
  adoptRules: NONE,
  showPayerSettings: NONE,
  setPayerSettings: NONE,
  rulesHistory: NONE,
  showRules: NONE,
  denialRate: NONE,
  whyBalance: ["reasons"],
};

/** The use cases as they answer each actor: what tells of a patient only to who may see patients. */
export function narrowed(useCases: UseCases): UseCases {
  const entries = Object.entries(PATIENT_FIELDS).map(([name, fields]) => {
    const ask = useCases[name as keyof UseCases] as (...asked: unknown[]) => Promise<unknown>;
    const narrow = async (app: App, actor: Actor, ...input: unknown[]) => {
      if (fields.length === 0 || actorMay(actor, "patients:read")) {
        return ask(app, actor, ...input);
      }
      const hidden = new Set(fields);
      return withoutFields(await ask(app, actor, ...input).catch(tellLess(hidden)), hidden);
    };
    return [name, narrow];
  });
  return Object.fromEntries(entries) as unknown as UseCases;
}

/** A refusal tells the item as it is now: no more of it than the answer would have told. */
function tellLess(hidden: ReadonlySet<string>) {
  return (error: unknown): never => {
    if (!(error instanceof RefusedChange)) throw error;
    const { code, detail, current } = error;
    throw new RefusedChange(code, detail, withoutFields(current, hidden) as ItemView);
  };
}

function withoutFields(value: unknown, hidden: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutFields(each, hidden));
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => {
      if (!hidden.has(name)) return [name, withoutFields(inner, hidden)];
      return [name, Array.isArray(inner) ? [] : null];
    }),
  );
}
