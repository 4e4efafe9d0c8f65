import { resolve } from "node:path";
import type { Command } from "commander";
import { OperatingError } from "../../../app/errors.ts";
import { simulateEncounters, simulatePayer } from "../../../app/simulate.ts";
import { bytesOf, onFile, writeWhole } from "../files.ts";
import { day, wholeNumber } from "../options.ts";
import { output } from "../output.ts";
import { EXIT } from "../run.ts";

/** The commands that make data to practise with: simulate encounters, simulate payer. */
export function addSimulateCommands(program: Command): void {
  const simulate = program.command("simulate").description("synthetic data to practise with");
  simulate
    .command("encounters")
    .description("write synthetic encounters, a few of them faulty")
    .requiredOption("--count <number>", "how many", wholeNumber(1, 100_000))
    .requiredOption("--seed <text>", "the same seed gives the same encounters")
    .requiredOption("-o, --out <directory>", "write encounters.json here")
    .option("--today <date>", "services lie in the 90 days before (default: today)", day)
    .option("--json", "NDJSON for programs")
    .action(encounters);
  simulate
    .command("payer")
    .description("let the practice payer answer 837 files with TA1, 999, 277CA and 835")
    .argument("<files...>", "837P files")
    .requiredOption("-o, --out <directory>", "write the answers here")
    .option("--seed <text>", "the same seed gives the same answers", "1")
    .option("--today <date>", "no answer is dated later (default: today)", day)
    .option("--json", "NDJSON for programs")
    .action(payer);
}

interface SimulateOptions {
  readonly out: string;
  readonly seed: string;
  readonly today?: string;
  readonly json?: boolean;
}

async function encounters(options: SimulateOptions & { count: number }): Promise<void> {
  const { count, seed } = options;
  const file = simulateEncounters({ count, seed, today: dateOf(options) });
  const out = output(options.json === true);
  const path = await writeWhole(resolve(options.out), file.name, file.text);
  out.answer({ kind: "file", file: path }, () => `wrote ${path}: ${file.description}`);
  out.tell({ kind: "summary", encounters: count, files: 1 });
  process.exitCode = EXIT.done;
}

async function payer(files: readonly string[], options: SimulateOptions): Promise<void> {
  const out = output(options.json === true);
  const sent = await Promise.all(files.map((path) => onFile(path, () => bytesOf(path))));
  const answers = simulatePayer(sent, {
    seed: options.seed,
    today: dateOf(options),
    startingControlNumber: 1,
  });
  if (answers.length === 0) throw new OperatingError("file-unreadable", "No 837P is in it.");
  for (const { name, text, kind, description } of answers) {
    const path = await writeWhole(resolve(options.out), name, text);
    out.answer(
      { kind: "file", file: path, answer: kind, description },
      () => `${path}: ${description}`,
    );
  }
  out.tell({ kind: "summary", files: answers.length });
  process.exitCode = EXIT.done;
}

function dateOf({ today }: SimulateOptions): string {
  return today ?? new Date().toISOString().slice(0, 10);
}
