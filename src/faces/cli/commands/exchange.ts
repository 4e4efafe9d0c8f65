import { resolve } from "node:path";
import type { Command } from "commander";
import type { Happening } from "../../../app/events.ts";
import { generateClaims } from "../../../app/generate-claims.ts";
import { ingestFile } from "../../../app/ingest-file.ts";
import { addSummaries, type IngestSummary } from "../../../app/ingest-summary.ts";
import { parseFile } from "../../../app/parse-file.ts";
import { validateFile } from "../../../app/validate-file.ts";
import { bytesOf, incoming, writeWhole } from "../files.ts";
import { output } from "../output.ts";
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
  program
    .command("validate")
    .description(
      "check X12 files by syntax, guide and balance; --ack writes the TA1/999 that answer",
    )
    .argument("<files...>")
    .option("--json", "NDJSON for programs")
    .option("--ack <directory>", "write the acknowledgements here")
    .action(validate);
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

/** A finding, a parked payment or a new work item as a line for people. */
function words(happening: Happening): string | undefined {
  switch (happening.kind) {
    case "finding":
      return `  ${happening.severity}: ${happening.message}${happening.fix ? ` ${happening.fix}` : ""}`;
    case "parked":
      return `  parked: ${happening.patientControlNumber ?? `remittance ${happening.traceNumber}`} (${happening.reason}, residual ${dollars(Number(happening.residualCents))})`;
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

async function parse(files: readonly string[], options: { json?: boolean }): Promise<void> {
  const out = output(options.json === true, parsedWords);
  let code: number = EXIT.done;
  for (const path of files) {
    const summary = await parseFile(await incoming(path), out.tell);
    code = Math.max(code, exitOf(summary));
    out.answer(summary, () => countsOf(summary));
  }
  process.exitCode = code;
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
  options: { json?: boolean; ack?: string },
): Promise<void> {
  const out = output(options.json === true, words);
  let code: number = EXIT.done;
  let firstControlNumber = 1;
  for (const path of files) {
    const stamp = { now: new Date(), firstControlNumber };
    const { summary, acknowledgements } = await validateFile(await incoming(path), stamp, out.tell);
    firstControlNumber += acknowledgements.length;
    if (options.ack !== undefined) {
      for (const { name, text } of acknowledgements) {
        const written = await writeWhole(resolve(options.ack), name, text);
        out.tell({ kind: "acknowledgement", file: written });
      }
    }
    code = Math.max(code, exitOf(summary));
    out.answer(summary, () => countsOf(summary));
  }
  process.exitCode = code;
}

function countsOf(summary: IngestSummary): string {
  const { file, transactionSets, claims, claimPayments, findings } = summary;
  return `${file}: ${transactionSets} transaction sets, ${claims} claims, ${claimPayments} claim payments, ${findings} findings`;
}

async function generate(
  files: readonly string[],
  options: StoreOptions & { out: string },
): Promise<void> {
  const out = output(options.json === true, words);
  await atDesk(options, async ({ app, actor }) => {
    let code: number = EXIT.done;
    for (const path of files) {
      const text = (await bytesOf(path)).toString("utf8");
      const generated = await generateClaims(app, actor, text, out.tell);
      for (const file of generated.files) {
        const written = await writeWhole(resolve(options.out), file.name, file.text);
        out.say(`  wrote ${written}`);
      }
      const { summary } = generated;
      if (summary.held > 0 || summary.findings > 0) code = EXIT.findings;
      out.answer(summary, () => {
        const { encounters, claims, held, batches, chargeCents } = summary;
        return `${encounters} encounters: ${claims} claims in ${batches} batches, ${dollars(chargeCents)}; ${held} held`;
      });
    }
    return code;
  });
}

async function ingest(files: readonly string[], options: StoreOptions): Promise<void> {
  const out = output(options.json === true, words);
  await atDesk(options, async ({ app, actor }) => {
    const summaries: IngestSummary[] = [];
    for (const path of files) {
      const summary = await ingestFile(app, actor, await incoming(path), out.tell);
      summaries.push(summary);
      if (files.length > 1) out.answer({ ...summary, kind: "file" }, () => ingested(summary));
    }
    const total = addSummaries(summaries);
    out.answer(total, () => ingested(total));
    return exitOf(total);
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
