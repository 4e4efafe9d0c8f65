import { type Command, Option } from "commander";
import { addRefund } from "../../../app/approvals/ask.ts";
import { listDeposits, showDeposit } from "../../../app/deposits/deposits.ts";
import { type DepositSummary, importDeposits } from "../../../app/deposits/import-deposits.ts";
import { listLate, openLateItems } from "../../../app/deposits/late-cash.ts";
import { matchAll } from "../../../app/deposits/match-deposits.ts";
import { addDeposit, returnDeposit, unmatchDeposit } from "../../../app/deposits/record-cash.ts";
import { matchByHand } from "../../../app/desk/match-by-hand.ts";
import type { Happening } from "../../../app/events.ts";
import { DEPOSIT_STATUSES } from "../../../app/words.ts";
import { everyPage } from "../../every-page.ts";
import { eachFile } from "../each-file.ts";
import { incoming } from "../files.ts";
import { amount, day } from "../options.ts";
import { output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { dollars, table } from "../table.ts";
import { tellDoneOrAsked } from "./approvals.ts";

/** The commands of deposits: import, add, list, show, match, unmatch, return, refund, late. */
export function addDepositCommands(program: Command): void {
  const deposits = program.command("deposits").description("money in the bank and what it pays");
  const command = (name: string, description: string) =>
    withStoreOptions(deposits.command(name).description(description));
  command("import", "take in deposit files: CSV, BAI2, NACHA; again changes nothing")
    .argument("<files...>")
    .action(importFiles);
  withCash(command("add", "enter a deposit by hand"))
    .option("--trace <number...>", "trace numbers (TRN02) that it pays")
    .option("--originator <id>", "the payer's identifier (TRN03)")
    .action(add);
  withCash(command("refund", "record money that is sent back to a payer"))
    .option("--reason <text>", "why; asked for above the limit, where a second person decides")
    .action(refund);
  command("list", "deposits and refunds, newest first")
    .addOption(new Option("--status <status>").choices(DEPOSIT_STATUSES))
    .action(list);
  command("show", "one deposit: its match, or what it may belong to and why")
    .argument("<id>")
    .action(show);
  command("match", "match what can be matched; or these deposits to these remittances")
    .argument("[ids...]", "deposits")
    .option("--remittance <name...>", "remittances by trace number or id")
    .option("--fee <dollars>", "what the bank kept of it: posted to bank charges", amount)
    .option("--interest <dollars>", "what the bank added to it: posted to bank interest", amount)
    .option("--reason <text>", "why there is a fee, or interest")
    .action(match);
  command("unmatch", "take the match of a deposit back")
    .argument("<id>")
    .requiredOption("--reason <text>", "why")
    .action(unmatch);
  command("return", "the bank took a deposit back (NSF), or a refund came back")
    .argument("<id>")
    .requiredOption("--reason <text>", "why")
    .option("--date <day>", "when; today by default", day)
    .action(returned);
  command("late", "deposits without remittance and remittances without deposit, beyond the clock")
    .option("--open", "match what can be matched, and open a work item for each that is late")
    .action(late);
}

function withCash(command: Command): Command {
  return command
    .requiredOption("--amount <dollars>", "dollars and cents: 125.50", amount)
    .requiredOption("--date <day>", "the day on which the money counts", day)
    .option("--payer <name>")
    .option("--reference <text>", "the bank's reference");
}

function words(happening: Happening): string | undefined {
  const { kind, place, message, date, amountCents, evidence, traceNumbers } = happening;
  switch (kind) {
    case "finding":
      return `  error: ${place}: ${message}`;
    case "deposit":
      return `  deposit ${happening.id}: ${date} ${dollars(Number(amountCents))}`;
    case "match":
      return `  matched ${dollars(Number(amountCents))} to ${[traceNumbers].flat().join(", ")} by ${evidence}`;
    case "skipped":
      return `  skipped: ${place}: type ${happening.typeCode}, ${dollars(Number(amountCents))}${happening.isReturn ? ", a return: see deposits return" : ""}`;
    default:
      return undefined;
  }
}

async function importFiles(files: readonly string[], options: StoreOptions): Promise<void> {
  const out = output(options.json === true, words, { writes: true });
  await atDesk(options, async ({ app, actor }) => {
    const { summaries, code } = await eachFile(files, async (path) => {
      const summary = await importDeposits(app, actor, await incoming(path), out.tell);
      if (files.length > 1) out.answer({ ...summary, kind: "file" }, () => imported(summary));
      return summary;
    });
    const [first, ...rest] = summaries;
    if (first === undefined) return code;
    const file = rest.length === 0 ? first.file : `${summaries.length} files`;
    const total = { ...rest.reduce(addSummary, first), file };
    out.answer(total, () => imported(total));
    const isOpen = total.findings > 0 || total.unmatched > 0;
    return Math.max(code, isOpen ? EXIT.findings : EXIT.done);
  });
}

/** The sums of both; `unmatched` is of the practice, so the later one counts. */
function addSummary(total: DepositSummary, each: DepositSummary): DepositSummary {
  return {
    ...total,
    format: total.format === each.format ? each.format : null,
    deposits: total.deposits + each.deposits,
    depositCents: total.depositCents + each.depositCents,
    duplicates: total.duplicates + each.duplicates,
    skipped: total.skipped + each.skipped,
    matched: total.matched + each.matched,
    matchedCents: total.matchedCents + each.matchedCents,
    unmatched: each.unmatched,
    findings: total.findings + each.findings,
  };
}

function imported(summary: DepositSummary): string {
  const { file, deposits, depositCents, duplicates, skipped, matched, unmatched } = summary;
  return `${file}: ${deposits} deposits (${dollars(depositCents)}), ${duplicates} known before, ${skipped} skipped, ${summary.findings} findings; ${matched} matched, ${unmatched} unmatched in all`;
}

interface CashOptions extends StoreOptions {
  readonly amount: number;
  readonly date: string;
  readonly payer?: string;
  readonly reference?: string;
  readonly trace?: readonly string[];
  readonly originator?: string;
  readonly reason?: string;
}

const cashOf = ({ amount: amountCents, date, payer, reference }: CashOptions) => ({
  amountCents,
  date,
  payer,
  reference,
});

type Row = Awaited<ReturnType<typeof listDeposits>>["items"][number];

async function add(options: CashOptions): Promise<void> {
  const { trace: traceNumbers, originator: originatorId } = options;
  await answer(options, ({ app, actor }) =>
    addDeposit(app, actor, { ...cashOf(options), traceNumbers, originatorId }, () => undefined),
  );
}

async function refund(options: CashOptions): Promise<void> {
  const out = output(options.json === true, words, { writes: true });
  const { reason } = options;
  await atDesk(options, async ({ app, actor }) => {
    const answered = await addRefund(app, actor, { ...cashOf(options), reason });
    return tellDoneOrAsked(out, "deposit", answered, (row) => rowOf(row).join("  "));
  });
}

async function unmatch(id: string, options: StoreOptions & { reason: string }): Promise<void> {
  await answer(options, ({ app, actor }) => unmatchDeposit(app, actor, id, options));
}

async function returned(
  id: string,
  options: StoreOptions & { reason: string; date?: string },
): Promise<void> {
  await answer(options, ({ app, actor }) => returnDeposit(app, actor, id, options));
}

/** Does the work and answers with the deposit as it is now. */
async function answer(
  options: StoreOptions,
  work: (desk: Parameters<Parameters<typeof atDesk>[1]>[0]) => Promise<Row>,
): Promise<void> {
  const out = output(options.json === true, words, { writes: true });
  await atDesk(options, async (desk) => {
    const row = await work(desk);
    out.answer({ kind: "deposit", ...row }, () => rowOf(row).join("  "));
    return EXIT.done;
  });
}

function rowOf(row: Row): string[] {
  const { id, date, amountCents, payer, traceNumbers, references, status } = row;
  return [
    id,
    date,
    dollars(amountCents),
    payer ?? "",
    [...traceNumbers, ...references].join(" "),
    status,
  ];
}

const COLUMNS = [
  { heading: "Id" },
  { heading: "Date" },
  { heading: "Amount", numeric: true },
  { heading: "Payer" },
  { heading: "Traces and references" },
  { heading: "State" },
];

async function list(options: StoreOptions & { status?: string }): Promise<void> {
  const out = output(options.json === true);
  const { status } = options;
  await atDesk(options, async ({ app, actor }) => {
    const rows: string[][] = [];
    const all = everyPage((paging) => listDeposits(app, actor, { status, ...paging }));
    for await (const row of all) {
      out.tell({ kind: "deposit", ...row });
      rows.push(rowOf(row));
    }
    out.tell({ kind: "summary", deposits: rows.length });
    out.say(table(COLUMNS, rows));
    return EXIT.done;
  });
}

async function show(id: string, options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const deposit = await showDeposit(app, actor, id);
    out.answer(deposit, () =>
      [
        rowOf(deposit).join("  "),
        ...deposit.remittances.map(
          ({ traceNumber, payer }) => `  pays ${traceNumber} of ${payer}, by ${deposit.evidence}`,
        ),
        ...deposit.differences.map(
          ({ kind, amountCents, reason }) => `  bank ${kind} ${dollars(amountCents)}: ${reason}`,
        ),
        ...deposit.suggestions.map(({ remittances, reasons, differenceCents }) => {
          const names = remittances.map(({ traceNumber }) => traceNumber).join(" + ");
          const off = differenceCents === 0 ? "" : ` (off by ${dollars(differenceCents)})`;
          return `  may pay ${names}${off}: ${reasons.join(", ")}`;
        }),
      ].join("\n"),
    );
    return EXIT.done;
  });
}

