import { formatDollars } from "../billing/money/index.ts";
import { guide835 } from "../edi/guides/835.ts";
import { acknowledgeClaims } from "./acknowledge-claims.ts";
import { acknowledgeFile } from "./acknowledge-file.ts";
import { compactDate } from "./calendar.ts";
import { dealOutcomes, type OutcomeScript } from "./deal.ts";
import type { ClaimDecision } from "./decision.ts";
import {
  IRREGULARITIES,
  type IrregularityName,
  withForeignClaim,
  withUnbalancedClaim,
  withUnbalancedPayment,
} from "./irregular.ts";
import { fromPayer, type Letter } from "./letter.ts";
import {
  type Payment,
  type PaymentCalendar,
  planPayments,
  runCode,
  type ScheduledDecision,
} from "./payments.ts";
import { hashBytes, type Random, randomFrom } from "./random.ts";
import { type ReceivedBatch, receive } from "./receive.ts";
import { scheduleDecisions } from "./schedule.ts";
import { remittanceLoop } from "./write-remittance.ts";

/** A script for the practice payer. */
interface Behaviours extends OutcomeScript {
  /**
   * Which irregular things happen; all of them in an answer to 25 claims or more, none below, when
   * absent.
   */
  readonly irregularities?: readonly IrregularityName[];
}

/** What an answer follows from, beside the claims. */
export interface AnswerOptions {
  readonly seed: string;
  /** ISO calendar date; nothing in the answer is later. */
  readonly today: string;
  /** ISA13 of the first file; each further file counts on. */
  readonly startingControlNumber: number;
  readonly behaviours?: Behaviours;
}

/** One file of an answer. Names sort in the order in which the files arrive. */
export interface AnswerFile {
  readonly name: string;
  readonly text: string;
  readonly kind: Letter["kind"];
  /** What it is and, where it is irregular on purpose, how. */
  readonly description: string;
}

/**
 * What the practice payer answers to 837P files: TA1 where it was asked for, 999s, a 277CA from
 * each payer for each batch, and 835s in the order of their paydays. The same bytes and options
 * give the same files.
 */
export function answerClaims(
  claimFiles: Uint8Array | readonly Uint8Array[],
  options: AnswerOptions,
): { readonly files: readonly AnswerFile[] } {
  const { seed, today, behaviours = {}, startingControlNumber } = options;
  const sent = claimFiles instanceof Uint8Array ? [claimFiles] : claimFiles;
  const { verdicts, batches } = receive(sent);
  const run = runCode(`${seed}|${sent.map(hashBytes).join("|")}`);
  const random = randomFrom(`${seed}|${run}`);
  const claims = batches.flatMap((batch) => batch.claims);
  const happening = irregularitiesOf(behaviours, claims.length);
  const outcomes = dealOutcomes(
    claims.map(({ claim }) => claim),
    random,
    behaviours,
    happening.has("silent-claims"),
  );
  const received = receivedOn(batches, today);
  const postmark = { date: received, time: "0600" };
  const scheduled = scheduleDecisions(claims, outcomes, `${seed}|${run}`);
  const payments = paymentsOf(scheduled, { received, today, run }, random, happening);
  const letters = [
    ...verdicts.flatMap((verdict) => acknowledgeFile(verdict, postmark)),
    ...batches.flatMap((batch) => acknowledgeClaims(batch, outcomes, postmark, run)),
    ...payments.flatMap((payment) => remittanceLetters(payment, batches)),
  ];
  const files = letters.map((letter, index) => written(letter, startingControlNumber + index));
  const repeated = happening.has("duplicate-file") ? repeatedRemittance(files) : [];
  return { files: numbered([...files, ...repeated]) };
}

const IRREGULAR_FROM = 25;

function irregularitiesOf(behaviours: Behaviours, claims: number): ReadonlySet<IrregularityName> {
  const usual = claims < IRREGULAR_FROM ? [] : IRREGULARITIES;
  return new Set(behaviours.irregularities ?? usual);
}

/** The latest day on which the batches say they were made, no later than today. */
function receivedOn(batches: readonly ReceivedBatch[], today: string): string {
  const days = batches.flatMap(({ created }) => created ?? []);
  const last = days.toSorted().at(-1);
  return last === undefined || last > today ? today : last;
}

function paymentsOf(
  regular: readonly ScheduledDecision[],
  calendar: PaymentCalendar,
  random: Random,
  happening: ReadonlySet<IrregularityName>,
): Payment[] {
  let scheduled = regular;
  if (happening.has("unbalanced-claim")) scheduled = withUnbalancedClaim(scheduled, random);
  if (happening.has("foreign-claim")) scheduled = withForeignClaim(scheduled, random);
  const payments = planPayments(scheduled, calendar);
  if (!happening.has("unbalanced-remittance")) return payments;
  const known = new Set<ClaimDecision>(regular.map(({ decision }) => decision));
  const irregular = scheduled.filter(({ decision }) => !known.has(decision));
  return withUnbalancedPayment(payments, new Set(irregular.map(({ decision }) => decision)));
}

function remittanceLetters(payment: Payment, batches: readonly ReceivedBatch[]): Letter[] {
  const { payer, date, decisions, paymentCents, round, residualCents } = payment;
  const own = batches.find(({ claims }) => claims.some(({ claim }) => claim.payer.id === payer.id));
  const batch = own ?? batches[0];
  if (batch === undefined) return [];
  const time = `${String(7 + round).padStart(2, "0")}00`;
  const wrong =
    residualCents === 0 ? "" : `; does not balance, by ${formatDollars(residualCents)} of BPR02`;
  const amount = formatDollars(paymentCents);
  const count = decisions.length === 1 ? "1 claim payment" : `${decisions.length} claim payments`;
  return [
    {
      kind: "835",
      label: `${payer.id}-${compactDate(date)}`,
      description: `835 of ${payer.name}: ${amount}, ${count}${wrong}`,
      write: fromPayer(batch, payer, { date, time }, guide835, remittanceLoop(payment)),
    },
  ];
}

type UnnumberedFile = Omit<AnswerFile, "name"> & { readonly label: string };

/** ISA13 has nine digits and counts on from 1 after the last of them. */
function written(letter: Letter, number: number): UnnumberedFile {
  const controlNumber = String(((number - 1) % 999_999_999) + 1).padStart(9, "0");
  const { kind, label, description } = letter;
  return { kind, label, description, text: letter.write(controlNumber) };
}

/** The first 835 comes a second time, byte for byte. */
function repeatedRemittance(files: readonly UnnumberedFile[]): UnnumberedFile[] {
  const first = files.find(({ kind }) => kind === "835");
  if (first === undefined) return [];
  const description = `${first.description}; sent a second time`;
  return [{ ...first, label: `${first.label}-again`, description }];
}

const EXTENSIONS = { TA1: "ta1", "999": "999", "277CA": "277ca", "835": "835" } as const;

function numbered(files: readonly UnnumberedFile[]): AnswerFile[] {
  const width = Math.max(3, String(files.length).length);
  return files.map(({ label, kind, text, description }, index) => ({
    name: `${String(index + 1).padStart(width, "0")}-${label}.${EXTENSIONS[kind]}`,
    text,
    kind,
    description,
  }));
}
