import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Express } from "express";
import request from "supertest";
import type { Role } from "../../../src/app/access.ts";
import type { Actor, App } from "../../../src/app/context.ts";
import { OperatingError } from "../../../src/app/errors.ts";
import { createApiKey } from "../../../src/app/people/api-keys.ts";
import { completeSetup, createSetupLink, preparePeople } from "../../../src/app/people/people.ts";
import { createHttp, type HttpConfig, type UseCases } from "../../../src/faces/http/index.ts";
import { CheckpointFile } from "../../../src/platform/checkpoints/index.ts";
import { createLog } from "../../../src/platform/log/index.ts";
import { openStore } from "../../../src/platform/store/index.ts";
import { testKeys } from "../../keys.ts";

export const PASSWORD = "seven green lanterns";

/** An application on an embedded store of its own, with a clock that stands until it is moved. */
export interface TestApp {
  readonly app: App;
  readonly clock: { now: Date };
  close(): Promise<void>;
}

export async function openTestApp(): Promise<TestApp> {
  const directory = await mkdtemp(join(tmpdir(), "claimwright-http-"));
  const store = await openStore({ directory }, testKeys());
  // The database drops what has expired by its own clock, so the test begins now.
  const clock = { now: new Date() };
  const log = createLog({ level: "silent" });
  const checkpoints = new CheckpointFile(join(directory, "checkpoints.ndjson"));
  const app: App = { store, checkpoints, log, now: () => clock.now, newId: () => randomUUID() };
  await preparePeople(app);
  return {
    app,
    clock,
    async close() {
      await store.close();
      await rm(directory, { recursive: true });
    },
  };
}

const ORIGIN = {
  requestId: "00000000-0000-4000-8000-000000000000",
  source: "http",
} as const;

/** The program itself, acting in a practice. */
export function system(practiceId = "practice-1"): Actor {
  return { id: "system", kind: "system", roles: ["system"], practiceId, ...ORIGIN };
}

/** A new user with these roles; signs in with `<name>@example.org` and PASSWORD. */
export async function addUser(app: App, name: string, roles: readonly Role[], practiceId?: string) {
  const { token } = await createSetupLink(app, system(practiceId), roles);
  const email = `${name}@example.org`;
  return completeSetup(app, token, { email, name, password: PASSWORD }, ORIGIN);
}

/** A new API key of this role, ready for the Authorization header. */
export async function addKey(app: App, role: Role, practiceId?: string): Promise<string> {
  const { key } = await createApiKey(app, system(practiceId), { name: "test", role });
  return `Bearer ${key}`;
}

const CONFIG: HttpConfig = {
  sessionSecrets: ["a secret of at least thirty-two bytes"],
  secureCookies: false,
  secondFactor: "optional",
  trustedProxies: 0,
  version: "0.1.0",
  requestsPerMinute: 100_000,
  signInsPerMinute: 100_000,
};

export function serverOf(
  app: App,
  useCases: UseCases = standIns(),
  config: Partial<HttpConfig> = {},
) {
  return createHttp({ app, useCases, config: { ...CONFIG, ...config } });
}

/** A browser that is signed in, with the token that its changes must carry. */
export async function signedIn(server: Express, name: string) {
  const agent = request.agent(server);
  const credentials = { email: `${name}@example.org`, password: PASSWORD };
  const response = await agent.post("/api/v1/session").send(credentials).expect(201);
  return { agent, csrfToken: String(response.body.csrfToken) };
}

export const ITEM = {
  id: "item-1",
  patientControlNumber: "PCN1",
  kind: "denial",
  category: "timely-filing",
  groupCode: "CO",
  reasonCode: "29",
  remarkCodes: ["N522"],
  amountCents: 123_456,
  suggestedAction: "Attach the 277CA as proof of timely filing",
  deadline: "2026-03-05",
  deadlineRule: "Medicare redetermination: 120 days",
  status: "open",
  assignee: null,
  payer: "Blue <Example> & Co",
  createdAt: "2026-02-20T08:00:00Z",
  version: 3,
  words: "The payer says it came too late",
  notes: [{ at: "2026-02-21T08:00:00Z", by: "u1", text: "<script>alert('x')</script>" }],
} as const;

