import { approve, listApprovals, refuse } from "../../app/approvals/approvals.ts";
import { addRefund, changeSettings, writeOffClaim } from "../../app/approvals/ask.ts";
import { verifyAudit } from "../../app/audit/audit.ts";
import { checkpointAudit, exportAudit, exportFhir } from "../../app/audit/export-audit.ts";
import { listReviews, signReview } from "../../app/audit/reviews.ts";
import { scanAudit } from "../../app/audit/scan-audit.ts";
import { listClaims, showClaim } from "../../app/claims/claims.ts";
import { generateClaims } from "../../app/claims/generate-claims.ts";
import { whyBalance } from "../../app/claims/why-balance.ts";
import { takeWriteOffBack } from "../../app/claims/write-off.ts";
import {
  answerAppeal,
  draftAppeal,
  readLetter,
  sendAppeal,
} from "../../app/denials/appeal-claim.ts";
import { changeManyItems } from "../../app/denials/bulk-items.ts";
import { resubmitClaim, showCorrection } from "../../app/denials/correct-claim.ts";
import { denialRate } from "../../app/denials/denial-rate.ts";
import { openLateCrossovers } from "../../app/denials/late-crossovers.ts";
import { listWorkItems } from "../../app/denials/list-queue.ts";
import { countQueue } from "../../app/denials/queue-counts.ts";
import { listQueueViews, removeQueueView, saveQueueView } from "../../app/denials/queue-views.ts";
import {
  assignWorkItem,
  callWorkItem,
  handOverWorkItem,
  noteWorkItem,
  planWorkItem,
  reopenWorkItem,
  resolveWorkItem,
  resumeWorkItem,
  showWorkItem,
  takeWorkItem,
  waitWorkItem,
} from "../../app/denials/work-items.ts";
import { listDeposits, showDeposit } from "../../app/deposits/deposits.ts";
import { importDeposits } from "../../app/deposits/import-deposits.ts";
import { listLate, openLateItems } from "../../app/deposits/late-cash.ts";
import { matchAll } from "../../app/deposits/match-deposits.ts";
import { addDeposit, returnDeposit, unmatchDeposit } from "../../app/deposits/record-cash.ts";
import { keepUnapplied, sendBack, takeDeskBack } from "../../app/desk/desk-decisions.ts";
import { listExceptions, matchException, showException } from "../../app/desk/exceptions.ts";
import { matchByHand } from "../../app/desk/match-by-hand.ts";
import { mirrorReversal } from "../../app/desk/mirror-reversal.ts";
import { splitException } from "../../app/desk/split-exception.ts";
import type { Happening } from "../../app/events.ts";
import { ingestFile } from "../../app/exchange/ingest-file.ts";
import { listOutboundFiles, readOutboundFile } from "../../app/exchange/outbound-files.ts";
import { setPayerSettings, showPayerSettings } from "../../app/payer-settings.ts";
import { endGlass, endOwnGlass, listGlasses, openGlass } from "../../app/people/break-glass.ts";
import { adoptRules } from "../../app/posting/adopt-rules.ts";
import { trialBalance } from "../../app/posting/ledger.ts";
import { payerScorecard } from "../../app/posting/payer-scorecard.ts";
import { postAgain } from "../../app/posting/post-again.ts";
import { listProviderBalances } from "../../app/posting/provider-balances.ts";
import { listRemittances, showRemittance } from "../../app/posting/remittances.ts";
import { replayLedger } from "../../app/posting/replay-ledger.ts";
import { rulesHistory, showRules } from "../../app/posting/rules-in-force.ts";
import { postPaymentAgain, unpostPayment } from "../../app/posting/unpost-payment.ts";
import { unpostRemittance } from "../../app/posting/unpost-remittance.ts";
import { showSettings } from "../../app/practice-rules.ts";
import { accountDisclosures, recordDisclosure } from "../../app/records/disclosures.ts";
import { erasePatient } from "../../app/records/erase-patient.ts";
import { exportPatient } from "../../app/records/export-patient.ts";
import { findPatients } from "../../app/records/find-patients.ts";
import { liftHold, listHolds, putHold } from "../../app/records/legal-holds.ts";
import { purgeRecords } from "../../app/records/purge.ts";
import type { UseCases } from "./use-cases.ts";

/** How many happenings an answer carries; a file may have more, and its summary counts them all. */
const MAX_EVENTS = 10_000;

