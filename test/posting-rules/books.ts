/** What the books of a practice say after a file came in, as a biller would write it. */
import { expect } from "chai";
import { accountsOf } from "../../src/app/claims/claim-projection.ts";
import { showException } from "../../src/app/desk/exceptions.ts";
import type { Happening } from "../../src/app/events.ts";
import { listProviderBalances } from "../../src/app/posting/provider-balances.ts";
import type { JournalLine } from "../../src/billing/ledger/index.ts";
import type {
  ClaimDoc,
  JournalDoc,
  RemittanceDoc,
  WorkItemDoc,
} from "../../src/platform/store/index.ts";
import type { Practice } from "../app/practice.ts";
import { accountText, dollars } from "../billing/remits/textbook.ts";

/** Everything of a practice that a biller would look at. */
interface Books {
  readonly journal: readonly JournalDoc[];
  readonly claims: ReadonlyMap<string, ClaimDoc>;
  readonly remittances: ReadonlyMap<string, RemittanceDoc>;
  readonly items: ReadonlyMap<string, string>;
  readonly waiting: ReadonlyMap<string, string>;
  /** What is forwarded, advanced or recovered, by payer, reason and reference. */
  readonly balances: ReadonlyMap<string, string>;
}

/** Takes files into a practice, one after the other, and tells what each changed. */
export class Bookkeeper {
  readonly #practice: Practice;
  #before: Books = {
    journal: [],
    claims: new Map(),
    remittances: new Map(),
    items: new Map(),
    waiting: new Map(),
    balances: new Map(),
  };

  constructor(practice: Practice) {
    this.#practice = practice;
  }

  /** Takes a file in; the journal entries it made, what waits, what is to do, and where its claims stand. */
  async take(file: string): Promise<string> {
    const { told } = await this.#practice.ingest(file);
    const before = this.#before;
    const after = await read(this.#practice);
    this.#before = after;
    expectTied(after);
    const entries = after.journal.slice(before.journal.length);
    const lines = [
      ...told.flatMap(tidings),
      ...entries.flatMap((entry) => entryText(entry, after)),
      ...changes(before.waiting, after.waiting, "waits", "waits no more"),
      ...changes(before.items, after.items, "to do", "done"),
      ...[...after.balances].flatMap(([key, text]) =>
        before.balances.get(key) === text ? [] : [`balance: ${text}`],
      ),
      ...[...after.remittances].flatMap(([id, { flags, traceNumber }]) =>
        flags
          .filter((flag) => !before.remittances.get(id)?.flags.includes(flag))
          .map((flag) => `flag: ${traceNumber} ${flag}`),
      ),
      ...[...after.claims].flatMap(([id, claim]) => claimText(before.claims.get(id), claim)),
    ];
    return lines.join("\n");
  }
}

async function read({ app, actor, store }: Practice): Promise<Books> {
  const sorted = { sort: { _id: 1 } } as const;
  const claims = await store.claims.find({}, sorted);
  const remittances = await store.remittances.find({}, sorted);
  const items = await store.workItems.find({ status: { $ne: "resolved" } }, sorted);
  const parked = await store.parkedPayments.find({ status: "parked" }, sorted);
  const waiting = new Map<string, string>();
  for (const { _id, patientControlNumber, reason, unappliedCents, residualCents } of parked) {
    const { suggestions } = await showException(app, actor, _id);
    const residual = residualCents === 0 ? "" : ` (residual ${dollars(residualCents)})`;
    const perhaps = suggestions.map(
      (claim) => `\n  perhaps ${claim.patientControlNumber}: ${claim.reasons.join(", ")}`,
    );
    const what = `${patientControlNumber} ${reason} ${dollars(unappliedCents)}`;
    waiting.set(_id, [`${what}${residual}`, ...perhaps].join(""));
  }
  return {
    journal: await store.journal.find({}, sorted),
    claims: new Map(claims.map((claim) => [claim._id, claim])),
    remittances: new Map(remittances.map((remittance) => [remittance._id, remittance])),
    items: new Map(
      items.map((item) => [
        item._id,
        [
          item.kind,
          item.category,
          ...(item.patientControlNumber === undefined ? [] : [item.patientControlNumber]),
          dollars(item.amountCents),
          ...(item.correction === undefined ? [] : [correctionText(item.correction)]),
        ].join(" "),
      ]),
    ),
    waiting,
    balances: new Map(
      (await listProviderBalances(app, actor)).map((balance) => [
        [balance.payerName, balance.reasonCode, balance.reference].join(),
        balanceText(balance),
      ]),
    ),
  };
}

/** What a payer says of the coverage. */
function correctionText({ memberId, payer }: NonNullable<WorkItemDoc["correction"]>): string {
  return payer === undefined ? `(member ${memberId})` : `(payer ${payer.id})`;
}

