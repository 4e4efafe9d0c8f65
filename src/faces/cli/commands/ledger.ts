import type { Command } from "commander";
import { trialBalance } from "../../../app/posting/ledger.ts";
import { listProviderBalances } from "../../../app/posting/provider-balances.ts";
import { day } from "../options.ts";
import { output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { dollars, table } from "../table.ts";
import { addRulesCommands } from "./ledger-rules.ts";

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
  addRulesCommands(ledger);
}

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
