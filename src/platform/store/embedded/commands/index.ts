/** Every command that the store answers, by name. */
import { type Command, type CommandTable, entry } from "../command.ts";
import { fault } from "../errors.ts";
import { ADMIN } from "./admin.ts";
import { READS } from "./reads.ts";
import { SCHEMA } from "./schema.ts";
import { WRITES } from "./writes.ts";

const outsideTransaction: Command = () => {
  throw fault(251, "Transaction was not started with autocommit: false");
};

/** The table of commands. */
export const COMMANDS: CommandTable = {
  ...ADMIN,
  ...READS,
  ...SCHEMA,
  ...WRITES,
  commitTransaction: entry(outsideTransaction, [], { writes: true, inTransaction: true }),
  abortTransaction: entry(outsideTransaction, [], { inTransaction: true }),
};
