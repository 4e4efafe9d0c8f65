import { type Command, InvalidArgumentError, Option } from "commander";
import {
  BULK_ACTIONS,
  type BulkAnswer,
  type BulkInput,
  changeManyItems,
} from "../../../app/denials/bulk-items.ts";
import type { ItemView } from "../../../app/denials/item-view.ts";
import {
  assignWorkItem,
  callWorkItem,
  handOverWorkItem,
  noteWorkItem,
  planWorkItem,
  reopenWorkItem,
  resolveWorkItem,
  resumeWorkItem,
  showWorkItem,
  takeWorkItem,
  waitWorkItem,
} from "../../../app/denials/work-items.ts";
import { OUTCOMES } from "../../../app/words.ts";
import { output } from "../output.ts";
import { atDesk, type Desk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { dollars } from "../table.ts";

/** The commands that show and change one work item, or many at once. */
export function addWorkItemCommands(denials: Command): void {
  const changing = (usage: string, description: string) =>
    withStoreOptions(denials.command(usage).description(description));
  changing("show <id>", "one item with its lines, notes and calls").action((id, options) =>
    answer(options, ({ app, actor }) => showWorkItem(app, actor, id)),
  );
  changing("assign <id> <person>", "give it to somebody, or (-) back to its team").action(
    (id, person, options) =>
      answer(options, ({ app, actor }) =>
        assignWorkItem(app, actor, id, { assignee: person === "-" ? null : person }),
      ),
  );
  changing("take <id>", "take it oneself").action((id, options) =>
    answer(options, ({ app, actor }) => takeWorkItem(app, actor, id, {})),
  );
  changing("hand-over <id> <person> <text>", "give it to somebody with a word").action(
    (id, assignee, text, options) =>
      answer(options, ({ app, actor }) => handOverWorkItem(app, actor, id, { assignee, text })),
  );
  changing("note <id> <text>", "write down what was done or learned").action((id, text, options) =>
    answer(options, ({ app, actor }) => noteWorkItem(app, actor, id, { text })),
  );
  changing("call <id> <text>", "write down a telephone call")
    .requiredOption("--who <who>", "whom the call was with")
    .option("--number <number>")
    .option("--reference <reference>", "the payer's reference of the call")
    .action(
      (id, text, options: StoreOptions & { who: string; number?: string; reference?: string }) =>
        answer(options, ({ app, actor }) => {
          const { who, number, reference } = options;
          const more = { ...(number ? { number } : {}), ...(reference ? { reference } : {}) };
          return callWorkItem(app, actor, id, { who, text, ...more });
        }),
    );
  changing("wait <id> <date>", "set it aside until a date")
    .option("--note <text>")
    .action((id, until, options: StoreOptions & { note?: string }) =>
      answer(options, ({ app, actor }) =>
        waitWorkItem(app, actor, id, { until, ...(options.note ? { text: options.note } : {}) }),
      ),
    );
  changing("resume <id>", "take up what waited").action((id, options) =>
    answer(options, ({ app, actor }) => resumeWorkItem(app, actor, id, {})),
  );
  changing("next-action <id> <date> <text>", "when to look at it next, and what for").action(
    (id, date, text, options) =>
      answer(options, ({ app, actor }) => planWorkItem(app, actor, id, { date, text })),
  );
  changing("resolve <id>", "close it with its outcome")
    .addOption(new Option("--outcome <outcome>").choices(OUTCOMES).makeOptionMandatory())
    .option("--note <text>")
    .action((id, options: StoreOptions & { outcome: string; note?: string }) =>
      answer(options, ({ app, actor }) => {
        const { outcome, note } = options;
        return resolveWorkItem(app, actor, id, { outcome, ...(note ? { note } : {}) });
      }),
    );
  changing("reopen <id> <text>", "open a closed item again and say why").action(
    (id, text, options) =>
      answer(options, ({ app, actor }) => reopenWorkItem(app, actor, id, { text })),
  );
  addBulk(denials);
}

async function answer(
  options: StoreOptions,
  work: (desk: Desk) => Promise<ItemView>,
): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async (desk) => {
    const item = await work(desk);
    out.answer(item, () => plain(item));
    return EXIT.done;
  });
}

function plain(item: ItemView): string {
  const { chance, urgency, score } = item.priority;
  return [
    `${item.id}  ${item.kind}  ${item.status}  ${dollars(item.amountCents)}`,
    item.words,
    `Do: ${item.suggestedAction}`,
    `By ${item.deadline} (${item.daysLeft} days): ${item.deadlineRule}`,
    `Priority ${score}: ${dollars(item.priority.amountCents)} × ${chance} × ${urgency}`,
    ...(item.nextActionDate === null
      ? []
      : [`Next ${item.nextActionDate}: ${item.nextActionText ?? ""}`]),
    ...item.notes.map(({ at, by, text }) => `  ${at.slice(0, 16)} ${by}: ${text}`),
    ...item.calls.map(
      ({ at, by, who, text }) => `  ${at.slice(0, 16)} ${by} called ${who}: ${text}`,
    ),
  ].join("\n");
}

type BulkOptions = StoreOptions &
  Pick<BulkInput, "outcome" | "date" | "text"> & {
    readonly to?: string;
    readonly dryRun?: boolean;
  };

function addBulk(denials: Command): void {
  const action = (text: string): BulkInput["action"] => {
    const known = BULK_ACTIONS.find((each) => each === text);
    if (known === undefined) throw new InvalidArgumentError(`One of ${BULK_ACTIONS.join(", ")}.`);
    return known;
  };
  withStoreOptions(
    denials
      .command("bulk")
      .description("do one thing to many items, each with its own record")
      .argument("<action>", BULK_ACTIONS.join(", "), action)
      .argument("<id...>")
      .option("--to <person>", "of assign; without it the items go back to their teams")
      .option("--text <text>", "of note, wait, next-action and resolve")
      .option("--date <date>", "of wait and next-action")
      .addOption(new Option("--outcome <outcome>", "of resolve").choices(OUTCOMES))
      .option("--dry-run", "say what would come of it, and change nothing"),
  ).action(async (what: BulkInput["action"], ids: string[], options: BulkOptions) => {
    const out = output(options.json === true);
    await atDesk(options, async ({ app, actor }) => {
      const { to, text, date, outcome, dryRun } = options;
      const asked = Object.entries({ assignee: to, text, date, outcome, dryRun });
      const given = Object.fromEntries(asked.filter(([, value]) => value !== undefined));
      const report = await changeManyItems(app, actor, { ...given, ids, action: what });
      out.answer(report, () => plainBulk(report));
      return report.refused === 0 ? EXIT.done : EXIT.findings;
    });
  });
}

function plainBulk({ dryRun, done, refused, items }: BulkAnswer): string {
  const left = items.flatMap(({ id, reason }) => (reason === null ? [] : [`  ${id}: ${reason}`]));
  return [`${done} ${dryRun ? "would be " : ""}done, ${refused} refused`, ...left].join("\n");
}