interface DifferenceOptions {
  readonly fee?: number;
  readonly interest?: number;
  readonly reason?: string;
}

/** A fee, interest, or both, for the one reason that is given. */
function differencesOf({ fee, interest, reason = "" }: DifferenceOptions) {
  return [
    ...(fee === undefined ? [] : [{ kind: "fee" as const, amountCents: fee, reason }]),
    ...(interest === undefined
      ? []
      : [{ kind: "interest" as const, amountCents: interest, reason }]),
  ];
}

async function match(
  ids: readonly string[],
  options: StoreOptions & DifferenceOptions & { remittance?: readonly string[] },
): Promise<void> {
  const out = output(options.json === true, words, { writes: true });
  const { remittance: remittances = [] } = options;
  await atDesk(options, async ({ app, actor }) => {
    if (ids.length > 0 || remittances.length > 0) {
      const differences = differencesOf(options);
      await matchByHand(app, actor, { depositIds: ids, remittances, differences }, out.tell);
      return EXIT.done;
    }
    const summary = await matchAll(app, actor, out.tell);
    out.answer({ kind: "summary", ...summary }, () => {
      const { matched, matchedCents, unmatched } = summary;
      return `${matched} matched (${dollars(matchedCents)}), ${unmatched} unmatched`;
    });
    return summary.unmatched > 0 ? EXIT.findings : EXIT.done;
  });
}

const LATE_COLUMNS = [
  { heading: "What" },
  { heading: "Id" },
  { heading: "Trace" },
  { heading: "Payer" },
  { heading: "Amount", numeric: true },
  { heading: "Date" },
  { heading: "Due" },
];

async function late(options: StoreOptions & { open?: boolean }): Promise<void> {
  const out = output(options.json === true, words, { writes: options.open === true });
  await atDesk(options, async ({ app, actor }) => {
    if (options.open === true) await openLateItems(app, actor, out.tell);
    const { items, ...sums } = await listLate(app, actor);
    for (const item of items) out.tell({ kind: "late", ...item });
    out.say(
      table(
        LATE_COLUMNS,
        items.map(({ category, id, traceNumber, payer, amountCents, date, dueDate }) => [
          category,
          id,
          traceNumber ?? "",
          payer,
          dollars(amountCents),
          date,
          dueDate,
        ]),
      ),
    );
    out.answer({ kind: "summary", ...sums }, () => `${sums.late} late: ${sums.rule}`);
    return sums.late > 0 ? EXIT.findings : EXIT.done;
  });
}
