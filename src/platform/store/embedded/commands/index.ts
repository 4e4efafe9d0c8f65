/** Every command that the store answers, by name. */
import type { Command } from "../command.ts";
import { fault } from "../errors.ts";
import { ADMIN } from "./admin.ts";
import { READS } from "./reads.ts";
import { SCHEMA } from "./schema.ts";
import { WRITES } from "./writes.ts";

/** A command, and whether it needs a batch. */
export interface CommandEntry {
  readonly run: Command;
  readonly writes: boolean;
}

function entries(commands: Readonly<Record<string, Command>>, writes: boolean) {
  return Object.entries(commands).map(([name, run]) => [name, { run, writes }] as const);
}

const outsideTransaction: Command = () => {
  throw fault(251, "Transaction was not started with autocommit: false");
};

/** The table of commands. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = Object.fromEntries([
  ...entries(ADMIN, false),
  ...entries(READS, false),
  ...entries(SCHEMA, true),
  ...entries(WRITES, true),
  ["commitTransaction", { run: outsideTransaction, writes: true }],
  ["abortTransaction", { run: outsideTransaction, writes: false }],
]);