/** `FB:T2 -80.00 open, 5 days`. */
function balanceText(balance: Awaited<ReturnType<typeof listProviderBalances>>[number]): string {
  const { reasonCode, reference, balanceCents, state, ageDays, patientControlNumber } = balance;
  const of = patientControlNumber === null ? "" : ` of ${patientControlNumber}`;
  const days = `${ageDays} ${ageDays === 1 ? "day" : "days"}`;
  return `${reasonCode}:${reference}${of} ${dollars(balanceCents)} ${state}, ${days}`;
}

/** Debits are credits, and each remittance moved exactly its BPR02 (POSTING 12.1). */
function expectTied({ journal, remittances }: Books): void {
  const cash = new Map<string, number>();
  let total = 0;
  for (const { kind, lines, remittanceId } of journal) {
    for (const { account, amountCents } of lines) {
      total += amountCents;
      if (account !== "cash-in-transit" || remittanceId === null || kind === "release") continue;
      cash.set(remittanceId, (cash.get(remittanceId) ?? 0) + amountCents);
    }
  }
  expect(total, "sum of the journal").to.equal(0);
  for (const [id, { status, header }] of remittances) {
    const paid = status === "posted" ? header.paymentCents : 0;
    expect(cash.get(id) ?? 0, "cash of a remittance").to.equal(paid);
  }
}

/** What happened to whole sets, and to claims without an entry. */
function tidings(one: Happening): string[] {
  if (one.kind === "duplicate") {
    return [`duplicate: ${one.traceNumber}, ${one.exact === true ? "exact" : "cosmetic"}`];
  }
  if (one.kind === "parked" && one.level === "remittance") {
    const off = one.residualCents === 0 ? "" : ` (residual ${dollars(Number(one.residualCents))})`;
    return [`refused: ${one.traceNumber} ${one.reason}${off}`];
  }
  if (one.kind === "posting" && one.noted === true) {
    return [`noted: ${one.patientControlNumber} status ${one.statusCode}`];
  }
  if (one.kind === "finding" && one.code !== "test-usage") return [`finding: ${one.code}`];
  return [];
}

/** `payment A1, T1` and its lines: account, claim and line, debit | credit. */
function entryText(entry: JournalDoc, books: Books): string[] {
  const { kind, lines, claimId, remittanceId, place, effectiveDate } = entry;
  const number = books.claims.get(claimId ?? "")?.claim.patientControlNumber;
  const remittance = books.remittances.get(remittanceId ?? "");
  if (kind === "charge" && lines.every(({ account }) => account !== "contractual")) {
    const charged = lines.reduce(
      (sum, line) => sum + (line.account === "ar-insurance" ? line.amountCents : 0),
      0,
    );
    return [`charge ${number} ${dollars(charged)}`];
  }
  const plb = /^PLB\[(\d+)\]$/.exec(place ?? "")?.[1];
  const pair = plb === undefined ? undefined : remittance?.providerAdjustments[Number(plb) - 1];
  const what = pair === undefined ? (number ?? place) : `${pair.reasonCode}:${pair.reference}`;
  const whence = remittance === undefined ? "" : `, ${remittance.traceNumber}`;
  const rows = lines.map((line) => entryLine(line, number));
  return [`${kind} ${what}${whence}, ${effectiveDate}`, ...rows];
}

function entryLine({ account, amountCents, lineControlNumber }: JournalLine, number?: string) {
  const line = lineControlNumber === undefined ? "" : `/${lineControlNumber}`;
  const amount = dollars(Math.abs(amountCents)).padStart(9);
  const columns = amountCents > 0 ? `${amount} |` : `${" ".repeat(9)} |${amount}`;
  return `  ${account.padEnd(26)} ${`${number ?? ""}${line}`.padEnd(6)} ${columns}`.trimEnd();
}

function changes(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  come: string,
  gone: string,
): string[] {
  return [
    ...[...before].flatMap(([id, text]) =>
      after.has(id) ? [] : [`${gone}: ${text.split("\n")[0]}`],
    ),
    ...[...after].flatMap(([id, text]) => (before.has(id) ? [] : [`${come}: ${text}`])),
  ];
}

/** Where a claim stands now: an equation a line, then its status; nothing when it did not change. */
function claimText(before: ClaimDoc | undefined, claim: ClaimDoc): string[] {
  if (before?.version === claim.version) return [];
  if (before === undefined && claim.adjudications.length === 0) return [];
  const number = claim.claim.patientControlNumber;
  const { adjudication, insurance, patient } = claim.status;
  const flags = claim.flags.filter((flag) => !before?.flags.includes(flag));
  const equations = accountText({ lines: accountsOf(claim) }).split("\n");
  return [
    ...flags.map((flag) => `flag: ${number} ${flag}`),
    ...equations.map((equation) => `${number}/${equation}`),
    `${number}: ${adjudication}, insurance ${insurance}, patient ${patient}`,
  ];
}
