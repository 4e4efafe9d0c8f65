import { type Command, Option } from "commander";
import { denialRate } from "../../../app/denials/denial-rate.ts";
import { checkDeposits } from "../../../app/deposits/check-deposits.ts";
import { payerScorecard } from "../../../app/posting/payer-scorecard.ts";
import { checkProjections } from "../../../app/posting/rebuild.ts";
import { DENIAL_RATE_BREAKDOWNS } from "../../../app/words.ts";
import { payerLines, rateLines } from "../../csv/index.ts";
import { csvOption, month } from "../options.ts";
import { output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { dollars, percent, table } from "../table.ts";

/** The commands that show what is in the books: report, rebuild. */
export function addRecordCommands(program: Command): void {
  const report = program.command("report").description("figures with their definitions");
  withStoreOptions(
    report
      .command("denial-rate")
      .description("initial denial rate")
      .addOption(
        new Option("--by <what>", "how it is broken down")
          .choices(DENIAL_RATE_BREAKDOWNS)
          .default("reason"),
      )
      .option("--from <month>", "first remittance month, YYYY-MM", month)
      .option("--to <month>", "last remittance month, YYYY-MM", month)
      .addOption(csvOption()),
  ).action(reportDenialRate);
  withStoreOptions(
    report
      .command("payers")
      .description("what each payer does against the standard")
      .addOption(csvOption()),
  ).action(reportPayers);
  withStoreOptions(
    program
      .command("rebuild")
      .description("work the projections out anew from the journal and compare")
      .requiredOption("--check", "compare only; change nothing"),
  ).action(rebuild);
}

async function reportPayers(options: StoreOptions & { csv?: boolean }): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const { payers } = await payerScorecard(app, actor);
    if (options.csv) {
      await out.file(payerLines(payers).lines);
      return EXIT.done;
    }
    for (const score of payers) {
      const { payer, units, days, measures } = score;
      out.tell({ kind: "payer", ...score });
      const rows = measures
        .filter(({ count }) => count > 0)
        .map(({ words, count, of, rate }) => [words, String(count), String(of), percent(rate)]);
      const answered =
        days.median === null
          ? ""
          : `; days to the first answer: ${days.median}, at most ${days.longest}`;
      out.say(
        `${payer}: ${units.remittances} remittances, ${units.claimPayments} claim payments${answered}`,
      );
      out.say(rows.length === 0 ? "  nothing against the standard" : table(PAYER_COLUMNS, rows));
    }
    out.tell({ kind: "summary", payers: payers.length });
    return EXIT.done;
  });
}

const PAYER_COLUMNS = [
  { heading: "Against the standard" },
  { heading: "Times", numeric: true },
  { heading: "Of", numeric: true },
  { heading: "Rate", numeric: true },
];

async function reportDenialRate(
  options: StoreOptions & { by: string; from?: string; to?: string; csv?: boolean },
): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const report = await denialRate(app, actor, options);
    if (options.csv) {
      await out.file(rateLines(report.rows).lines);
      return EXIT.done;
    }
    out.answer(report, () => {
      const rows = report.rows.map((row) => [
        row.key,
        row.label ?? "",
        String(row.numerator),
        String(row.denominator),
        percent(row.rate),
      ]);
      return [
        `Denial rate ${percent(report.rate)} (${report.numerator} of ${report.denominator})`,
        report.definition,
        table(RATE_COLUMNS, rows),
      ].join("\n");
    });
    return EXIT.done;
  });
}

const RATE_COLUMNS = [
  { heading: "Key" },
  { heading: "Meaning" },
  { heading: "Denied", numeric: true },
  { heading: "Of", numeric: true },
  { heading: "Rate", numeric: true },
];

async function rebuild(options: StoreOptions): Promise<void> {
  const out = output(options.json === true, ({ claim, id, of }) =>
    claim === undefined ? `  ${of} ${id} differs` : `  ${claim} differs in its ${of}`,
  );
  await atDesk(options, async ({ app, actor }) => {
    const claims = await checkProjections(app, actor, out.tell);
    const report = { ...claims, ...(await checkDeposits(app, actor, out.tell)) };
    out.answer({ kind: "summary", ...report }, () =>
      [
        `${report.claims} claims: ${report.differing} differ from their journal-built state, ${report.unledgered} from the journal`,
        `${report.deposits} deposits: ${report.misplaced} differences; cash in transit is off by ${dollars(report.transitDifferenceCents)}`,
      ].join("\n"),
    );
    return report.differing + report.unledgered + report.misplaced === 0
      ? EXIT.done
      : EXIT.findings;
  });
}
