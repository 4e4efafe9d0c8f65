import { add, type Cents, cents, subtract, sumOf, ZERO } from "../money/index.ts";
import {
  type Adjudication,
  CLAIM_LEVEL,
  hasEffect,
  type LineAmounts,
  type Sequence,
} from "./adjudication.ts";
import type { WrittenOff } from "./write-off.ts";

/**
 * What was charged for: the lines of a claim with their charges, and whether a replacement took its
 * place.
 */
export interface Receivable {
  readonly lines: readonly { readonly lineControlNumber: string; readonly chargeCents: Cents }[];
  /**
   * A replacement (frequency 7) or void (8) was sent: what is open here is reversed, so that
   * revenue counts once.
   */
  readonly superseded: boolean;
  /** What a person wrote off of it. */
  readonly writtenOff?: readonly WrittenOff[] | undefined;
}

/**
 * Where one line's charge stands: charge = paid + contractual + sequestration + other + patient +
 * written off + open + contra.
 */
export interface LineAccount {
  readonly lineControlNumber: string;
  readonly chargeCents: Cents;
  readonly paidCents: Cents;
  readonly contractualCents: Cents;
  readonly sequestrationCents: Cents;
  readonly otherCents: Cents;
  readonly patientCents: Cents;
  /** What payers still owe; negative where a payer has paid too much. */
  readonly openCents: Cents;
  /** Charge taken back because a replacement carries it now. */
  readonly contraCents: Cents;
  /** What a person gave up; absent where nothing was. */
  readonly writtenOffCents?: Cents;
  /** Contractual amounts of a later payer that can only be an unstated OA-23 (POSTING C3). */
  readonly presumedPriorCents: Cents;
}

/** Where a claim's money stands, line by line, the claim-level bucket last. */
export interface ClaimAccount {
  readonly lines: readonly LineAccount[];
}

/** An account under work: the same amounts, not yet final. */
interface Draft {
  lineControlNumber: string;
  charge: number;
  paid: number;
  contractual: number;
  sequestration: number;
  other: number;
  patient: number;
  open: number;
  writtenOff: number;
  presumedPrior: number;
}

const ORDER: readonly Sequence[] = ["P", "S", "T"];

/**
 * A claim's account as a pure function of its charges and its live adjudications. The payers are
 * taken in order of responsibility, whatever order their remittances arrived in; so arrival order
 * never changes the end state (POSTING C5), and taking an adjudication away restores exactly the
 * state before it (RFI 791).
 */
export function claimAccount(receivable: Receivable, live: readonly Adjudication[]): ClaimAccount {
  const drafts = new Map<string, Draft>();
  for (const line of receivable.lines) {
    drafts.set(line.lineControlNumber, newDraft(line.lineControlNumber, line.chargeCents));
  }
  for (const sequence of ORDER) {
    const layer = live.filter((adjudication) => adjudication.sequence === sequence);
    if (layer.length > 0) applyLayer(drafts, layer, sequence !== "P");
  }
  giveUp(drafts, receivable.writtenOff ?? []);
  return { lines: settle(drafts, receivable.superseded) };
}

function newDraft(lineControlNumber: string, charge: number): Draft {
  return {
    lineControlNumber,
    charge,
    paid: 0,
    contractual: 0,
    sequestration: 0,
    other: 0,
    patient: 0,
    open: charge,
    writtenOff: 0,
    presumedPrior: 0,
  };
}

/** Last of all, so that what a payer decides does not depend on what was given up before. */
function giveUp(drafts: Map<string, Draft>, writtenOff: readonly WrittenOff[]): void {
  for (const { lineControlNumber, amountCents } of writtenOff) {
    let draft = drafts.get(lineControlNumber);
    if (draft === undefined) {
      draft = newDraft(lineControlNumber, 0);
      drafts.set(lineControlNumber, draft);
    }
    draft.writtenOff += amountCents;
    draft.open -= amountCents;
  }
}

/** One payer's decisions. A later payer's patient share replaces an earlier payer's (RFI 2548). */
function applyLayer(
  drafts: Map<string, Draft>,
  layer: readonly Adjudication[],
  later: boolean,
): void {
  const amounts = layer.flatMap((adjudication) => adjudication.lines);
  if (later) releasePatientShare(drafts, amounts);
  const contractual = new Map<Draft, number>();
  for (const line of amounts.filter(hasEffect)) {
    let draft = drafts.get(line.lineControlNumber);
    if (draft === undefined) {
      draft = newDraft(line.lineControlNumber, 0);
      drafts.set(line.lineControlNumber, draft);
    }
    draft.paid += line.paidCents;
    draft.sequestration += line.sequestrationCents;
    draft.other += line.otherCents;
    draft.patient += line.patientCents;
    draft.open -= line.paidCents + line.sequestrationCents + line.otherCents + line.patientCents;
    contractual.set(draft, (contractual.get(draft) ?? 0) + line.contractualCents);
  }
  // In the order of the claim, its own level last: arrival must not decide whose room it is.
  for (const draft of drafts.values()) {
    const stated = contractual.get(draft) ?? 0;
    writeOff(draft, stated, later ? Math.min(stated, roomOf(draft, drafts)) : stated);
  }
}

