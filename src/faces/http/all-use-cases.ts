import { verifyAudit } from "../../app/audit.ts";
import { listClaims, showClaim } from "../../app/claims.ts";
import { denialRate } from "../../app/denial-rate.ts";
import { listDeposits, showDeposit } from "../../app/deposits.ts";
import { keepUnapplied, sendBack, takeDeskBack } from "../../app/desk-decisions.ts";
import type { Happening } from "../../app/events.ts";
import { listExceptions, matchException, showException } from "../../app/exceptions.ts";
import { checkpointAudit, exportAudit, exportFhir } from "../../app/export-audit.ts";
import { generateClaims } from "../../app/generate-claims.ts";
import { importDeposits } from "../../app/import-deposits.ts";
import { ingestFile } from "../../app/ingest-file.ts";
import { listLate, openLateItems } from "../../app/late-cash.ts";
import { openLateCrossovers } from "../../app/late-crossovers.ts";
import { trialBalance } from "../../app/ledger.ts";
import { matchByHand } from "../../app/match-by-hand.ts";
import { matchAll } from "../../app/match-deposits.ts";
import { mirrorReversal } from "../../app/mirror-reversal.ts";
import { listOutboundFiles, readOutboundFile } from "../../app/outbound-files.ts";
import { payerScorecard } from "../../app/payer-scorecard.ts";
import { postAgain } from "../../app/post-again.ts";
import { listProviderBalances } from "../../app/provider-balances.ts";
import { addDeposit, addRefund, returnDeposit, unmatchDeposit } from "../../app/record-cash.ts";
import { listRemittances, showRemittance } from "../../app/remittances.ts";
import { replayLedger } from "../../app/replay-ledger.ts";
import { splitException } from "../../app/split-exception.ts";
import { postPaymentAgain, unpostPayment } from "../../app/unpost-payment.ts";
import { unpostRemittance } from "../../app/unpost-remittance.ts";
import { whyBalance } from "../../app/why-balance.ts";
import {
  assignWorkItem,
  listWorkItems,
  noteWorkItem,
  resolveWorkItem,
  showWorkItem,
} from "../../app/work-items.ts";
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
  showWorkItem,
  assignWorkItem,
  noteWorkItem,
  resolveWorkItem,
  trialBalance,
  listProviderBalances,
  replayLedger: (app, actor, { rules, ...period }) =>
    replayLedger(app, actor, rules, period, ignore),
  denialRate,
  payerScorecard,
  verifyAudit,
  checkpointAudit,
  exportAudit: (app, actor, form) => (form === "fhir" ? exportFhir : exportAudit)(app, actor),
};
