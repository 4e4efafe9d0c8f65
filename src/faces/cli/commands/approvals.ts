import { type Command, Option } from "commander";
import {
  APPROVAL_STATUSES,
  approve,
  listApprovals,
  refuse,
} from "../../../app/approvals/approvals.ts";
import { changeSettings, type DoneOrAsked, writeOffClaim } from "../../../app/approvals/ask.ts";
import { takeWriteOffBack } from "../../../app/claims/write-off.ts";
import { showSettings } from "../../../app/practice-rules.ts";
import { everyPage } from "../../every-page.ts";
import { amount, wholeNumber } from "../options.ts";
import { type Output, output } from "../output.ts";
import { AS, atPersonsDesk, type PersonOptions } from "../persons-desk.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { dollars, table } from "../table.ts";

/** The commands of what takes two people: approvals and settings. */
export function addApprovalCommands(program: Command): void {
  const approvals = program
    .command("approvals")
    .description("what waits for a second person before it is done");
  withStoreOptions(
    approvals
      .command("list")
      .description("requests with what they will do to the cent, newest first")
      .addOption(
        new Option("--status <status>", "which of them")
          .choices(APPROVAL_STATUSES)
          .default("pending"),
      ),
  ).action(approvalsList);
  withStoreOptions(
    approvals
      .command("approve")
      .description("approve what another person asked for: it is carried out at once")
      .argument("<id>")
      .option("--note <text>", "what there is to say")
      .requiredOption(...AS),
  ).action(approvalsApprove);
  withStoreOptions(
    approvals
      .command("refuse")
      .description("refuse what another person asked for")
      .argument("<id>")
      .requiredOption("--reason <text>", "why")
      .requiredOption(...AS),
  ).action(approvalsRefuse);
  const settings = program.command("settings").description("what the practice has set for itself");
  withStoreOptions(settings.command("show").description("the settings that hold")).action(show);
  withStoreOptions(
    settings
      .command("change")
      .description("ask for other settings: always the act of two people")
      .option("--approval-limit <dollars>", "write-offs and refunds above it take two", amount)
      .option("--mass-read <patients>", "so many in an hour are ordinary", wholeNumber(0, 999_999))
      .option("--time-zone <name>", "of the practice's hours, such as America/Chicago")
      .option("--opens <HH:MM>", "of the practice's hours")
      .option("--closes <HH:MM>", "of the practice's hours")
      .option("--days <numbers>", "such as 12345: 1 is Monday, 7 is Sunday")
      .requiredOption("--reason <text>", "why"),
  ).action(change);
}

/** `claims write-off` and `claims take-write-off-back`. */
export function addWriteOffCommands(claims: Command): void {
  withStoreOptions(
    claims
      .command("write-off")
      .description("write off what payers owe; above the limit a second person decides")
      .argument("<patientControlNumber>")
      .requiredOption("--amount <dollars>", "how much of what is open", amount)
      .requiredOption("--reason <text>", "why")
      .option("--line <number>", "one service line; all in their order by default"),
  ).action(writeOff);
  withStoreOptions(
    claims
      .command("take-write-off-back")
      .description("take a write-off back: the money is open again")
      .argument("<id>", "of the write-off")
      .requiredOption("--reason <text>", "why"),
  ).action(takeBack);
}

/** Tells what was done, or that a second person is asked; the latter is parked work. */
export function tellDoneOrAsked<Done extends object>(
  out: Output,
  kind: string,
  { done, approval }: DoneOrAsked<Done>,
  plain: (done: Done) => string,
): number {
  if (approval === undefined) {
    out.answer({ kind, ...done }, () => plain(done));
    return EXIT.done;
  }
  out.answer({ kind: "approval", ...approval }, () => asked(approval));
  return EXIT.findings;
}

type Approval = NonNullable<DoneOrAsked<object>["approval"]>;

function asked({ id, expiresAt }: Approval): string {
  return `Another person has to approve it until ${expiresAt.slice(0, 10)}: approval ${id}`;
}

async function writeOff(
  patientControlNumber: string,
  options: StoreOptions & {
    readonly amount: number;
    readonly reason: string;
    readonly line?: string;
  },
): Promise<void> {
  const { amount: amountCents, reason, line } = options;
  const out = output(options.json === true, undefined, { writes: true });
  await atDesk(options, async ({ app, actor }) => {
    const input = { patientControlNumber, amountCents, reason, line };
    const answer = await writeOffClaim(app, actor, input);
    return tellDoneOrAsked(out, "writeOff", answer, (done) => written(done, "written off"));
  });
}