/**
 * Writes off what is accepted of a stated amount; the rest is an OA-23 that was not stated (RFI
 * 1696).
 */
function writeOff(draft: Draft, stated: number, accepted: number): void {
  draft.contractual += accepted;
  draft.open -= accepted;
  draft.presumedPrior += stated - accepted;
}

/** What the earlier payer left to the patient is the later payer's to decide first. */
function releasePatientShare(drafts: Map<string, Draft>, amounts: readonly LineAmounts[]): void {
  const decided = new Set(amounts.map((line) => line.lineControlNumber));
  const wholeClaim = amounts.some(
    (line) => line.lineControlNumber === CLAIM_LEVEL && line.chargeCents !== 0,
  );
  for (const draft of drafts.values()) {
    // A share of the claim as a whole is a share of each of its lines.
    const concerned = draft.lineControlNumber === CLAIM_LEVEL || wholeClaim;
    if (!concerned && !decided.has(draft.lineControlNumber)) continue;
    draft.open += draft.patient;
    draft.patient = 0;
  }
}

/**
 * What a later payer can write off: what is open of the line, and of the claim, whose bucket may
 * hold what an earlier payer settled without saying for which line. The credit of another line
 * takes no room.
 */
function roomOf(draft: Draft, drafts: Map<string, Draft>): number {
  let room = 0;
  for (const { lineControlNumber, open } of drafts.values()) {
    room += lineControlNumber === CLAIM_LEVEL ? open : Math.max(0, open);
  }
  if (draft.lineControlNumber !== CLAIM_LEVEL) room = Math.min(room, draft.open);
  return Math.max(0, room);
}

function settle(drafts: Map<string, Draft>, superseded: boolean): LineAccount[] {
  let reversible = 0;
  if (superseded) for (const draft of drafts.values()) reversible += draft.open;
  return [...drafts.values()].map((draft) => {
    const contra = Math.max(0, Math.min(draft.open, reversible));
    reversible -= contra;
    return {
      lineControlNumber: draft.lineControlNumber,
      chargeCents: cents(draft.charge),
      paidCents: cents(draft.paid),
      contractualCents: cents(draft.contractual),
      sequestrationCents: cents(draft.sequestration),
      otherCents: cents(draft.other),
      patientCents: cents(draft.patient),
      openCents: cents(draft.open - contra),
      contraCents: cents(contra),
      ...(draft.writtenOff === 0 ? {} : { writtenOffCents: cents(draft.writtenOff) }),
      presumedPriorCents: cents(draft.presumedPrior),
    };
  });
}

/**
 * A claim's totals as people read them: charge = paid + contractual + other + patient + open −
 * credit.
 */
export interface ClaimTotals {
  /** What was charged, less what a replacement carries now. */
  readonly chargeCents: Cents;
  readonly paidCents: Cents;
  /** Contractual write-off, sequestration included. */
  readonly contractualCents: Cents;
  readonly sequestrationCents: Cents;
  /** Other adjustments, write-offs included. */
  readonly otherAdjustmentCents: Cents;
  /** What a person gave up; absent where nothing was. */
  readonly writtenOffCents?: Cents;
  readonly patientResponsibilityCents: Cents;
  readonly openInsuranceCents: Cents;
  /** What a payer has paid beyond the charge. */
  readonly creditCents: Cents;
  readonly presumedPriorCents: Cents;
}

/** The totals of lines that belong together: a whole claim, or a single line. */
export function totalsOf(lines: readonly LineAccount[]): ClaimTotals {
  const open = sumOf(lines, (line) => line.openCents);
  const writtenOffCents = sumOf(lines, (line) => line.writtenOffCents ?? ZERO);
  const sequestrationCents = sumOf(lines, (line) => line.sequestrationCents);
  return {
    chargeCents: subtract(
      sumOf(lines, (line) => line.chargeCents),
      sumOf(lines, (line) => line.contraCents),
    ),
    paidCents: sumOf(lines, (line) => line.paidCents),
    contractualCents: add(
      sumOf(lines, (line) => line.contractualCents),
      sequestrationCents,
    ),
    sequestrationCents,
    otherAdjustmentCents: add(
      sumOf(lines, (line) => line.otherCents),
      writtenOffCents,
    ),
    ...(writtenOffCents === 0 ? {} : { writtenOffCents }),
    patientResponsibilityCents: sumOf(lines, (line) => line.patientCents),
    openInsuranceCents: open > 0 ? open : ZERO,
    creditCents: open < 0 ? cents(-open) : ZERO,
    presumedPriorCents: sumOf(lines, (line) => line.presumedPriorCents),
  };
}
