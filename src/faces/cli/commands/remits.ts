import type { Command } from "commander";
import type { Happening } from "../../../app/events.ts";
import { postAgain } from "../../../app/posting/post-again.ts";
import { findRemittances, listRemittances } from "../../../app/posting/remittances.ts";
import { postPaymentAgain, unpostPayment } from "../../../app/posting/unpost-payment.ts";
import { type PostingChange, unpostRemittance } from "../../../app/posting/unpost-remittance.ts";
import { residualWords } from "../../../app/words.ts";
import { everyPage } from "../../every-page.ts";
import { wholeNumber } from "../options.ts";
import { type Output, output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { dollars, table } from "../table.ts";

/** The commands of remittances: list, show, unpost, post. */
export function addRemitCommands(program: Command): void {
  const remits = program.command("remits").description("remittances and their certificates");
  withStoreOptions(remits.command("list").description("all, newest first")).action(list);
  withStoreOptions(
    remits.command("show").description("one remittance").argument("<traceNumber>"),
  ).action(show);
  withStoreOptions(
    remits
      .command("unpost")
      .description("take a remittance, or one claim payment of it, out of the books by new entries")
      .argument("<remittance>", "its id, or its trace number")
      .requiredOption("--reason <text>", "why")
      .option("--clp <number>", "only this claim payment, counted from 1", wholeNumber(1, 999_999)),
  ).action(unpost);
  withStoreOptions(
    remits
      .command("post")
      .description("post what was unposted again")
      .argument("<remittance>", "its id, or its trace number")
      .option("--clp <number>", "only this claim payment, counted from 1", wholeNumber(1, 999_999)),
  ).action(post);
}

async function list(options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const rows: string[][] = [];
    for await (const remit of everyPage((paging) => listRemittances(app, actor, paging))) {
      out.tell({ kind: "remittance", ...remit, paymentDate: remit.paymentDate ?? null });
      rows.push([
        remit.traceNumber,
        remit.payer,
        remit.paymentDate ?? "",
        remit.status,
        dollars(remit.bprCents),
        dollars(remit.postedCents),
        dollars(remit.unappliedCents),
        dollars(remit.providerAdjustmentCents),
        `${remit.posted}/${remit.claimPayments}`,
      ]);
    }
    out.tell({ kind: "summary", remittances: rows.length });
    out.say(table(COLUMNS, rows));
    return EXIT.done;
  });
}

const COLUMNS = [
  { heading: "Trace" },
  { heading: "Payer" },
  { heading: "Date" },
  { heading: "State" },
  { heading: "Payment", numeric: true },
  { heading: "Posted", numeric: true },
  { heading: "Unapplied", numeric: true },
  { heading: "PLB", numeric: true },
  { heading: "Claims", numeric: true },
];

async function show(traceNumber: string, options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    for (const remit of await findRemittances(app, actor, traceNumber)) {
      out.answer({ ...remit, paymentDate: remit.paymentDate ?? null }, () => {
        const parked = remit.parked.map((each) =>
          `  parked ${each.patientControlNumber}: ${each.message} ${residualWords(each.reason, each.residualCents)}`.trimEnd(),
        );
        return [
          `${remit.traceNumber}  ${remit.payer}  ${remit.paymentDate ?? ""}  ${remit.status}${remit.reason ? ` (${remit.reason})` : ""}`,
          `payment ${dollars(remit.bprCents)} = posted ${dollars(remit.postedCents)} + unapplied ${dollars(remit.unappliedCents)} − provider adjustments ${dollars(remit.providerAdjustmentCents)}`,
          `claim payments ${remit.claimPayments}: ${remit.posted} posted, ${remit.parkedCount} parked`,
          ...parked,
        ].join("\n");
      });
    }
    return EXIT.done;
  });
}

interface UnpostOptions extends StoreOptions {
  readonly reason: string;
  readonly clp?: number;
}

/** What is left to unpost, on a terminal only. */
function words({ kind, left, of }: Happening): string | undefined {
  return kind === "progress" && process.stdout.isTTY ? `  ${left} of ${of} left` : undefined;
}

async function unpost(name: string, options: UnpostOptions): Promise<void> {
  const out = output(options.json === true, words, { writes: true });
  const { reason, clp } = options;
  await atDesk(options, async ({ app, actor }) => {
    const change =
      clp === undefined
        ? await unpostRemittance(app, actor, name, { reason }, out.tell)
        : await unpostPayment(app, actor, { remittance: name, clp }, { reason }, out.tell);
    return sayChange(out, change);
  });
}

async function post(name: string, options: StoreOptions & { clp?: number }): Promise<void> {
  const out = output(options.json === true, undefined, { writes: true });
  const { clp } = options;
  await atDesk(options, async ({ app, actor }) => {
    const change =
      clp === undefined
        ? await postAgain(app, actor, name, () => undefined)
        : await postPaymentAgain(app, actor, { remittance: name, clp });
    return sayChange(out, change);
  });
}

function sayChange(out: Output, change: PostingChange): number {
  out.answer({ kind: "summary", ...change }, () => {
    const { traceNumber, status, posted, parked, postedCents, unappliedCents } = change;
    return [
      `${traceNumber} is ${status}${change.changed ? "" : " already; nothing was changed"}`,
      `posted ${posted} (${dollars(postedCents)}), waiting ${parked} (${dollars(unappliedCents)})`,
    ].join("\n");
  });
  return change.parked > 0 ? EXIT.findings : EXIT.done;
}
