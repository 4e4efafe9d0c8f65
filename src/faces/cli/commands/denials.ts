import { type Command, Option } from "commander";
import {
  assignWorkItem,
  listWorkItems,
  noteWorkItem,
  resolveWorkItem,
  showWorkItem,
  type WorkItemFilter,
} from "../../../app/denials/work-items.ts";
import { OUTCOMES, WORK_ITEM_KINDS } from "../../../app/words.ts";
import { workItemLines } from "../../csv/index.ts";
import { everyPage } from "../../every-page.ts";
import { csvOption } from "../options.ts";
import { output } from "../output.ts";
import { atDesk, type Desk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { dollars, table } from "../table.ts";
import { addCorrectCommand } from "./correct.ts";

/** The commands of the work queue: list, show, assign, note, resolve. */
export function addDenialCommands(program: Command): void {
  const denials = program.command("denials").description("the work queue");
  withStoreOptions(
    denials
      .command("list")
      .description("what is not resolved, the nearest deadline first")
      .addOption(new Option("--status <status>").choices(STATUSES))
      .option("--assignee <person>")
      .addOption(new Option("--kind <kind>").choices(WORK_ITEM_KINDS))
      .option("--category <category>")
      .addOption(csvOption()),
  ).action(list);
  withStoreOptions(denials.command("show").argument("<id>")).action(show);
  withStoreOptions(
    denials.command("assign").argument("<id>").argument("<person>", "or - for nobody"),
  ).action(assign);
  withStoreOptions(denials.command("note").argument("<id>").argument("<text>")).action(note);
  withStoreOptions(
    denials
      .command("resolve")
      .argument("<id>")
      .addOption(new Option("--outcome <outcome>").choices(OUTCOMES).makeOptionMandatory())
      .option("--note <text>"),
  ).action(resolve);
  addCorrectCommand(denials);
}

const STATUSES = ["open", "in-progress", "waiting", "resolved", "all"];

type ListOptions = StoreOptions & { readonly csv?: boolean } & Pick<
    WorkItemFilter,
    "status" | "assignee" | "kind" | "category"
  >;

/** The items that the options ask for; all of them are first those that are not resolved. */
async function* itemsOf(
  { app, actor }: Desk,
  { status, assignee, kind, category }: ListOptions,
): AsyncGenerator<Item> {
  for (const each of status === "all" ? [undefined, "resolved"] : [status]) {
    const filter = { status: each, assignee, kind, category };
    yield* everyPage((paging) => listWorkItems(app, actor, { ...filter, ...paging }));
  }
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
  { heading: "Deadline" },
  { heading: "Assignee" },
  { heading: "Do first" },
];

type View = Awaited<ReturnType<typeof showWorkItem>>;

function plain(item: View): string {
  const notes = item.notes.map(({ at, by, text }) => `  ${at.slice(0, 16)} ${by}: ${text}`);
  return [
    `${item.id}  ${item.kind}  ${item.status}  ${dollars(item.amountCents)}`,
    item.words,
    `Do: ${item.suggestedAction}`,
    `By ${item.deadline}: ${item.deadlineRule}`,
    ...notes,
  ].join("\n");
}

async function show(id: string, options: StoreOptions): Promise<void> {
  await answer(options, ({ app, actor }) => showWorkItem(app, actor, id));
}

async function assign(id: string, person: string, options: StoreOptions): Promise<void> {
  const assignee = person === "-" ? null : person;
  await answer(options, ({ app, actor }) => assignWorkItem(app, actor, id, { assignee }));
}

async function note(id: string, text: string, options: StoreOptions): Promise<void> {
  await answer(options, ({ app, actor }) => noteWorkItem(app, actor, id, { text }));
}

async function resolve(
  id: string,
  options: StoreOptions & { outcome: string; note?: string },
): Promise<void> {
  const { outcome, note: text } = options;
  await answer(options, ({ app, actor }) =>
    resolveWorkItem(app, actor, id, { outcome, ...(text === undefined ? {} : { note: text }) }),
  );
}

async function answer(options: StoreOptions, work: (desk: Desk) => Promise<View>): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async (desk) => {
    const item = await work(desk);
    out.answer(item, () => plain(item));
    return EXIT.done;
  });
}
