import { type Command, Option } from "commander";
import { verifyAudit } from "../../../app/audit.ts";
import { checkDeposits } from "../../../app/check-deposits.ts";
import { listClaims, showClaim } from "../../../app/claims.ts";
import { denialRate } from "../../../app/denial-rate.ts";
import { payerScorecard } from "../../../app/payer-scorecard.ts";
import { checkProjections } from "../../../app/rebuild.ts";
import { findRemittances, listRemittances } from "../../../app/remittances.ts";
import { type BalanceReason, whyBalance } from "../../../app/why-balance.ts";
import { DENIAL_RATE_BREAKDOWNS } from "../../../app/words.ts";
import { day, month } from "../options.ts";
import { output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { dollars, percent, table } from "../table.ts";

/** The commands that show what is in the books: claims, remits, report, audit, rebuild. */
export function addRecordCommands(program: Command): void {
  const claims = program.command("claims").description("claims and where their money stands");
  withStoreOptions(claims.command("list").description("all claims, newest first")).action(
    claimsList,
  );
  withStoreOptions(
    claims.command("show").description("one claim").argument("<patientControlNumber>"),
  ).action(claimsShow);
  withStoreOptions(
    claims
      .command("why")
      .description("why a balance of a claim is what it is, entry by entry")
      .argument("<patientControlNumber>")
      .option("--account <name>", "one account of the ledger, such as ar-insurance")
      .option("--line <number>", "one service line, by its line control number")
      .option("--as-of <day>", "as it was known at the end of that day, YYYY-MM-DD", day),
  ).action(claimsWhy);
  const remits = program.command("remits").description("remittances and their certificates");
  withStoreOptions(remits.command("list").description("all, newest first")).action(remitsList);
  withStoreOptions(
    remits.command("show").description("one remittance").argument("<traceNumber>"),
  ).action(remitsShow);
  const report = program.command("report").description("figures with their definitions");
  withStoreOptions(
    report
      .command("denial-rate")
      .description("initial denial rate")
      .addOption(
        new Option("--by <what>", "how it is broken down")
          .choices(DENIAL_RATE_BREAKDOWNS)
          .default("reason"),
      )
      .option("--from <month>", "first remittance month, YYYY-MM", month)
      .option("--to <month>", "last remittance month, YYYY-MM", month),
  ).action(reportDenialRate);
  withStoreOptions(
    report.command("payers").description("what each payer does against the standard"),
  ).action(reportPayers);
  const audit = program.command("audit").description("the record of who did what");
  withStoreOptions(
    audit.command("verify").description("check the chain and name the first bad record"),
  ).action(auditVerify);
  withStoreOptions(
    program
      .command("rebuild")
      .description("work the projections out anew from the journal and compare")
      .requiredOption("--check", "compare only; change nothing"),
  ).action(rebuild);
}

/** Everything of a list, page by page. */
async function* all<Item>(
  page: (cursor: string | undefined) => Promise<{ items: readonly Item[]; next: string | null }>,
): AsyncGenerator<Item> {
  let cursor: string | undefined;
  do {
    const { items, next } = await page(cursor);
    yield* items;
    cursor = next ?? undefined;
  } while (cursor !== undefined);
}

async function claimsList(options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const rows: string[][] = [];
    for await (const claim of all((cursor) => listClaims(app, actor, { cursor, limit: 1000 }))) {
      out.tell({ kind: "claim", ...claim, serviceDateFrom: claim.serviceDateFrom ?? null });
      rows.push([
        claim.patientControlNumber,
        claim.payer,
        claim.serviceDateFrom ?? "",
        claim.status.adjudication,
        dollars(claim.chargeCents),
        dollars(claim.paidCents),
        dollars(claim.openInsuranceCents),
        dollars(claim.patientResponsibilityCents),
      ]);
    }
    out.tell({ kind: "summary", claims: rows.length });
    out.say(table(CLAIM_COLUMNS, rows));
    return EXIT.done;
  });
}

const CLAIM_COLUMNS = [
  { heading: "Claim" },
  { heading: "Payer" },
  { heading: "Service" },
  { heading: "State" },
  { heading: "Charge", numeric: true },
  { heading: "Paid", numeric: true },
  { heading: "Open", numeric: true },
  { heading: "Patient", numeric: true },
];

async function claimsShow(number: string, options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const claim = await showClaim(app, actor, number);
    out.answer({ ...claim, serviceDateFrom: claim.serviceDateFrom ?? null }, () => {
      const money = `${dollars(claim.chargeCents)} = paid ${dollars(claim.paidCents)} + contractual ${dollars(claim.contractualCents)} + other ${dollars(claim.otherAdjustmentCents)} + patient ${dollars(claim.patientResponsibilityCents)} + open ${dollars(claim.openInsuranceCents)} − credit ${dollars(claim.creditCents)}`;
      const lines = claim.lines.map((line) => [
        line.claimLevel ? "(claim)" : line.lineControlNumber,
        line.procedureCode,
        dollars(line.chargeCents),
        dollars(line.paidCents),
        dollars(line.contractualCents),
        dollars(line.patientResponsibilityCents),
        dollars(line.openInsuranceCents),
      ]);
      const story = claim.timeline.map(
        ({ at, event, detail }) => `  ${at.slice(0, 16)}  ${event}: ${detail}`,
      );
      return [
        `${claim.patientControlNumber}  ${claim.payer}  ${claim.serviceDateFrom ?? ""}`,
        Object.entries(claim.status)
          .map(([axis, state]) => `${axis}: ${state}`)
          .join(", "),
        money,
        table(LINE_COLUMNS, lines),
        ...story,
      ].join("\n");
    });
    return EXIT.done;
  });
}