async function takeBack(
  id: string,
  options: StoreOptions & { readonly reason: string },
): Promise<void> {
  const out = output(options.json === true, undefined, { writes: true });
  await atDesk(options, async ({ app, actor }) => {
    const done = await takeWriteOffBack(app, actor, id, options);
    out.answer({ kind: "writeOff", ...done }, () => written(done, "open again"));
    return EXIT.done;
  });
}

function written(
  done: { readonly id: string; readonly amountCents: number; readonly openInsuranceCents: number },
  what: string,
): string {
  const { id, amountCents, openInsuranceCents } = done;
  return `${dollars(amountCents)} ${what} (write-off ${id}); ${dollars(openInsuranceCents)} open`;
}

async function approvalsList(options: StoreOptions & { readonly status: string }): Promise<void> {
  const { status } = options;
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const rows: string[][] = [];
    const every = everyPage((paging) => listApprovals(app, actor, { ...paging, status }));
    for await (const approval of every) {
      out.tell({ kind: "approval", ...approval });
      const { id, act, amountCents, requestedBy, expiresAt, reason } = approval;
      const money = amountCents === null ? "" : dollars(amountCents);
      rows.push([id, act, money, requestedBy, expiresAt.slice(0, 10), reason.slice(0, 60)]);
    }
    out.tell({ kind: "summary", approvals: rows.length });
    out.say(table(COLUMNS, rows));
    return EXIT.done;
  });
}

const COLUMNS = [
  { heading: "Id" },
  { heading: "Act" },
  { heading: "Amount", numeric: true },
  { heading: "Asked by" },
  { heading: "Until" },
  { heading: "Reason" },
];

async function approvalsApprove(
  id: string,
  options: PersonOptions & { readonly note?: string },
): Promise<void> {
  const out = output(options.json === true, undefined, { writes: true });
  await atPersonsDesk(options, "approvals:decide", async ({ app, actor }) => {
    const { approval, done } = await approve(app, actor, id, options);
    out.answer({ kind: "approval", ...approval, done }, () => `${id}  approved and done`);
    return EXIT.done;
  });
}

async function approvalsRefuse(
  id: string,
  options: PersonOptions & { readonly reason: string },
): Promise<void> {
  const out = output(options.json === true, undefined, { writes: true });
  await atPersonsDesk(options, "approvals:decide", async ({ app, actor }) => {
    const approval = await refuse(app, actor, id, options);
    out.answer({ kind: "approval", ...approval }, () => `${id}  refused`);
    return EXIT.done;
  });
}

async function show(options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const settings = await showSettings(app, actor);
    const { approvalLimitCents } = settings;
    const plain = () =>
      `Write-offs and refunds above ${dollars(approvalLimitCents)} take two people`;
    out.answer({ kind: "settings", ...settings }, plain);
    return EXIT.done;
  });
}

interface SettingsOptions extends StoreOptions {
  readonly approvalLimit?: number;
  readonly massRead?: number;
  readonly timeZone?: string;
  readonly opens?: string;
  readonly closes?: string;
  readonly days?: string;
  readonly reason: string;
}

async function change(options: SettingsOptions): Promise<void> {
  const { approvalLimit: approvalLimitCents, massRead: massReadPatients, reason } = options;
  const out = output(options.json === true, undefined, { writes: true });
  await atDesk(options, async ({ app, actor }) => {
    const { practiceHours } = await showSettings(app, actor);
    const hours = hoursOf(options, practiceHours);
    const input = { approvalLimitCents, massReadPatients, practiceHours: hours, reason };
    const answer = await changeSettings(app, actor, input);
    return tellDoneOrAsked(out, "settings", answer, () => "The settings are changed");
  });
}

type Hours = Awaited<ReturnType<typeof showSettings>>["practiceHours"];

/** The hours with what the options say; undefined where they say nothing of them. */
function hoursOf({ timeZone, opens, closes, days }: SettingsOptions, hours: Hours) {
  if ([timeZone, opens, closes, days].every((each) => each === undefined)) return undefined;
  return {
    timeZone: timeZone ?? hours.timeZone,
    opens: opens ?? hours.opens,
    closes: closes ?? hours.closes,
    days: days === undefined ? hours.days : [...days].map(Number),
  };
}