const CLAIM = {
  patientControlNumber: "PCN1",
  payer: "Example Health",
  serviceDateFrom: "2026-01-05",
  chargeCents: 20_000,
  paidCents: 10_000,
  contractualCents: 5_000,
  otherAdjustmentCents: 0,
  patientResponsibilityCents: 2_000,
  openInsuranceCents: 3_000,
  creditCents: 0,
  status: { submission: "accepted", adjudication: "partly-paid" },
  flags: ["presumed-oa23"],
  lines: [
    {
      lineControlNumber: "1",
      procedureCode: "99213",
      modifiers: ["25"],
      chargeCents: 20_000,
      paidCents: 10_000,
      contractualCents: 5_000,
      patientResponsibilityCents: 2_000,
      openInsuranceCents: 3_000,
    },
  ],
  adjudications: [
    {
      traceNumber: "T1",
      payer: "Example Health",
      payerSequence: "P",
      paymentDate: "2026-02-01",
      statusCode: "1",
      chargeCents: 20_000,
      paidCents: 10_000,
      reverses: null,
      adjustments: [
        { lineControlNumber: "1", groupCode: "CO", reasonCode: "45", amountCents: 5_000 },
      ],
      remarkCodes: ["N519"],
    },
  ],
  timeline: [{ at: "2026-01-06T00:00:00Z", event: "sent", detail: "batch 1" }],
};

const REMITTANCE = {
  traceNumber: "T1",
  payer: "Example Health",
  paymentDate: "2026-02-01",
  bprCents: 10_000,
  postedCents: 9_000,
  unappliedCents: 1_500,
  providerAdjustmentCents: 500,
  claimPayments: 2,
  posted: 1,
  parked: [{ patientControlNumber: "PCN9", reason: "unmatched", residualCents: 0 }],
  certificate: {
    transaction: {
      paymentCents: 10_000,
      claimPaidCents: 10_500,
      providerAdjustmentCents: 500,
      residualCents: 0,
    },
    claims: { proved: 2, failed: 0 },
    services: { proved: 3, failed: 0 },
    ledger: {
      postedCents: 9_000,
      unappliedCents: 1_500,
      providerAdjustmentCents: 500,
      cashCents: 10_000,
      residualCents: 0,
      journalEntries: 3,
    },
  },
};

const DIFFERENCE = { accounts: {}, totalCents: 0 };
const RULES = { version: "0123456789ab", inForce: true };

const DEPOSIT = {
  id: "deposit-1",
  depositKind: "deposit",
  date: "2026-03-16",
  amountCents: 8_000,
  status: "unmatched",
};

const BUNDLE: Awaited<ReturnType<UseCases["exportPatient"]>> = {
  format: "claimwright-patient-1",
  index: {
    practiceId: "practice-1",
    patientId: "patient-1",
    at: "2026-03-01T00:00:00Z",
    sections: [],
    notIncluded: [],
  },
  people: [],
  claims: [],
  encounters: [],
  decisions: [],
  waitingPayments: [],
  workItems: [],
  journal: [],
  files: [],
};

const HOLD = {
  id: "hold-1",
  patientId: null,
  status: "standing",
  reason: "case 1",
  by: "u1",
  at: "2026-03-01T00:00:00Z",
};
const WRITE_OFF = { id: "write-off-1", amountCents: 100, openInsuranceCents: 0 };
const APPROVAL = { id: "approval-1", act: "write-off", amountCents: 50_001, status: "pending" };
const GLASS = { id: "glass-1", endsAt: "2026-03-01T09:00:00Z", running: true };
const REVIEW = { id: "review-1", reviewKind: "break-glass", status: "open" };

function only<T>(id: string, known: string, thing: T): T {
  if (id !== known) throw new OperatingError("not-found");
  return thing;
}

async function* linesOf(...lines: string[]) {
  yield* lines;
}

const DRAFT = {
  level: { level: 1, name: "Provider appeal", days: 180, answerDays: 60, source: "contract" },
  text: "To whom it may concern",
  missing: [],
  enclosures: [],
  appeals: [],
} as const;

