import type { Command } from "commander";
import { type HeldCodeSets, heldCodeSets } from "../../app/claims/held-code-sets.ts";
import { atDesk, type StoreOptions, withStoreOptions } from "./run.ts";

/** Options of a command that reads files, and looks codes up in the store only when asked to. */
export interface CodeOptions extends StoreOptions {
  readonly importedCodes?: boolean;
}

/** Adds the options of a command that looks codes up. */
export function withCodeOptions(command: Command): Command {
  return withStoreOptions(
    command.option("--imported-codes", "look codes up in what `codes import` put into the store"),
  );
}

/** Does the work with the code sets that are asked for; its answer becomes the exit code. */
export async function withCodeSets(
  options: CodeOptions,
  work: (codeSets: HeldCodeSets) => Promise<number>,
): Promise<void> {
  if (options.importedCodes === true) {
    await atDesk(options, async ({ app }) => work(await heldCodeSets(app)));
  } else process.exitCode = await work(await heldCodeSets(undefined));
}
