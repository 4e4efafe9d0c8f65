import type { Command } from "commander";
import type { Actor, App } from "../../../app/context.ts";
import { OperatingError } from "../../../app/errors.ts";
import type { Tell } from "../../../app/events.ts";
import { type Adopted, adoptRules } from "../../../app/posting/adopt-rules.ts";
import {
  type ReplayReport,
  type ReplayRow,
  replayLedger,
} from "../../../app/posting/replay-ledger.ts";
import { type RulesVersion, rulesHistory, showRules } from "../../../app/posting/rules-in-force.ts";
import { bytesOf, onFile } from "../files.ts";
import { day } from "../options.ts";
import { output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { dollars, table } from "../table.ts";

/** The commands of posting rules: which are in force, which were, what others would change, and putting these in force. */
export function addRulesCommands(ledger: Command): void {
  withStoreOptions(
    ledger
      .command("replay")
      .description("decide posted remittances again under other rules, and show the difference")
      .requiredOption("--rules <file>", "the rules, as schemas/README.md describes them")
      .option("--from <day>", "remittances paid from that day on, YYYY-MM-DD", day)
      .option("--to <day>", "remittances paid up to that day, YYYY-MM-DD", day)
      .option("--adopt <version>", "put the version in force that this has shown before")
      .option("--reason <text>", "why it is put in force")
      .option("--repost", "with --adopt: what is posted of the period follows, by new entries"),
  ).action(ledgerReplay);
  const rules = ledger.command("rules").description("the posting rules of the practice");
  withStoreOptions(
    rules
      .command("show")
      .description("the rules in force, or another version, as a file that replay takes")
      .argument("[version]", "as rules history says it"),
  ).action(rulesShow);
  withStoreOptions(
    rules.command("history").description("every version: from when, by whom, why"),
  ).action(rulesVersions);
}

interface ReplayOptions extends StoreOptions {
  readonly rules: string;
  readonly from?: string;
  readonly to?: string;
  readonly adopt?: string;
  readonly reason?: string;
  readonly repost?: boolean;
}

async function ledgerReplay(options: ReplayOptions): Promise<void> {
  const out = output(options.json === true, ({ kind, claims }) =>
    kind === "progress" && process.stdout.isTTY ? `  ${claims} claims decided again` : undefined,
  );
  const text = await onFile(options.rules, () => bytesOf(options.rules));
  await atDesk(options, async ({ app, actor }) => {
    const rules = parsedRules(text.toString("utf8"));
    const { rows, ...report } = await replayed(app, actor, rules, options, out.tell);
    for (const row of rows) out.tell({ kind: "reason", ...row });
    if (rows.length > 0) out.say(table(REASON_COLUMNS, rows.map(reasonCells)));
    const accounts = Object.entries(report.accounts).map(([name, amount]) => [
      name,
      dollars(amount),
    ]);
    if (accounts.length > 0) out.say(table(ACCOUNT_COLUMNS, accounts));
    out.answer({ kind: "summary", ...report }, () => summaryOf({ ...report, rows }));
    return EXIT.done;
  });
}

/** The difference and, where a version is named, that version in force. */
function replayed(
  app: App,
  actor: Actor,
  rules: unknown,
  { from, to, adopt, reason = "", repost = false }: ReplayOptions,
  tell: Tell,
): Promise<ReplayReport | Adopted> {
  const period = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  if (adopt === undefined) {
    if (repost) throw new OperatingError("usage", "--repost goes with --adopt.");
    return replayLedger(app, actor, rules, period, tell);
  }
  return adoptRules(app, actor, { rules, version: adopt, reason, repost, ...period }, tell);
}

function summaryOf(report: ReplayReport | Adopted): string {
  const adopted = "inForceFrom" in report ? report : undefined;
  return [
    `rules ${report.rulesBefore} → ${report.rules}: ${outcomeOf(adopted)}`,
    `${report.claimsChanged} of ${report.claims} claims and ${report.decisionsChanged} of ${report.decisions} decisions ${adopted?.reposted ? "differ" : "would differ"}`,
    `work items: ${report.itemsOpened} more, ${report.itemsClosed} fewer; ${report.wouldWait} payments would wait`,
    ...(adopted === undefined
      ? [`put in force: the same with --adopt ${report.rules} --reason TEXT [--repost]`]
      : []),
  ].join("\n");
}

function outcomeOf(adopted: Adopted | undefined): string {
  if (adopted === undefined) return "nothing was posted";
  if (adopted.reposted === null) return "in force from now on; old postings stay as they were";
  const { claims, remittances, journalEntries } = adopted.reposted;
  return `in force; ${claims} claims of ${remittances} remittances followed by ${journalEntries} entries`;
}

function parsedRules(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new OperatingError("invalid", "The file of rules is not JSON.", { cause: error });
  }
}

async function rulesShow(version: string | undefined, options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const shown = await showRules(app, actor, version);
    out.answer({ kind: "rules", ...shown }, () => JSON.stringify(shown.rules, undefined, 2));
    return EXIT.done;
  });
}

async function rulesVersions(options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const versions = await rulesHistory(app, actor);
    for (const each of versions) out.tell({ kind: "rulesVersion", ...each });
    out.tell({ kind: "summary", versions: versions.length });
    out.say(table(VERSION_COLUMNS, versions.map(versionCells)));
    return EXIT.done;
  });
}

function versionCells({ version, inForce, inForceFrom, by, reason }: RulesVersion): string[] {
  return [version, inForce ? "in force" : "", inForceFrom ?? "built in", by ?? "", reason ?? ""];
}

const VERSION_COLUMNS = ["Version", "", "From", "By", "Why"].map((heading) => ({ heading }));

function reasonCells(row: ReplayRow): string[] {
  const { payer, groupCode, reasonCode, before, after, times, amountCents } = row;
  const reason = `${groupCode}-${reasonCode}`;
  return [payer, reason, before, after, String(times), dollars(amountCents)];
}

const REASON_COLUMNS = [
  { heading: "Payer" },
  { heading: "Reason" },
  { heading: "Now" },
  { heading: "Then" },
  { heading: "Times", numeric: true },
  { heading: "Amount", numeric: true },
];

const ACCOUNT_COLUMNS = [{ heading: "Account" }, { heading: "Change", numeric: true }];
