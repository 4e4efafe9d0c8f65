import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { addApprovalCommands } from "./commands/approvals.ts";
import { addAuditCommands } from "./commands/audit.ts";
import { addClaimCommands } from "./commands/claims.ts";
import { addDelegationCommands } from "./commands/delegations.ts";
import { addDemoCommand } from "./commands/demo.ts";
import { addDenialCommands } from "./commands/denials.ts";
import { addDepositCommands } from "./commands/deposits.ts";
import { addDisclosureCommands } from "./commands/disclosures.ts";
import { addEncryptionCommands } from "./commands/encryption.ts";
import { addExceptionCommands } from "./commands/exceptions.ts";
import { addExchangeCommands } from "./commands/exchange.ts";
import { addExplainCommand } from "./commands/explain.ts";
import { addBreakGlassCommands } from "./commands/governance.ts";
import { addKeyCommands } from "./commands/keys.ts";
import { addLedgerCommands } from "./commands/ledger.ts";
import { addPatientCommands } from "./commands/patients.ts";
import { addPayerCommands } from "./commands/payers.ts";
import { addRecordCommands } from "./commands/records.ts";
import { addRemitCommands } from "./commands/remits.ts";
import { addRetentionCommands } from "./commands/retention.ts";
import { addServeCommand } from "./commands/serve.ts";
import { addSettingsCommands } from "./commands/settings.ts";
import { addSimulateCommands } from "./commands/simulate.ts";
import { addStoreCommands } from "./commands/store.ts";
import { EXIT, reportError } from "./run.ts";
import type { StartService } from "./service.ts";

/** The version of package.json, which stands above src/ and dist/ alike. */
export function version(): string {
  const file = new URL("../../../package.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** The command line, whole. */
function program(startService: StartService): Command {
  const root = new Command("claimwright")
    .description("Claims billing: encounters to 837, 835 to a balanced ledger, denials to a queue.")
    .version(version())
    .showHelpAfterError("(claimwright --help lists the commands)");
  addDemoCommand(root, startService);
  addServeCommand(root, startService);
  addExchangeCommands(root);
  addExplainCommand(root);
  addClaimCommands(root);
  addRemitCommands(root);
  addRecordCommands(root);
  addAuditCommands(root);
  addRetentionCommands(root);
  addPatientCommands(root);
  addBreakGlassCommands(root);
  addApprovalCommands(root);
  addDisclosureCommands(root);
  addLedgerCommands(root);
  addPayerCommands(root);
  addDenialCommands(root);
  addExceptionCommands(root);
  addDepositCommands(root);
  addSettingsCommands(root);
  addDelegationCommands(root);
  addKeyCommands(root);
  addSimulateCommands(root);
  addStoreCommands(root);
  addEncryptionCommands(root);
  for (const command of [root, ...descendants(root)]) command.exitOverride();
  return root;
}

function descendants(command: Command): Command[] {
  return command.commands.flatMap((each) => [each, ...descendants(each)]);
}

/** Runs the command line; usage and operating errors end with exit code 2. */
export async function main(argv: readonly string[], startService: StartService): Promise<void> {
  try {
    await program(startService).parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.error;
    } else process.exitCode = reportError(error);
  }
}
