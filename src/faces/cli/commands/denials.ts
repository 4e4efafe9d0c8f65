import { type Command, Option } from "commander";
import type { Actor, App } from "../../../app/context.ts";
import { listWorkItems, type WorkItemFilter } from "../../../app/denials/list-queue.ts";
import { countQueue, recountQueue } from "../../../app/denials/queue-counts.ts";
import { listQueueViews } from "../../../app/denials/queue-views.ts";
import { reprioritize } from "../../../app/denials/reprioritize.ts";
import { OperatingError } from "../../../app/errors.ts";
import { centsOf, OPEN_STATUSES, QUEUE_SORTS, WORK_ITEM_KINDS } from "../../../app/words.ts";
import { workItemLines } from "../../csv/index.ts";
import { everyPage } from "../../every-page.ts";
import { csvOption } from "../options.ts";
import { output } from "../output.ts";
import { atDesk, type Desk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { dollars, table } from "../table.ts";
import { addCorrectCommand } from "./correct.ts";
import { addWorkItemCommands } from "./work-items.ts";

/** The commands of the work queue: its lists and counts, and what is done with its items. */
export function addDenialCommands(program: Command): void {
  const denials = program.command("denials").description("the work queue");
  withStoreOptions(
    denials
      .command("list")
      .description("what is not resolved, the nearest deadline first")
      .option("--view <name>", "a view of the queue, narrowed by the options beside it")
      .addOption(new Option("--status <status>").choices([...OPEN_STATUSES, "resolved", "all"]))
      .option("--assignee <person>", "a person, me, or none")
      .addOption(new Option("--kind <kind>").choices(WORK_ITEM_KINDS))
      .option("--category <category>")
      .option("--payer <id>")
      .option("--owner <team>")
      .option("--reason <code>", "CO-197, or 197 of any group")
      .option("--min <dollars>", "at stake, or more")
      .option("--due-before <date>")
      .addOption(new Option("--sort <order>").choices(QUEUE_SORTS))
      .addOption(csvOption()),
  ).action(list);
  withStoreOptions(
    denials.command("counts").description("how much is in the queue, under which headings"),
  ).action(counts);
  withStoreOptions(denials.command("views").description("lists of the queue under a name")).action(
    views,
  );
  withStoreOptions(
    denials
      .command("reprioritize")
      .description("rank again what grows urgent today, and count the queue anew"),
  ).action(rank);
  addWorkItemCommands(denials);
  addCorrectCommand(denials);
}

type ListOptions = StoreOptions &
  Pick<
    WorkItemFilter,
    | "status"
    | "assignee"
    | "kind"
    | "category"
    | "payer"
    | "owner"
    | "reason"
    | "dueBefore"
    | "sort"
  > & { readonly view?: string; readonly min?: string; readonly csv?: boolean };

/** The items that the options ask for; all of them are first those that are not resolved. */
async function* itemsOf({ app, actor }: Desk, options: ListOptions): AsyncGenerator<Item> {
  const { assignee, kind, category, payer, owner, reason, dueBefore, sort } = options;
  const given = { assignee, kind, category, payer, owner, reason, dueBefore, sort };
  const narrower = Object.fromEntries(Object.entries(given).filter(([, value]) => value));
  const viewed = options.view === undefined ? {} : await viewNamed(app, actor, options.view);
  const asked: WorkItemFilter = { ...viewed, ...narrower, ...leastOf(options) };
  const { status = asked.status } = options;
  for (const each of status === "all" ? [undefined, "resolved"] : [status]) {
    const filter = { ...asked, status: each };
    yield* everyPage((paging) => listWorkItems(app, actor, { ...filter, ...paging }));
  }
}

function leastOf({ min }: ListOptions): { readonly minCents?: number } {
  if (min === undefined) return {};
  const minCents = centsOf(min);
  if (minCents === undefined) throw new OperatingError("usage", "--min takes dollars.");
  return { minCents };
}

async function list(options: ListOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async (desk) => {
    const items = itemsOf(desk, options);
    if (options.csv) {
      await out.file(workItemLines(items).lines);
      return EXIT.done;
    }
    const rows: string[][] = [];
    for await (const item of items) {
      if (out.json) out.answer(item, () => "");
      rows.push(rowOf(item));
    }
    out.say(table(COLUMNS, rows));
    return EXIT.done;
  });
}

async function viewNamed(app: App, actor: Actor, name: string): Promise<WorkItemFilter> {
  const { items } = await listQueueViews(app, actor);
  const view = items.find((each) => each.name === name);
  if (view === undefined) {
    const names = items.map((each) => each.name).join(", ");
    throw new OperatingError("not-found", `There are the views ${names}.`);
  }
  return { ...view.filter, sort: view.sort };
}

type Item = Awaited<ReturnType<typeof listWorkItems>>["items"][number];

function rowOf(item: Item): string[] {
  const reason = item.groupCode === null ? "" : `${item.groupCode}-${item.reasonCode}`;
  return [
    item.id,
    item.patientControlNumber,
    item.kind,
    item.category,
    reason,
    dollars(item.amountCents),
    String(item.priority.score),
    item.deadline,
    item.assignee ?? "",
    item.suggestedAction.slice(0, 60),
  ];
}

const COLUMNS = [
  { heading: "Id" },
  { heading: "Claim" },
  { heading: "Kind" },
  { heading: "Category" },
  { heading: "Reason" },
  { heading: "At stake", numeric: true },
  { heading: "Priority", numeric: true },
  { heading: "Deadline" },
  { heading: "Assignee" },
  { heading: "Do first" },
];

async function counts(options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const counted = await countQueue(app, actor);
    const { open, unassigned, overdue, dueThisWeek, amountCents, byKind, byOwner } = counted;
    const under = (sums: Readonly<Record<string, number>>) =>
      Object.entries(sums).map(([name, items]) => `  ${name}: ${items}`);
    out.answer(counted, () =>
      [
        `${open} open, ${dollars(amountCents)} at stake; ${unassigned} unassigned`,
        `${overdue} overdue, ${dueThisWeek} due within seven days`,
        ...under(byKind),
        ...under(byOwner),
      ].join("\n"),
    );
    return EXIT.done;
  });
}

async function views(options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    for (const view of (await listQueueViews(app, actor)).items) {
      out.answer(view, () => `${view.name}: ${JSON.stringify(view.filter)} by ${view.sort}`);
    }
    return EXIT.done;
  });
}

async function rank(options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const report = await reprioritize(app, actor);
    await recountQueue(app, actor);
    out.answer(report, () => `${report.ranked} ranked again`);
    return EXIT.done;
  });
}