const LINE_COLUMNS = [
  { heading: "Line" },
  { heading: "Code" },
  { heading: "Charge", numeric: true },
  { heading: "Paid", numeric: true },
  { heading: "Contractual", numeric: true },
  { heading: "Patient", numeric: true },
  { heading: "Open", numeric: true },
];

interface WhyOptions extends StoreOptions {
  readonly account?: string;
  readonly line?: string;
  readonly asOf?: string;
}

async function claimsWhy(number: string, options: WhyOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const { reasons, balanceCents } = await whyBalance(app, actor, number, {
      ...(options.account === undefined ? {} : { account: options.account }),
      ...(options.line === undefined ? {} : { lineControlNumber: options.line }),
      ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
    });
    for (const reason of reasons) {
      out.tell({ kind: "journalEntry", ...reason });
      out.say(reasonText(reason));
    }
    out.tell({ kind: "summary", journalEntries: reasons.length, balanceCents });
    out.say(
      options.account === undefined
        ? "All entries of a claim balance to zero; name an --account to follow one balance."
        : `${options.account}: ${dollars(balanceCents)}`,
    );
    return EXIT.done;
  });
}

function reasonText(reason: BalanceReason): string {
  const source = [
    reason.place,
    reason.traceNumber === null ? null : `of remittance ${reason.traceNumber}`,
    reason.file === null ? null : `in ${reason.file}`,
  ].filter((part) => part !== null);
  const moved = reason.lines.map(
    ({ account, lineControlNumber, amountCents }) =>
      `  ${dollars(amountCents).padStart(12)}  ${account}${lineControlNumber === null ? "" : `  line ${lineControlNumber}`}`,
  );
  const said = reason.segments.map(
    ({ position, text }) => `      ${String(position).padStart(6)}  ${text}`,
  );
  return [`${reason.effectiveDate}  ${reason.entry}  ${source.join(" ")}`, ...moved, ...said].join(
    "\n",
  );
}

async function remitsList(options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const rows: string[][] = [];
    for await (const remit of all((cursor) =>
      listRemittances(app, actor, { cursor, limit: 1000 }),
    )) {
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
    out.say(table(REMIT_COLUMNS, rows));
    return EXIT.done;
  });
}

const REMIT_COLUMNS = [
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

async function remitsShow(traceNumber: string, options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    for (const remit of await findRemittances(app, actor, traceNumber)) {
      out.answer({ ...remit, paymentDate: remit.paymentDate ?? null }, () => {
        const parked = remit.parked.map(
          (each) =>
            `  parked ${each.patientControlNumber}: ${each.message} Residual ${dollars(each.residualCents)}.`,
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

async function reportPayers(options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const { payers } = await payerScorecard(app, actor);
    for (const score of payers) {
      const { payer, units, days, measures } = score;
      out.tell({ kind: "payer", ...score });
      const rows = measures
        .filter(({ count }) => count > 0)
        .map(({ words, count, of, rate }) => [words, String(count), String(of), percent(rate)]);
      const answered =
        days.median === null
          ? ""
          : `; days to the first answer: ${days.median}, at most ${days.longest}`;
      out.say(
        `${payer}: ${units.remittances} remittances, ${units.claimPayments} claim payments${answered}`,
      );
      out.say(rows.length === 0 ? "  nothing against the standard" : table(PAYER_COLUMNS, rows));
    }
    out.tell({ kind: "summary", payers: payers.length });
    return EXIT.done;
  });
}

const PAYER_COLUMNS = [
  { heading: "Against the standard" },
  { heading: "Times", numeric: true },
  { heading: "Of", numeric: true },
  { heading: "Rate", numeric: true },
];

async function reportDenialRate(
  options: StoreOptions & { by: string; from?: string; to?: string },
): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const report = await denialRate(app, actor, options);
    out.answer(report, () => {
      const rows = report.rows.map((row) => [
        row.key,
        row.label ?? "",
        String(row.numerator),
        String(row.denominator),
        percent(row.rate),
      ]);
      return [
        `Denial rate ${percent(report.rate)} (${report.numerator} of ${report.denominator})`,
        report.definition,
        table(RATE_COLUMNS, rows),
      ].join("\n");
    });
    return EXIT.done;
  });
}

const RATE_COLUMNS = [
  { heading: "Key" },
  { heading: "Meaning" },
  { heading: "Denied", numeric: true },
  { heading: "Of", numeric: true },
  { heading: "Rate", numeric: true },
];

async function auditVerify(options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const report = await verifyAudit(app, actor);
    const answer = { ...report, firstBad: report.firstBad ?? null };
    out.answer(answer, () =>
      report.firstBad === undefined
        ? `${report.events} audit events: the chain holds`
        : `The chain breaks at event ${report.firstBad.sequence}: ${report.firstBad.reason}`,
    );
    return report.ok ? EXIT.done : EXIT.findings;
  });
}

async function rebuild(options: StoreOptions): Promise<void> {
  const out = output(options.json === true, ({ claim, id, of }) =>
    claim === undefined ? `  ${of} ${id} differs` : `  ${claim} differs in its ${of}`,
  );
  await atDesk(options, async ({ app, actor }) => {
    const claims = await checkProjections(app, actor, out.tell);
    const report = { ...claims, ...(await checkDeposits(app, actor, out.tell)) };
    out.answer({ kind: "summary", ...report }, () =>
      [
        `${report.claims} claims: ${report.differing} differ from their journal-built state, ${report.unledgered} from the journal`,
        `${report.deposits} deposits: ${report.misplaced} differences; cash in transit is off by ${dollars(report.transitDifferenceCents)}`,
      ].join("\n"),
    );
    return report.differing + report.unledgered + report.misplaced === 0
      ? EXIT.done
      : EXIT.findings;
  });
}
