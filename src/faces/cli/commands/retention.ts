import type { Command } from "commander";
import { liftHold, listHolds, putHold } from "../../../app/records/legal-holds.ts";
import { type PurgeReport, purgeRecords } from "../../../app/records/purge.ts";
import { day } from "../options.ts";
import { output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { table } from "../table.ts";

/** The commands about how long records are kept: records purge, holds. */
export function addRetentionCommands(program: Command): void {
  const records = program.command("records").description("how long records are kept");
  withStoreOptions(
    records
      .command("purge")
      .description("destroy what had its last effect before a day, six years ago or more")
      .requiredOption("--before <day>", "YYYY-MM-DD", day)
      .option("--dry-run", "say what would go; change nothing"),
  ).action(purge);
  const holds = program.command("holds").description("legal holds: records that stay");
  withStoreOptions(
    holds.command("list").description("all of them, the standing ones first"),
  ).action(list);
  withStoreOptions(
    holds
      .command("put")
      .description("keep the records of a patient, or all of the practice")
      .requiredOption("--reason <text>", "why")
      .requiredOption("--by <name>", "the person who says so")
      .option("--patient <id>", "as patients find says it; without it all of the practice"),
  ).action(put);
  withStoreOptions(
    holds
      .command("lift")
      .description("end a hold; it stays on record")
      .argument("<id>", "as holds list says it")
      .requiredOption("--reason <text>", "why")
      .requiredOption("--by <name>", "the person who says so"),
  ).action(lift);
}

async function purge(
  options: StoreOptions & { readonly before: string; readonly dryRun?: boolean },
): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const report = await purgeRecords(app, actor, options);
    out.answer({ kind: "summary", ...report }, () => purgeWords(report));
    return EXIT.done;
  });
}

function purgeWords({ before, dryRun, purged, kept, filesKept }: PurgeReport): string {
  const rows = Object.entries(purged).map(([name, count]) => [name, String(count)]);
  return [
    dryRun ? `Before ${before} would go:` : `Gone of what was before ${before}:`,
    table([{ heading: "Collection" }, { heading: "Documents", numeric: true }], rows),
    `Kept: ${kept.retention} claims that had an effect later, ${kept.work} in work, ${kept.hold} under legal hold, ${filesKept} files that tell of what is kept`,
  ].join("\n");
}

type Hold = Awaited<ReturnType<typeof putHold>>;

async function list(options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    for (const hold of await listHolds(app, actor)) {
      out.answer({ kind: "hold", ...hold }, () => holdWords(hold));
    }
    return EXIT.done;
  });
}

async function put(
  options: StoreOptions & { readonly reason: string; by: string; patient?: string },
): Promise<void> {
  const { reason, by, patient: patientId } = options;
  await atDesk(options, async ({ app, actor }) => {
    const hold = await putHold(app, actor, { reason, by, patientId });
    output(options.json === true).answer({ kind: "hold", ...hold }, () => holdWords(hold));
    return EXIT.done;
  });
}

async function lift(
  id: string,
  options: StoreOptions & { readonly reason: string; readonly by: string },
): Promise<void> {
  const { reason, by } = options;
  await atDesk(options, async ({ app, actor }) => {
    const hold = await liftHold(app, actor, id, { reason, by });
    output(options.json === true).answer({ kind: "hold", ...hold }, () => holdWords(hold));
    return EXIT.done;
  });
}

function holdWords({ id, patientId, status, reason, by, at, lifted }: Hold): string {
  const what = patientId === null ? "all of the practice" : `patient ${patientId}`;
  const end = lifted === null ? "" : `; lifted ${lifted.at} by ${lifted.by}: ${lifted.reason}`;
  return `${id}  ${status}  ${what}  since ${at} by ${by}: ${reason}${end}`;
}
