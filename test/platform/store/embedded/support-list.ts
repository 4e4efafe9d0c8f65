/** The support list of the embedded store's README, made from the tables by which the store answers. */
import { ACCUMULATORS } from "../../../../src/platform/store/embedded/accumulators.ts";
import { TYPE } from "../../../../src/platform/store/embedded/bson-raw.ts";
import { COMMANDS } from "../../../../src/platform/store/embedded/commands/index.ts";
import { INDEX_FIELDS } from "../../../../src/platform/store/embedded/commands/schema.ts";
import { STATEMENT_FIELDS } from "../../../../src/platform/store/embedded/commands/writes.ts";
import { OPERATORS as EXPRESSIONS } from "../../../../src/platform/store/embedded/expression.ts";
import { PARTIAL_OPERATORS } from "../../../../src/platform/store/embedded/implication.ts";
import { LOGICAL, OPERATORS } from "../../../../src/platform/store/embedded/match.ts";
import { CARRIED } from "../../../../src/platform/store/embedded/run-command.ts";
import { STAGES } from "../../../../src/platform/store/embedded/stages.ts";
import { CHANGING } from "../../../../src/platform/store/embedded/update.ts";
import {
  PUSH_MODIFIERS,
  UPDATE_OPERATORS,
} from "../../../../src/platform/store/embedded/update-operators.ts";

const code = (names: Iterable<string>): string =>
  [...names]
    .sort()
    .map((name) => `\`${name}\``)
    .join(" ");

const keys = (table: object): string => code(Object.keys(table));

function commandRows(): string[] {
  return Object.entries(COMMANDS)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { fields, inTransaction }]) => {
      const said = fields === null ? "any" : code(fields);
      return `| \`${name}\` | ${said} | ${inTransaction ? "yes" : ""} |`;
    });
}

const TYPES = Object.keys(TYPE).filter((name) => name !== "missing");

/** Returns the list as the README has it. */
export function supportList(): string {
  return [
    "| Command | Its fields | In a transaction |",
    "|---|---|---|",
    ...commandRows(),
    "",
    "| Of | Are supported |",
    "|---|---|",
    `| any command | ${code(CARRIED)} |`,
    `| a statement of \`update\` | ${code(STATEMENT_FIELDS.updates)} |`,
    `| a statement of \`delete\` | ${code(STATEMENT_FIELDS.deletes)} |`,
    `| filters | ${keys(LOGICAL)} ${keys(OPERATORS)} |`,
    `| updates | ${keys(UPDATE_OPERATORS)} |`,
    `| \`$push\` and \`$addToSet\` | ${code(PUSH_MODIFIERS)} |`,
    "| positions in updates | `$` `$[]` `$[name]` |",
    `| updates by pipeline | ${keys(CHANGING)} |`,
    `| indexes | ${code(INDEX_FIELDS)} |`,
    `| filters of partial indexes | ${code(PARTIAL_OPERATORS)} |`,
    `| stages | ${keys(STAGES)} |`,
    `| accumulators | ${keys(ACCUMULATORS)} |`,
    `| expressions | ${keys(EXPRESSIONS)} |`,
    "| variables | `$$CURRENT` `$$REMOVE` `$$ROOT`, and those of `let` in `$lookup` |",
    `| types | ${code(TYPES)} |`,
  ].join("\n");
}
