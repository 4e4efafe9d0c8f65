import { resolve } from "node:path";
import type { Command } from "commander";
import { type GenerateSummary, generateClaims } from "../../../app/claims/generate-claims.ts";
import type { Happening } from "../../../app/events.ts";
import { ingestFile } from "../../../app/exchange/ingest-file.ts";
import { addSummaries, type IngestSummary } from "../../../app/exchange/ingest-summary.ts";
import { parseFile } from "../../../app/exchange/parse-file.ts";
import { validateFile } from "../../../app/exchange/validate-file.ts";
import { residualWords } from "../../../app/words.ts";
import { type Done, eachFile } from "../each-file.ts";
import { bytesOf, incoming, incomingClaims, writeWhole } from "../files.ts";
import { findingWords } from "../finding-words.ts";
import { type CodeOptions, withCodeOptions, withCodeSets } from "../imported-codes.ts";
import { type Output, output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { dollars } from "../table.ts";

/** The commands through which files come and go: parse, validate, generate, ingest. */
export function addExchangeCommands(program: Command): void {
  program
    .command("parse")
    .description("read X12 files into typed lines, one a claim or claim payment; stores nothing")
    .argument("<files...>")
    .option("--json", "NDJSON for programs")
    .action(parse);
  withCodeOptions(
    program
      .command("validate")
      .description("check X12 files by SNIP types 1 to 5; --ack writes the TA1/999 that answer")
      .argument("<files...>")
      .option("--ack <directory>", "write the acknowledgements here"),
  ).action(validate);
  withStoreOptions(
    program
      .command("generate")
      .description("turn encounters (JSON) into claims and 837P files, one a payer")
      .argument("<files...>")
      .requiredOption("-o, --out <directory>", "write the 837 files here"),
  ).action(generate);
  withStoreOptions(
    program
      .command("ingest")
      .description("take 835, 999, TA1, 277CA and 837 files into the store; again changes nothing")
      .argument("<files...>"),
  ).action(ingest);
}

/** Why a payment waits, and by how much an equation does not hold, or what has not come. */
function reasonOf({ reason, residualCents }: Happening): string {
  const off = residualWords(String(reason), Number(residualCents));
  return off === "" ? String(reason) : `${reason}, ${off}`;
}

/** A finding, a parked payment or a new work item as a line for people. */
function words(happening: Happening): string | undefined {
  switch (happening.kind) {
    case "finding":
      return `  ${findingWords(happening)}`;
    case "acknowledgement":
      return happening.file === undefined ? undefined : `  answered by ${happening.file}`;
    case "parked":
      return `  parked: ${happening.patientControlNumber ?? `remittance ${happening.traceNumber}`} (${reasonOf(happening)})`;
    case "duplicate":
      return `  duplicate: remittance ${happening.traceNumber} was taken in before`;
    case "remittance":
      return happening.bprCents === undefined
        ? undefined
        : `  remittance ${happening.traceNumber}: ${dollars(Number(happening.bprCents))}, ${happening.posted} posted, ${happening.parked} parked`;
    default:
      return undefined;
  }
}

/** Exit 1 when there are findings or something waits for a person. */
function exitOf(summary: Pick<IngestSummary, "findings" | "parked">): number {
  return summary.findings > 0 || summary.parked > 0 ? EXIT.findings : EXIT.done;
}

/** Of several files each has its line, and all together the summary; of one there is the summary only. */
function tellFile(out: Output, files: readonly string[], summary: IngestSummary, plain: string) {
  if (files.length > 1) out.answer({ ...summary, kind: "file" }, () => plain);
}

/** Ends with the summary of all files, which says how the command ended. */
function conclude(
  out: Output,
  { summaries, code }: Done<IngestSummary>,
  plain: (summary: IngestSummary) => string,
): number {
  const [only] = summaries;
  if (only === undefined) return code;
  const total = summaries.length === 1 ? only : addSummaries(summaries);
  out.answer(total, () => plain(total));
  return Math.max(code, exitOf(total));
}

async function parse(files: readonly string[], options: { json?: boolean }): Promise<void> {
  const out = output(options.json === true, parsedWords);
  const done = await eachFile(files, async (path) => {
    const summary = await parseFile(await incoming(path), out.tell);
    tellFile(out, files, summary, countsOf(summary));
    return summary;
  });
  process.exitCode = conclude(out, done, countsOf);
}

function parsedWords(happening: Happening): string | undefined {
  if (happening.kind === "claim" || happening.kind === "claimPayment") {
    const paid =
      happening.kind === "claimPayment" ? `, paid ${dollars(Number(happening.paidCents))}` : "";
    return `  ${happening.patientControlNumber}: charge ${dollars(Number(happening.chargeCents))}${paid}`;
  }
  return words(happening);
}

async function validate(
  files: readonly string[],
  { ack, ...options }: CodeOptions & { ack?: string },
): Promise<void> {
  const out = output(options.json === true, words, { writes: ack !== undefined });
  await withCodeSets(options, async (codeSets) => {
    let firstControlNumber = 1;
    const written = new Set<string>();
    const done = await eachFile(files, async (path) => {
      const stamp = { now: new Date(), firstControlNumber };
      const file = await incoming(path);
      const { summary, acknowledgements } = await validateFile(file, stamp, codeSets, out.tell);
      firstControlNumber += acknowledgements.length;
      if (ack !== undefined) {
        for (const { name, text } of acknowledgements) {
          const answer = await writeWhole(resolve(ack), nameBeside(written, name), text);
          out.tell({ kind: "acknowledgement", file: answer });
        }
      }
      tellFile(out, files, summary, countsOf(summary));
      return summary;
    });
    return conclude(out, done, countsOf);
  });
}

/** Files of several folders or kinds may share a name: each answer gets one that none has yet. */
function nameBeside(taken: Set<string>, name: string): string {
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = name.replace(/\.999$/, `-${count}.999`);
  taken.add(free);
  return free;
}

function countsOf(summary: IngestSummary): string {
  const { file, transactionSets, claims, claimPayments, findings } = summary;
  return `${file}: ${transactionSets} transaction sets, ${claims} claims, ${claimPayments} claim payments, ${findings} findings`;
}

async function generate(
  files: readonly string[],
  options: StoreOptions & { out: string },
): Promise<void> {
  const out = output(options.json === true, words, { writes: true });
  await atDesk(options, async ({ app, actor }) => {
    const { summaries, code } = await eachFile(files, async (path) => {
      const text = (await bytesOf(path)).toString("utf8");
      const generated = await generateClaims(app, actor, text, out.tell);
      for (const file of generated.files) {
        const written = await writeWhole(resolve(options.out), file.name, file.text);
        out.say(`  wrote ${written}`);
      }
      const { summary } = generated;
      if (files.length > 1) out.answer({ ...summary, kind: "file" }, () => generatedWords(summary));
      return summary;
    });
    const [first, ...rest] = summaries;
    if (first === undefined) return code;
    const total = rest.reduce(addGenerated, first);
    out.answer(total, () => generatedWords(total));
    return total.held > 0 || total.findings > 0 ? Math.max(code, EXIT.findings) : code;
  });
}

function addGenerated(total: GenerateSummary, each: GenerateSummary): GenerateSummary {
  return {
    kind: "summary",
    encounters: total.encounters + each.encounters,
    claims: total.claims + each.claims,
    held: total.held + each.held,
    batches: total.batches + each.batches,
    transactionSets: total.transactionSets + each.transactionSets,
    findings: total.findings + each.findings,
    chargeCents: total.chargeCents + each.chargeCents,
  };
}

function generatedWords({ encounters, claims, held, batches, chargeCents }: GenerateSummary) {
  return `${encounters} encounters: ${claims} claims in ${batches} batches, ${dollars(chargeCents)}; ${held} held`;
}

async function ingest(files: readonly string[], options: StoreOptions): Promise<void> {
  const out = output(options.json === true, words, { writes: true });
  await atDesk(options, async ({ app, actor }) => {
    const done = await eachFile(files, async (path) => {
      const { file, tell, end } = await incomingClaims(path, out.tell);
      const summary = await ingestFile(app, actor, file, tell).finally(end);
      tellFile(out, files, summary, ingested(summary));
      return summary;
    });
    return conclude(out, done, ingested);
  });
}

function ingested(summary: IngestSummary): string {
  const { file, claims, claimPayments, posted, parked, released, duplicates, findings } = summary;
  const lines = [
    `${file}: ${summary.transactionSets} transaction sets, ${summary.acknowledgements} acknowledgements, ${findings} findings, ${duplicates} duplicates`,
  ];
  if (claims > 0) lines.push(`  claims registered or seen: ${claims}`);
  if (claimPayments > 0) {
    lines.push(
      `  claim payments: ${claimPayments}, posted ${posted}, parked ${parked}, released ${released}`,
    );
    lines.push(
      `  paid ${dollars(summary.paidCents)} = posted ${dollars(summary.postedCents)} + unapplied ${dollars(summary.unappliedCents)} − provider adjustments ${dollars(summary.providerAdjustmentCents)}`,
    );
  }
  return lines.join("\n");
}