/** Use cases that answer from constants: these tests are about the face, not about what stands behind it. */
export function standIns(changes: Partial<UseCases> = {}): UseCases {
  return {
    ingestFile: async (_app, _actor, { name, bytes }) => ({
      events: [{ kind: "finding", message: "A segment count is wrong." }],
      summary: { file: name, bytes: bytes.length, paidCents: 10_000 },
    }),
    generateClaims: async (_app, _actor, { text }) => ({
      events: [],
      summary: { encounters: text.length > 0 ? 1 : 0 },
    }),
    listOutboundFiles: async () => [
      { id: "file-1", name: "batch-1.x12", createdAt: "2026-03-01T00:00:00Z", bytes: 4 },
    ],
    readOutboundFile: async (_app, _actor, id) =>
      only(id, "file-1", { name: "batch-1.x12", bytes: Buffer.from("ISA*") }),
    listClaims: async () => ({ items: [CLAIM], next: null }),
    payerScorecard: async () => ({ payers: [] }),
    listExceptions: async () => ({ items: [{ id: "parked-1" }], next: null }),
    showException: async (_app, _actor, id) => only(id, "parked-1", { id: "parked-1" }),
    splitException: async (_app, _actor, id) => only(id, "parked-1", { posted: 2, released: 0 }),
    mirrorReversal: async (_app, _actor, id) => only(id, "parked-1", { posted: 1, released: 0 }),
    keepUnapplied: async (_app, _actor, id) =>
      only(id, "parked-1", { id: "parked-1", status: "unapplied" }),
    sendBack: async (_app, _actor, id) =>
      only(id, "parked-1", { id: "parked-1", status: "parked" }),
    takeDeskBack: async (_app, _actor, id) =>
      only(id, "parked-1", { id: "parked-1", status: "parked" }),
    matchException: async (_app, _actor, id) => only(id, "parked-1", { posted: 1, released: 0 }),
    listDeposits: async () => ({ items: [DEPOSIT], next: null }),
    showDeposit: async (_app, _actor, id) => only(id, "deposit-1", DEPOSIT),
    importDeposits: async (_app, _actor, { name }) => ({ events: [], summary: { file: name } }),
    addDeposit: async () => DEPOSIT,
    addRefund: async () => ({ done: { ...DEPOSIT, depositKind: "refund", status: "sent" } }),
    returnDeposit: async (_app, _actor, id) => only(id, "deposit-1", DEPOSIT),
    unmatchDeposit: async (_app, _actor, id) => only(id, "deposit-1", DEPOSIT),
    matchAll: async () => ({ events: [], summary: { matched: 0 } }),
    matchByHand: async () => ({ id: "match-1", amountCents: 8_000 }),
    listLate: async () => ({ items: [], late: 0 }),
    openLateItems: async () => ({ events: [], summary: { opened: 0 } }),
    openLateCrossovers: async () => ({ events: [], summary: { opened: 0 } }),
    whyBalance: async (_app, _actor, id) => only(id, "PCN1", { balanceCents: 0, reasons: [] }),
    showClaim: async (_app, _actor, id) => only(id, "PCN1", CLAIM),
    listRemittances: async () => ({ items: [REMITTANCE], next: "t2" }),
    showRemittance: async (_app, _actor, id) => only(id, "T1", REMITTANCE),
    unpost: async (_app, _actor, id) => only(id, "T1", { id, status: "unposted", changed: true }),
    postAgain: async (_app, _actor, id) => only(id, "T1", { id, status: "posted", changed: true }),
    listWorkItems: async () => ({ items: [ITEM], next: "c2" }),
    draftAppeal: async (_app, _actor, id) => only(id, "item-1", DRAFT),
    sendAppeal: async (_app, _actor, id) =>
      only(id, "item-1", { fileId: "file-1", until: "2026-05-19" }),
    answerAppeal: async (_app, _actor, id) => only(id, "item-1", { decision: "upheld" }),
    readLetter: async (_app, _actor, id) =>
      only(id, "file-1", { name: "appeal-item-1-1.pdf", bytes: Buffer.from("%PDF-") }),
    showCorrection: async (_app, _actor, id) =>
      only(id, "item-1", {
        patientControlNumber: "PCN1",
        frequencyCode: "7",
        because: "The payer has decided on it.",
        fields: [],
      }),
    resubmitClaim: async (_app, _actor, id) =>
      only(id, "item-1", {
        frequencyCode: "7",
        because: "The payer has decided on it.",
        difference: [],
        findings: [],
        held: false,
        file: null,
      }),
    showWorkItem: async (_app, _actor, id) => only(id, "item-1", ITEM),
    assignWorkItem: async (_app, _actor, id, change) => {
      if (change.version !== undefined && change.version < 3) throw new OperatingError("stale");
      return only(id, "item-1", { ...ITEM, assignee: change.assignee });
    },
    noteWorkItem: async (_app, _actor, id) => only(id, "item-1", ITEM),
    resolveWorkItem: async (_app, _actor, id, { outcome }) =>
      only(id, "item-1", { ...ITEM, status: "resolved", outcome }),
    takeWorkItem: async (_app, _actor, id) => only(id, "item-1", ITEM),
    handOverWorkItem: async (_app, _actor, id) => only(id, "item-1", ITEM),
    callWorkItem: async (_app, _actor, id) => only(id, "item-1", ITEM),
    waitWorkItem: async (_app, _actor, id) => only(id, "item-1", ITEM),
    resumeWorkItem: async (_app, _actor, id) => only(id, "item-1", ITEM),
    planWorkItem: async (_app, _actor, id) => only(id, "item-1", ITEM),
    reopenWorkItem: async (_app, _actor, id) => only(id, "item-1", ITEM),
    countQueue: async () => ({
      open: 1,
      mine: 0,
      unassigned: 1,
      overdue: 0,
      dueThisWeek: 0,
      byKind: { denial: 1 },
      byCategory: {},
      byOwner: {},
      amountCents: 123_456,
    }),
    changeManyItems: async () => ({ done: 1, refused: 0, items: [] }),
    listQueueViews: async () => ({ items: [] }),
    saveQueueView: async (_app, _actor, name) => ({ name }),
    removeQueueView: async (_app, _actor, name) => only(name, "view-1", undefined),
    trialBalance: async () => ({ accounts: { revenue: -20_000 }, totalCents: 0 }),
    listProviderBalances: async () => [],
    adoptRules: async () => ({ ...DIFFERENCE, inForceFrom: "2026-03-20T12:00:00Z" }),
    showPayerSettings: async () => ({ number: 0, settings: {} }),
    setPayerSettings: async (_app, _actor, { settings }) => ({ number: 1, settings }),
    rulesHistory: async () => [RULES],
    showRules: async (_app, _actor, version) =>
      only(version ?? RULES.version, RULES.version, { ...RULES, rules: {} }),
    replayLedger: async () => DIFFERENCE,
    denialRate: async (_app, _actor, { by }) => ({
      definition: "First decisions that paid nothing, over all first decisions.",
      numerator: 3,
      denominator: 24,
      rate: 0.125,
      partial: 2,
      rows: [
        {
          key: by ?? "all",
          label: "CO-29 <late>",
          numerator: 3,
          denominator: 24,
          rate: 0.125,
          dollars: { deniedCents: 5_000 },
        },
      ],
    }),
    verifyAudit: async () => ({ events: 1, checkpoints: 0, ok: true }),
    writeOffClaim: async () => ({ done: WRITE_OFF }),
    takeWriteOffBack: async (_app, _actor, id) => only(id, "write-off-1", WRITE_OFF),
    listApprovals: async () => ({ items: [APPROVAL], next: null }),
    approve: async (_app, _actor, id) => only(id, "approval-1", { approval: APPROVAL, done: {} }),
    refuse: async (_app, _actor, id) => only(id, "approval-1", APPROVAL),
    showSettings: async () => ({ approvalLimitCents: 50_000 }),
    changeSettings: async () => ({ approval: APPROVAL }),
    accountDisclosures: async (_app, _actor, id) => only(id, "patient-1", { items: [] }),
    recordDisclosure: async (_app, _actor, id) => only(id, "patient-1", {}),
    openGlass: async () => GLASS,
    endOwnGlass: async () => ({ ...GLASS, running: false }),
    endGlass: async (_app, _actor, id) => only(id, "glass-1", { ...GLASS, running: false }),
    listGlasses: async () => [GLASS],
    scanAudit: async () => ({ events: 1, found: 0, added: 0 }),
    listReviews: async () => ({ items: [REVIEW], next: null }),
    signReview: async (_app, _actor, id) =>
      only(id, "review-1", { ...REVIEW, status: "signed-off" }),
    checkpointAudit: async () => ({ sequence: 1, hash: "0", keyId: "k" }),
    exportAudit: async () => ({ lines: linesOf("{}") }),
    listHolds: async () => [HOLD],
    putHold: async () => HOLD,
    liftHold: async (_app, _actor, id) => only(id, "hold-1", { ...HOLD, status: "lifted" }),
    findPatients: async () => [
      { patientId: "patient-1", lastName: "AMPLE", firstName: "ANN", claims: 1 },
    ],
    exportPatient: async (_app, _actor, id) => only(id, "patient-1", BUNDLE),
    erasePatient: async (_app, _actor, patientId) =>
      only(patientId, "patient-1", { patientId, purged: { claims: 1 } }),
    purgeRecords: async (_app, _actor, { before, dryRun = false }) => ({
      before,
      dryRun,
      purged: { claims: 0 },
      kept: { hold: 0 },
      filesKept: 0,
    }),
    ...changes,
  };
}