/** Keeps what a use case tells, up to the bound. */
function listen() {
  const events: Happening[] = [];
  let leftOut = 0;
  return {
    tell(happening: Happening) {
      if (events.length < MAX_EVENTS) events.push(happening);
      else leftOut += 1;
    },
    outcome(summary: object) {
      return { events, summary: leftOut === 0 ? summary : { ...summary, eventsLeftOut: leftOut } };
    },
  };
}

/** What an answer does not tell of: the audit trail has it. */
const ignore = () => undefined;

/** The use cases of src/app as this face calls them. */
export const ALL_USE_CASES: UseCases = {
  async ingestFile(app, actor, { name, bytes }) {
    const { tell, outcome } = listen();
    async function* open() {
      yield bytes;
    }
    return outcome(await ingestFile(app, actor, { name, open }, tell));
  },
  async generateClaims(app, actor, { text }) {
    const { tell, outcome } = listen();
    const { summary, files } = await generateClaims(app, actor, text, tell);
    return outcome({ ...summary, files: files.map(({ id, name }) => ({ id, name })) });
  },
  async importDeposits(app, actor, { name, bytes }) {
    const { tell, outcome } = listen();
    async function* open() {
      yield bytes;
    }
    return outcome(await importDeposits(app, actor, { name, open }, tell));
  },
  async matchAll(app, actor) {
    const { tell, outcome } = listen();
    return outcome(await matchAll(app, actor, tell));
  },
  async openLateItems(app, actor) {
    const { tell, outcome } = listen();
    return outcome(await openLateItems(app, actor, tell));
  },
  async openLateCrossovers(app, actor) {
    const { tell, outcome } = listen();
    return outcome(await openLateCrossovers(app, actor, tell));
  },
  addDeposit: (app, actor, input) => addDeposit(app, actor, input, () => undefined),
  matchByHand: (app, actor, input) => matchByHand(app, actor, input, () => undefined),
  listDeposits,
  showDeposit,
  addRefund,
  returnDeposit,
  unmatchDeposit,
  listLate,
  listOutboundFiles,
  readOutboundFile,
  listClaims,
  showClaim,
  whyBalance,
  listExceptions,
  showException,
  matchException,
  splitException,
  mirrorReversal,
  keepUnapplied,
  sendBack,
  takeDeskBack,
  listRemittances,
  showRemittance,
  unpost(app, actor, id, { reason, clp }) {
    return clp === undefined
      ? unpostRemittance(app, actor, id, { reason }, ignore)
      : unpostPayment(app, actor, { remittance: id, clp }, { reason }, ignore);
  },
  postAgain(app, actor, id, { clp }) {
    return clp === undefined
      ? postAgain(app, actor, id, ignore)
      : postPaymentAgain(app, actor, { remittance: id, clp });
  },
  listWorkItems,
  countQueue,
  showWorkItem,
  draftAppeal,
  sendAppeal,
  answerAppeal,
  readLetter,
  showCorrection,
  resubmitClaim,
  assignWorkItem,
  takeWorkItem,
  handOverWorkItem,
  noteWorkItem,
  callWorkItem,
  waitWorkItem,
  resumeWorkItem,
  planWorkItem,
  resolveWorkItem,
  reopenWorkItem,
  changeManyItems,
  listQueueViews,
  saveQueueView,
  removeQueueView,
  trialBalance,
  listProviderBalances,
  replayLedger: (app, actor, { rules, ...period }) =>
    replayLedger(app, actor, rules, period, ignore),
  adoptRules: (app, actor, input) => adoptRules(app, actor, input, ignore),
  showPayerSettings,
  setPayerSettings,
  rulesHistory,
  showRules,
  denialRate,
  payerScorecard,
  listHolds,
  putHold,
  liftHold,
  purgeRecords,
  findPatients,
  exportPatient,
  erasePatient,
  writeOffClaim,
  takeWriteOffBack,
  listApprovals,
  approve,
  refuse,
  showSettings,
  changeSettings,
  accountDisclosures,
  recordDisclosure,
  openGlass,
  endOwnGlass,
  endGlass,
  listGlasses,
  scanAudit,
  listReviews,
  signReview,
  verifyAudit,
  checkpointAudit,
  exportAudit: (app, actor, form) => (form === "fhir" ? exportFhir : exportAudit)(app, actor),
};
