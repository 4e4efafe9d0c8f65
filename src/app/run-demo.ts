import { addDays } from "../billing/denials/index.ts";
import { PARK_REASONS, type ParkReason } from "../billing/remits/index.ts";
import { verifyAudit } from "./audit/audit.ts";
import { type GenerateSummary, generateClaims } from "./claims/generate-claims.ts";
import type { Actor, App } from "./context.ts";
import { denialRate } from "./denials/denial-rate.ts";
import { listWorkItems } from "./denials/list-queue.ts";
import type { Happening } from "./events.ts";
import { ingestFile } from "./exchange/ingest-file.ts";
import { addSummaries, type IngestSummary } from "./exchange/ingest-summary.ts";
import { trialBalance } from "./posting/ledger.ts";
import { simulateEncounters, simulatePayer } from "./simulate.ts";
import { today } from "./today.ts";

/** Something parked, as the demonstration tells it. */
export interface ParkedLine {
  readonly what: string;
  readonly reason: string;
  readonly message: string;
  readonly amountCents: number;
  readonly residualCents: number;
}

/** What the demonstration did, for people to read. */
export interface DemoReport {
  readonly generated: GenerateSummary;
  readonly heldFindings: readonly { readonly code: string; readonly message: string }[];
  readonly files: readonly { readonly name: string; readonly description: string }[];
  /** All answers together. */
  readonly ingested: IngestSummary;
  readonly acknowledged: { readonly accepted: number; readonly rejected: number };
  readonly parked: readonly ParkedLine[];
  readonly denials: Awaited<ReturnType<typeof denialRate>>;
  readonly workItems: readonly {
    readonly kind: string;
    readonly count: number;
    readonly amountCents: number;
  }[];
  readonly trialBalance: Awaited<ReturnType<typeof trialBalance>>;
  readonly audit: { readonly events: number; readonly ok: boolean };
}

/** How long ago the sample practice sent its claims. */
const WEEKS_AGO = 6;

/**
 * A sample practice end to end: synthetic encounters become 837P files, the practice payer answers, the answers
 * are taken in and posted, refusals become work. Everything follows from the seed.
 */
export async function runDemo(
  app: App,
  actor: Actor,
  order: { readonly count: number; readonly seed: string },
  step: (text: string) => void,
): Promise<DemoReport> {
  const { count, seed } = order;
  const date = today(app);
  step(`${count} synthetic encounters of a sample practice`);
  const sent = addDays(date, -WEEKS_AGO * 7);
  const encounters = simulateEncounters({ count, seed, today: sent });
  const held: { code: string; message: string }[] = [];
  // Sent some weeks ago, so that the payer's paydays lie between then and now.
  const morning = new Date(`${sent}T08:00:00Z`);
  const sender = { ...app, now: () => morning };
  const generated = await generateClaims(sender, actor, encounters.text, (happening) => {
    if (happening.kind !== "finding" || happening.severity !== "error") return;
    held.push({ code: String(happening.code), message: String(happening.message) });
  });
  step(`${generated.files.length} 837P files; the practice payer answers`);
  const bytes = generated.files.map(({ text }) => Buffer.from(text, "utf8"));
  const answers = simulatePayer(bytes, { seed, today: date, startingControlNumber: 1 });
  const happenings: Happening[] = [];
  const summaries: IngestSummary[] = [];
  for (const { name, text } of answers) {
    const open = async function* () {
      yield Buffer.from(text, "utf8");
    };
    summaries.push(await ingestFile(app, actor, { name, open }, (one) => happenings.push(one)));
  }
  step(`${answers.length} answers taken in`);
  return {
    generated: generated.summary,
    heldFindings: held,
    files: answers,
    ingested: addSummaries(summaries),
    acknowledged: countAnswers(happenings),
    parked: happenings.filter(({ kind }) => kind === "parked").map(parkedLine),
    denials: await denialRate(app, actor, { by: "reason" }),
    workItems: await countItems(app, actor),
    trialBalance: await trialBalance(app, actor),
    audit: await verifyAudit(app, actor),
  };
}

function countAnswers(happenings: readonly Happening[]) {
  const answers = happenings.filter(({ acknowledgement }) => acknowledgement === "277CA");
  const accepted = answers.filter(({ category }) => category === "A2" || category === "A1").length;
  return { accepted, rejected: answers.length - accepted };
}

function parkedLine(happening: Happening): ParkedLine {
  const reason = String(happening.reason) as ParkReason;
  const number = happening.patientControlNumber;
  return {
    what:
      number === undefined
        ? `remittance ${String(happening.traceNumber)}, all ${String(happening.claimPayments)} claims`
        : `claim ${String(number)}`,
    reason,
    message: PARK_REASONS[reason],
    amountCents: Number(happening.unappliedCents ?? 0),
    residualCents: Number(happening.residualCents),
  };
}

async function countItems(app: App, actor: Actor) {
  const kinds = new Map<string, { kind: string; count: number; amountCents: number }>();
  let cursor: string | undefined;
  do {
    const page = await listWorkItems(app, actor, { cursor, limit: 1000 });
    for (const { kind, amountCents } of page.items) {
      const row = kinds.get(kind) ?? { kind, count: 0, amountCents: 0 };
      kinds.set(kind, row);
      row.count += 1;
      row.amountCents += amountCents;
    }
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return [...kinds.values()].sort((a, b) => b.count - a.count);
}
