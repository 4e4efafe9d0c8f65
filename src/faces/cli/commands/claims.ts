import type { Command } from "commander";
import { listClaims, showClaim } from "../../../app/claims/claims.ts";
import { type BalanceReason, whyBalance } from "../../../app/claims/why-balance.ts";
import { openLateCrossovers } from "../../../app/denials/late-crossovers.ts";
import { everyPage } from "../../every-page.ts";
import { day } from "../options.ts";
import { output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { dollars, table } from "../table.ts";
import { addWriteOffCommands } from "./approvals.ts";

/** The commands about claims: list, show, why, late-crossovers. */
export function addClaimCommands(program: Command): void {
  const claims = program.command("claims").description("claims and where their money stands");
  withStoreOptions(claims.command("list").description("all claims, newest first")).action(
    claimsList,
  );
  withStoreOptions(
    claims
      .command("show")
      .description("one claim")
      .argument("<patientControlNumber>")
      .option("--as-of <day>", "as it stood at the end of that day, YYYY-MM-DD", day),
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
  withStoreOptions(
    claims
      .command("late-crossovers")
      .description("open a work item for each claim that a payer forwarded and nobody answered"),
  ).action(claimsLateCrossovers);
  addWriteOffCommands(claims);
}

async function claimsLateCrossovers(options: StoreOptions): Promise<void> {
  const out = output(options.json === true, undefined, { writes: true });
  await atDesk(options, async ({ app, actor }) => {
    const { opened, days } = await openLateCrossovers(app, actor, () => undefined);
    out.answer(
      { kind: "summary", opened, days },
      () =>
        `${opened} work items opened for claims that were forwarded and not answered in time (usually ${days} days)`,
    );
    return EXIT.done;
  });
}

async function claimsList(options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const rows: string[][] = [];
    for await (const claim of everyPage((paging) => listClaims(app, actor, paging))) {
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

async function claimsShow(
  number: string,
  { asOf, ...options }: StoreOptions & { readonly asOf?: string },
): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const claim = await showClaim(app, actor, number, asOf === undefined ? {} : { asOf });
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
  const undone = reason.negates === null ? "" : `  undone: ${reason.reason}`;
  const head = `${reason.effectiveDate}  ${reason.entry}  ${source.join(" ")}${undone}`;
  return [head, ...moved, ...said].join("\n");
}
