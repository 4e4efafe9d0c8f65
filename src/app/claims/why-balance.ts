import { ACCOUNTS, type Account } from "../../billing/ledger/index.ts";
import { type Cents, cents, sumOf } from "../../billing/money/index.ts";
import { type Loop, readEdi } from "../../edi/guides/index.ts";
import type { ClaimDoc, JournalDoc, PracticeStore } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { endOf } from "../posting/ledger.ts";

/** Which balance of a claim is asked about; all of it when neither is given. */
export interface BalanceQuestion {
  readonly account?: string;
  readonly lineControlNumber?: string;
  /** What was recorded by the end of that day (UTC): the balance as it was known then. */
  readonly asOf?: string;
}

/** One entry of the journal, with the part of a file that it was made from. */
export interface BalanceReason {
  readonly id: string;
  readonly entry: JournalDoc["kind"];
  readonly effectiveDate: string;
  readonly at: string;
  /** What of the entry concerns the question: debits positive. */
  readonly lines: readonly {
    readonly account: Account;
    readonly lineControlNumber: string | null;
    readonly amountCents: Cents;
  }[];
  /** The entry that this one undoes, and the person's reason: of unposting. */
  readonly negates: string | null;
  readonly reason: string | null;
  readonly amountCents: Cents;
  /** The balance behind this entry. */
  readonly balanceCents: Cents;
  /** Where it stands in words of the standard: `CLP[3]`, and in which remittance. */
  readonly place: string | null;
  readonly traceNumber: string | null;
  readonly file: string | null;
  /** The segments of that place as they stand in the file; none where nothing was sent or kept. */
  readonly segments: readonly { readonly position: number; readonly text: string }[];
}

/**
 * Why a claim's balance is what it is, to the cent: every journal entry that moved it, oldest first, with the
 * segments of the 835 (or of the 837, for what was billed) that say so.
 */
export async function whyBalance(
  app: App,
  actor: Actor,
  patientControlNumber: string,
  question: BalanceQuestion,
): Promise<{ reasons: readonly BalanceReason[]; balanceCents: Cents }> {
  const { account, lineControlNumber, asOf } = question;
  if (account !== undefined && !Object.hasOwn(ACCOUNTS, account)) {
    throw new OperatingError("not-found");
  }
  const practice = app.store.practice(actor.practiceId);
  const claim = await practice.claims.findOne({ patientControlNumbers: patientControlNumber });
  if (claim === undefined) throw new OperatingError("not-found");
  const recorded = await practice.journal.find({ claimId: claim._id }, { sort: { _id: 1 } });
  const entries = asOf === undefined ? recorded : recorded.filter(({ at }) => at < endOf(asOf));
  const sources = new Sources(app, actor, claim);
  const reasons: BalanceReason[] = [];
  let balance = 0;
  for (const entry of entries) {
    const lines = entry.lines
      .filter((line) => account === undefined || line.account === account)
      .filter(
        (line) => lineControlNumber === undefined || line.lineControlNumber === lineControlNumber,
      );
    if (lines.length === 0) continue;
    const amountCents = sumOf(lines, (line) => line.amountCents);
    balance += amountCents;
    reasons.push({
      id: entry._id,
      entry: entry.kind,
      effectiveDate: entry.effectiveDate,
      at: entry.at.toISOString(),
      negates: entry.negates ?? null,
      reason: entry.reason ?? null,
      lines: lines.map((line) => ({
        account: line.account,
        lineControlNumber: line.lineControlNumber ?? null,
        amountCents: line.amountCents,
      })),
      amountCents,
      balanceCents: cents(balance),
      place: entry.place,
      ...(await sources.of(entry)),
    });
  }
  await recordAudit(app, actor, {
    action: "claim.read-balance",
    entity: { type: "claim", id: claim._id },
    patientId: claim.patientId,
    purpose: "payment",
    outcome: "success",
    detail: { shown: reasons.length },
  });
  return { reasons, balanceCents: cents(balance) };
}

type Source = Pick<BalanceReason, "traceNumber" | "file" | "segments">;

const NO_SOURCE: Source = { traceNumber: null, file: null, segments: [] };
const CLAIM_PAYMENT = /^CLP\[([0-9]+)\]$/;

/** The parts of files that the entries of one claim were made from. */
class Sources {
  readonly #app: App;
  readonly #actor: Actor;
  readonly #claim: ClaimDoc;
  readonly #practice: PracticeStore;

  constructor(app: App, actor: Actor, claim: ClaimDoc) {
    this.#app = app;
    this.#actor = actor;
    this.#claim = claim;
    this.#practice = app.store.practice(actor.practiceId);
  }

  of(entry: JournalDoc): Promise<Source> {
    return entry.remittanceId === null
      ? this.#billed(entry)
      : this.#paid(entry.remittanceId, entry.place);
  }

  /** A charge comes from the 837 of the claim's first sending. */
  async #billed({ kind }: JournalDoc): Promise<Source> {
    const [sent] = this.#claim.submissions;
    if (kind !== "charge" || sent === undefined) return NO_SOURCE;
    const batch = await this.#practice.batches.findOne({ _id: sent.batchId });
    if (batch === undefined) return NO_SOURCE;
    const isClaim = (loop: Loop) =>
      loop.id === "2300" && loop.segment("CLM")?.element(1) === sent.patientControlNumber;
    return { ...NO_SOURCE, ...(await this.#find(batch.fileId, (_set, loop) => isClaim(loop))) };
  }

  async #paid(remittanceId: string, place: string | null): Promise<Source> {
    const remittance = await this.#practice.remittances.findOne({ _id: remittanceId });
    if (remittance === undefined) return NO_SOURCE;
    const { traceNumber, fileId, header } = remittance;
    const ordinal = Number(CLAIM_PAYMENT.exec(place ?? "")?.[1]);
    let passed = 0;
    const found = await this.#find(fileId, (set, loop) => {
      if (set !== header.ordinal || loop.id !== "2100") return false;
      passed += 1;
      return passed === ordinal;
    });
    return { ...NO_SOURCE, ...found, traceNumber };
  }

  /** The first unit loop that is sought in a kept file, with its name; reading ends there. */
  async #find(
    fileId: string,
    isSought: (setOrdinal: number, loop: Loop) => boolean,
  ): Promise<Partial<Source>> {
    const file = await this.#practice.files.findOne({ _id: fileId });
    const bytes = await this.#app.store.fileBytes.open(this.#actor.practiceId, fileId);
    if (file === undefined || bytes === undefined) return {};
    for await (const event of readEdi(bytes)) {
      if (event.kind !== "loop" || !isSought(event.set.ordinal, event.loop)) continue;
      return { file: file.name, segments: segmentsOf(event.loop) };
    }
    return { file: file.name };
  }
}

/** The segments of a loop and of those within, in file order. */
function segmentsOf(loop: Loop): BalanceReason["segments"] {
  const own = loop.segments.map((segment) => ({
    position: segment.position,
    text: segment.toString(),
  }));
  return [...own, ...loop.loops.flatMap(segmentsOf)].sort((a, b) => a.position - b.position);
}
