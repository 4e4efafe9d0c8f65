import { type Command, Option } from "commander";
import { listReviews, signReview } from "../../../app/audit/reviews.ts";
import { scanAudit } from "../../../app/audit/scan-audit.ts";
import { endGlass, listGlasses, openGlass } from "../../../app/people/break-glass.ts";
import { everyPage } from "../../every-page.ts";
import { wholeNumber } from "../options.ts";
import { output } from "../output.ts";
import { AS, atPersonsDesk, type PersonOptions } from "../persons-desk.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { table } from "../table.ts";

/** The commands of emergency access. */
export function addBreakGlassCommands(program: Command): void {
  const glass = program
    .command("break-glass")
    .description("emergency access to patient data for who has none by his or her roles");
  withStoreOptions(
    glass
      .command("open")
      .description("open it for a user; at once audited, and laid before the reviewers")
      .argument("<user>", "as users list says it")
      .requiredOption("--reason <text>", "why; ten characters or more")
      .option("--minutes <number>", "for how long (default: 60)", wholeNumber(1, 240)),
  ).action(open);
  withStoreOptions(
    glass.command("list").description("who opened it, when and why; the last two hundred"),
  ).action(list);
  withStoreOptions(
    glass.command("end").description("end it before its time").argument("<id>"),
  ).action(end);
}

/** `audit review`: what stood out in the audit trail. */
export function addReviewCommands(audit: Command): void {
  const review = audit.command("review").description("what stood out, for a person to look at");
  withStoreOptions(
    review
      .command("scan")
      .description("look through the trail for what stands out; again adds nothing twice"),
  ).action(reviewScan);
  withStoreOptions(
    review
      .command("list")
      .description("what waits, newest first")
      .addOption(
        new Option("--status <status>", "which of them")
          .choices(["open", "signed-off"])
          .default("open"),
      ),
  ).action(reviewList);
  withStoreOptions(
    review
      .command("sign-off")
      .description("say what came of it; not for one's own doing")
      .argument("<id>")
      .addOption(
        new Option("--outcome <outcome>", "what it was")
          .choices(["explained", "incident"])
          .makeOptionMandatory(),
      )
      .requiredOption("--note <text>", "what you found")
      .requiredOption(...AS),
  ).action(reviewSignOff);
}

async function open(
  user: string,
  options: StoreOptions & { readonly reason: string; readonly minutes?: number },
): Promise<void> {
  const { reason, minutes } = options;
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const glass = await openGlass(app, actor, { user, reason, minutes });
    out.answer({ kind: "breakGlass", ...glass }, () => `${glass.id}  runs until ${glass.endsAt}`);
    return EXIT.done;
  });
}

async function list(options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const glasses = await listGlasses(app, actor);
    for (const glass of glasses) out.tell({ kind: "breakGlass", ...glass });
    const rows = glasses.map(({ id, user, openedAt, endedAt, endsAt, reason }) => [
      id,
      user,
      openedAt.slice(0, 16),
      (endedAt ?? endsAt).slice(0, 16),
      reason.slice(0, 60),
    ]);
    out.say(table(GLASS_COLUMNS, rows));
    return EXIT.done;
  });
}

const GLASS_COLUMNS = [
  { heading: "Id" },
  { heading: "User" },
  { heading: "Opened" },
  { heading: "Until" },
  { heading: "Reason" },
];

async function end(id: string, options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const glass = await endGlass(app, actor, id);
    out.answer({ kind: "breakGlass", ...glass }, () => `${glass.id}  has ended`);
    return EXIT.done;
  });
}

async function reviewScan(options: StoreOptions): Promise<void> {
  const out = output(options.json === true, undefined, { writes: true });
  await atDesk(options, async ({ app, actor }) => {
    const { events, found, added } = await scanAudit(app, actor);
    out.answer(
      { kind: "summary", events, found, added },
      () => `${events} events looked at; ${added} new findings wait for a reviewer`,
    );
    return EXIT.done;
  });
}

async function reviewList(options: StoreOptions & { readonly status: string }): Promise<void> {
  const { status } = options;
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const rows: string[][] = [];
    const every = everyPage((paging) => listReviews(app, actor, { ...paging, status }));
    for await (const review of every) {
      out.tell({ kind: "review", ...review });
      const { id, words, about, happenedAt, outcome } = review;
      rows.push([id, words, about, happenedAt.slice(0, 16), outcome ?? ""]);
    }
    out.tell({ kind: "summary", reviews: rows.length });
    out.say(table(REVIEW_COLUMNS, rows));
    return EXIT.done;
  });
}

const REVIEW_COLUMNS = [
  { heading: "Id" },
  { heading: "What" },
  { heading: "Whose doing" },
  { heading: "When" },
  { heading: "Outcome" },
];

async function reviewSignOff(
  id: string,
  options: PersonOptions & { readonly outcome: string; readonly note: string },
): Promise<void> {
  const { outcome, note } = options;
  const out = output(options.json === true);
  await atPersonsDesk(options, "audit:review", async ({ app, actor }) => {
    const review = await signReview(app, actor, id, { outcome, note });
    out.answer({ kind: "review", ...review }, () => `${review.id}  ${review.outcome}`);
    return EXIT.done;
  });
}
