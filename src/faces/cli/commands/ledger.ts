import type { Command } from "commander";
import { OperatingError } from "../../../app/errors.ts";
import { trialBalance } from "../../../app/posting/ledger.ts";
import { listProviderBalances } from "../../../app/posting/provider-balances.ts";
import { type ReplayRow, replayLedger } from "../../../app/posting/replay-ledger.ts";
import { bytesOf, onFile } from "../files.ts";
import { day } from "../options.ts";
import { output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { dollars, table } from "../table.ts";

/** The commands of the double-entry books: every account, and the balances that payers carry. */
export function addLedgerCommands(program: Command): void {
  const ledger = program.command("ledger").description("the double-entry books");
  withStoreOptions(
    ledger
      .command("trial-balance")
      .description("every account; the total is zero")
      .option("--as-of <day>", "as the books said at the end of that day, YYYY-MM-DD", day),
  ).action(ledgerTrialBalance);
  withStoreOptions(
    ledger
      .command("provider-balances")
      .description("what payers forwarded, advanced or recover (PLB), by reference, with its age")
      .option("--as-of <day>", "as the books said at the end of that day, YYYY-MM-DD", day),
  ).action(ledgerProviderBalances);
  withStoreOptions(
    ledger
      .command("replay")
      .description("decide posted remittances again under other rules, and show the difference")
      .requiredOption("--rules <file>", "the rules, as schemas/README.md describes them")
      .option("--from <day>", "remittances paid from that day on, YYYY-MM-DD", day)
      .option("--to <day>", "remittances paid up to that day, YYYY-MM-DD", day),
  ).action(ledgerReplay);
}

interface ReplayOptions extends StoreOptions {
  readonly rules: string;
  readonly from?: string;
  readonly to?: string;
}

async function ledgerReplay(options: ReplayOptions): Promise<void> {
  const out = output(options.json === true, ({ kind, claims }) =>
    kind === "progress" && process.stdout.isTTY ? `  ${claims} claims decided again` : undefined,
  );
  const text = await onFile(options.rules, () => bytesOf(options.rules));
  const { from, to } = options;
  const period = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  await atDesk(options, async ({ app, actor }) => {
    const rules = parsedRules(text.toString("utf8"));
    const { rows, ...report } = await replayLedger(app, actor, rules, period, out.tell);
    for (const row of rows) out.tell({ kind: "reason", ...row });
    if (rows.length > 0) out.say(table(REASON_COLUMNS, rows.map(reasonCells)));
    const accounts = Object.entries(report.accounts).map(([name, amount]) => [
      name,
      dollars(amount),
    ]);
    if (accounts.length > 0) out.say(table(ACCOUNT_COLUMNS, accounts));
    out.answer({ kind: "summary", ...report }, () =>
      [
        `rules ${report.rulesBefore} → ${report.rules}: nothing was posted`,
        `${report.claimsChanged} of ${report.claims} claims and ${report.decisionsChanged} of ${report.decisions} decisions would differ`,
        `work items: ${report.itemsOpened} more, ${report.itemsClosed} fewer; ${report.wouldWait} payments would wait`,
      ].join("\n"),
    );
    return EXIT.done;
  });
}

function parsedRules(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new OperatingError("invalid", "The file of rules is not JSON.", { cause: error });
  }
}

function reasonCells(row: ReplayRow): string[] {
  const { payer, groupCode, reasonCode, before, after, times, amountCents } = row;
  const reason = `${groupCode}-${reasonCode}`;
  return [payer, reason, before, after, String(times), dollars(amountCents)];
}

const REASON_COLUMNS = [
  { heading: "Payer" },
  { heading: "Reason" },
  { heading: "Now" },
  { heading: "Then" },
  { heading: "Times", numeric: true },
  { heading: "Amount", numeric: true },
];

const ACCOUNT_COLUMNS = [{ heading: "Account" }, { heading: "Change", numeric: true }];

async function ledgerTrialBalance(options: StoreOptions & { asOf?: string }): Promise<void> {
  const out = output(options.json === true);
  const { asOf } = options;
  await atDesk(options, async ({ app, actor }) => {
    const balance = await trialBalance(app, actor, asOf === undefined ? {} : { asOf });
    out.answer(balance, () => {
      const rows = Object.entries(balance.accounts).map(([name, amount]) => [
        name,
        dollars(amount),
      ]);
      return table(
        [{ heading: "Account" }, { heading: "Balance", numeric: true }],
        [...rows, ["total", dollars(balance.totalCents)]],
      );
    });
    return balance.totalCents === 0 ? EXIT.done : EXIT.findings;
  });
}

async function ledgerProviderBalances(options: StoreOptions & { asOf?: string }): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const { asOf } = options;
    const balances = await listProviderBalances(app, actor, asOf === undefined ? {} : { asOf });
    for (const balance of balances) out.tell({ kind: "providerBalance", ...balance });
    out.tell({ kind: "summary", providerBalances: balances.length });
    const rows = balances.map((balance) => [
      balance.payerName,
      `${balance.reasonCode}:${balance.reference}`,
      balance.patientControlNumber ?? "",
      dollars(balance.balanceCents),
      balance.state,
      String(balance.ageDays),
    ]);
    out.say(table(PROVIDER_BALANCE_COLUMNS, rows));
    return EXIT.done;
  });
}

const PROVIDER_BALANCE_COLUMNS = [
  { heading: "Payer" },
  { heading: "Reference" },
  { heading: "Claim" },
  { heading: "Balance", numeric: true },
  { heading: "State" },
  { heading: "Days", numeric: true },
];
