import type { Command } from "commander";
import { listExceptions, matchException, showException } from "../../../app/exceptions.ts";
import { everyPage } from "../every-page.ts";
import { output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { dollars, table } from "../table.ts";

/** The exceptions desk: claim payments that wait for a person, why, and what to do with them. */
export function addExceptionCommands(program: Command): void {
  const exceptions = program.command("exceptions").description("payments that wait for a person");
  withStoreOptions(exceptions.command("list").description("what waits, newest first")).action(list);
  withStoreOptions(
    exceptions
      .command("show")
      .description("why it waits, what explains the difference, where it may belong")
      .argument("<id>"),
  ).action(show);
  withStoreOptions(
    exceptions
      .command("match")
      .description("post it to a claim")
      .argument("<id>")
      .argument("<patientControlNumber>"),
  ).action(match);
}

async function list(options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const rows: string[][] = [];
    for await (const each of everyPage((paging) => listExceptions(app, actor, paging))) {
      out.tell({ kind: "exception", ...each });
      rows.push([
        each.id,
        each.patientControlNumber,
        `${each.traceNumber} CLP[${each.clp}]`,
        each.reason,
        dollars(each.residualCents),
        dollars(each.unappliedCents),
      ]);
    }
    out.tell({ kind: "summary", exceptions: rows.length });
    out.say(table(COLUMNS, rows));
    return EXIT.done;
  });
}

const COLUMNS = [
  { heading: "Id" },
  { heading: "Claim" },
  { heading: "Remittance" },
  { heading: "Reason" },
  { heading: "Difference", numeric: true },
  { heading: "Unapplied", numeric: true },
];

async function show(id: string, options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const waiting = await showException(app, actor, id);
    out.answer(waiting, () => {
      const { explanation, suggestions } = waiting;
      const explained = explanation?.amounts.map(
        ({ place, amountCents }) => `  ${dollars(amountCents).padStart(12)}  ${place}`,
      );
      const suggested = suggestions.map(
        ({ patientControlNumber, score, reasons }) =>
          `  ${patientControlNumber} (${score}): ${reasons.join(", ")}`,
      );
      return [
        `${waiting.patientControlNumber}  remittance ${waiting.traceNumber} CLP[${waiting.clp}]  ${waiting.payer}`,
        `${waiting.reason}: ${waiting.message}`,
        [
          ...(waiting.residual === "" ? [] : [waiting.residual]),
          `unapplied ${dollars(waiting.unappliedCents)}`,
        ].join("; "),
        ...(explained === undefined ? [] : [`${explanation?.because}:`, ...explained]),
        ...(suggested.length === 0 ? [] : ["It may belong to:", ...suggested]),
      ].join("\n");
    });
    return EXIT.done;
  });
}

async function match(id: string, number: string, options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const { posted, released } = await matchException(app, actor, id, number);
    out.answer({ kind: "summary", posted, released }, () => `posted to ${number}`);
    return EXIT.done;
  });
}
