import type { Command } from "commander";
import type { HeldCodeSets } from "../../../app/claims/held-code-sets.ts";
import type { Happening } from "../../../app/events.ts";
import { type ExplainSummary, explainFile } from "../../../app/exchange/explain-file.ts";
import { addSummaries } from "../../../app/exchange/ingest-summary.ts";
import { eachFile } from "../each-file.ts";
import { incoming } from "../files.ts";
import { findingWords } from "../finding-words.ts";
import { type CodeOptions, withCodeOptions, withCodeSets } from "../imported-codes.ts";
import { type Output, output } from "../output.ts";
import { EXIT } from "../run.ts";

/** The command that tells files in plain words. */
export function addExplainCommand(program: Command): void {
  withCodeOptions(
    program
      .command("explain")
      .description(
        "tell X12 files in plain words: loops, elements, codes, and each finding where it stands",
      )
      .argument("<files...>"),
  ).action(explain);
}

async function explain(files: readonly string[], options: CodeOptions): Promise<void> {
  const out = output(options.json === true, words);
  await withCodeSets(options, (codeSets) => explainBy(codeSets, files, out));
}

async function explainBy(
  codeSets: HeldCodeSets,
  files: readonly string[],
  out: Output,
): Promise<number> {
  const { summaries, code } = await eachFile(files, async (path) => {
    if (files.length > 1) out.say(`${path}\n`);
    const summary = await explainFile(await incoming(path), codeSets, out.tell);
    if (files.length > 1) tellSummary(out, { ...summary, kind: "file" });
    return summary;
  });
  if (summaries.length === 0) return code;
  const total = summaries.length === 1 ? summaries[0] : addSummaries(summaries);
  if (total === undefined) return code;
  tellSummary(out, total);
  return total.findings > 0 ? Math.max(code, EXIT.findings) : code;
}

function tellSummary(out: Output, summary: Omit<ExplainSummary, "kind"> & { kind: string }): void {
  const { file, transactionSets, segments, findings } = summary;
  const counts = `${transactionSets} transaction sets, ${segments} segments, ${findings} findings`;
  out.answer(summary, () => `${file}: ${counts}`);
}

/** A line of the tree; a segment has one more for each of its elements. */
function words(happening: Happening): string | undefined {
  const indent = "  ".repeat(Number(happening.depth));
  switch (happening.kind) {
    case "loop":
      return `${indent}${happening.name} (loop ${happening.loop})`;
    case "segment": {
      const { segment, position, name = "not known here", elements } = happening;
      const head = `${indent}${visible(`${segment}`)} ${name} (segment ${position})`;
      const values = elements as readonly Readonly<Record<string, unknown>>[];
      return [head, ...values.map((value) => `${indent}    ${elementWords(value)}`)].join("\n");
    }
    case "finding":
      return `${indent}! ${findingWords(happening)}`;
    default:
      return undefined;
  }
}

function elementWords({
  place,
  repetition,
  name,
  value,
  meaning,
}: Readonly<Record<string, unknown>>) {
  const which = repetition === undefined ? "" : ` [${repetition}]`;
  const called = name === undefined ? "" : ` ${name}`;
  const means = meaning === undefined ? "" : ` = ${meaning}`;
  return visible(`${place}${which}${called}: ${value}${means}`);
}

/** What a terminal would take for a command is shown as a number: files may hold anything. */
function visible(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => {
    return `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, "0")}`;
  });
}
