import { type Command, Option } from "commander";
import { keepUnapplied, sendBack, takeDeskBack } from "../../../app/desk/desk-decisions.ts";
import { listExceptions, matchException, showException } from "../../../app/desk/exceptions.ts";
import { mirrorReversal } from "../../../app/desk/mirror-reversal.ts";
import { type PartInput, splitException } from "../../../app/desk/split-exception.ts";
import { OperatingError } from "../../../app/errors.ts";
import { centsOf, EXCEPTION_STATUSES, SENT_BY } from "../../../app/words.ts";
import { everyPage } from "../../every-page.ts";
import { day } from "../options.ts";
import { output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { dollars, table } from "../table.ts";

/** The exceptions desk: claim payments that wait for a person, why, and what to do with them. */
export function addExceptionCommands(program: Command): void {
  const exceptions = program.command("exceptions").description("payments that wait for a person");
  const command = (name: string, description: string) =>
    withStoreOptions(exceptions.command(name).description(description));
  command("list", "what waits, or has left the desk, newest first")
    .addOption(new Option("--status <status>").choices(EXCEPTION_STATUSES))
    .action(list);
  command("show", "why it waits, what explains the difference, what can be done")
    .argument("<id>")
    .action(show);
  command("match", "post it to a claim")
    .argument("<id>")
    .argument("<patientControlNumber>")
    .action(match);
  command("mirror", "post the exact negation of what a reversal takes back")
    .argument("<id>")
    .action(mirror);
  command("split", "post it to several claims or lines by amounts that you give")
    .argument("<id>")
    .requiredOption("--part <text...>", "'NUMBER[/LINE] CHARGE PAID [GROUP-REASON AMOUNT]...'")
    .action(split);
  command("unapplied", "leave its money in unapplied insurance")
    .argument("<id>")
    .requiredOption("--reason <text>", "why")
    .action(decision(keepUnapplied));
  command("send-back", "record that it went back to its payer; it waits for a day")
    .argument("<id>")
    .addOption(new Option("--how <way>").choices(SENT_BY).makeOptionMandatory())
    .requiredOption("--reference <text>", "call, tracking or case number")
    .requiredOption("--next-action-date <day>", "when to look again", day)
    .option("--note <text>")
    .action(decision(sendBack));
  command("take-back", "take the last thing done with it at the desk back")
    .argument("<id>")
    .requiredOption("--reason <text>", "why")
    .action(decision(takeDeskBack));
}

type Status = (typeof EXCEPTION_STATUSES)[number];

async function list(options: StoreOptions & { status?: Status }): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const rows: string[][] = [];
    const { status } = options;
    const all = everyPage((paging) => listExceptions(app, actor, { status, ...paging }));
    for await (const each of all) {
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
        ...earlierWords(waiting.earlier),
        ...waiting.actions.map(({ action, possible, why }) =>
          `  ${possible ? "can" : "cannot"} ${action}  ${why}`.trimEnd(),
        ),
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

type Earlier = Awaited<ReturnType<typeof showException>>["earlier"];

function earlierWords(earlier: Earlier): string[] {
  if (earlier === null) return [];
  const { traceNumber, clp, lines } = earlier;
  return [
    `It takes back remittance ${traceNumber} CLP[${clp}]:`,
    ...lines.map(
      ({ lineControlNumber, chargeCents, paidCents }) =>
        `  ${lineControlNumber || "claim"}: charge ${dollars(chargeCents)}, paid ${dollars(paidCents)}`,
    ),
  ];
}

/** `PCN1/2 100.00 70.00 CO-45 20.00 PR-1 10.00`: claim and line, charge, payment, adjustments. */
function partOf(text: string): PartInput {
  const [name = "", charge = "", paid = "", ...rest] = text.trim().split(/\s+/);
  const slash = name.lastIndexOf("/");
  const adjustments = rest.flatMap((code, index) => {
    if (index % 2 !== 0) return [];
    const [groupCode = "", reasonCode = ""] = code.split("-");
    return [{ groupCode, reasonCode, amountCents: amountOf(rest[index + 1] ?? "") }];
  });
  return {
    patientControlNumber: slash < 0 ? name : name.slice(0, slash),
    lineControlNumber: slash < 0 ? undefined : name.slice(slash + 1),
    chargeCents: amountOf(charge),
    paidCents: amountOf(paid),
    adjustments,
  };
}

function amountOf(text: string): number {
  const amount = centsOf(text);
  if (amount !== undefined) return amount;
  throw new OperatingError(
    "usage",
    "A part is: NUMBER[/LINE] CHARGE PAID [GROUP-REASON AMOUNT]...",
  );
}

async function split(
  id: string,
  options: StoreOptions & { part: readonly string[] },
): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const parts = options.part.map(partOf);
    const { posted, released } = await splitException(app, actor, id, { parts });
    out.answer({ kind: "summary", posted, released }, () => `posted to ${posted} claims`);
    return EXIT.done;
  });
}

async function mirror(id: string, options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const { posted, released } = await mirrorReversal(app, actor, id);
    out.answer({ kind: "summary", posted, released }, () => "posted the negation");
    return EXIT.done;
  });
}

type Desk = Parameters<Parameters<typeof atDesk>[1]>[0];

/** A command that records a decision and says where the payment stands then. */
function decision<Input>(
  decide: (
    app: Desk["app"],
    actor: Desk["actor"],
    id: string,
    input: Input,
  ) => Promise<{ readonly id: string; readonly status: string }>,
) {
  return async (id: string, options: StoreOptions & Input): Promise<void> => {
    const out = output(options.json === true);
    await atDesk(options, async ({ app, actor }) => {
      const decided = await decide(app, actor, id, options);
      out.answer({ kind: "exception", ...decided }, () => `${decided.id}  ${decided.status}`);
      return EXIT.done;
    });
  };
}
