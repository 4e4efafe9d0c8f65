import { createReadStream } from "node:fs";
import type { Command } from "commander";
import { verifyAudit } from "../../../app/audit/audit.ts";
import { checkpointAudit, exportAudit, exportFhir } from "../../../app/audit/export-audit.ts";
import { verifyExport } from "../../../app/audit/verify-export.ts";
import { incoming, writeLines } from "../files.ts";
import { output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { addReviewCommands } from "./governance.ts";

/** The commands of who looks after the record of who did what. */
export function addAuditCommands(program: Command): void {
  const audit = program.command("audit").description("the record of who did what");
  withStoreOptions(
    audit
      .command("verify")
      .description("check the chain and name the first bad record")
      .option("--file <file>", "check an export instead; needs no store")
      .option("--key <id>", "the signing key's name, as it is known from elsewhere"),
  ).action(verify);
  withStoreOptions(
    audit
      .command("checkpoint")
      .description("check the chain, sign its end, keep that outside the database"),
  ).action(checkpoint);
  withStoreOptions(
    audit
      .command("export")
      .description("write the trail with its checkpoints, to be checked without a store")
      .argument("<file>")
      .option("--fhir", "as FHIR R4 AuditEvent, NDJSON"),
  ).action(exportTo);
  addReviewCommands(audit);
}

interface VerifyOptions extends StoreOptions {
  readonly file?: string;
  readonly key?: string;
}

async function verify(options: VerifyOptions): Promise<void> {
  const { file } = options;
  if (file !== undefined) return verifyFile(file, options);
  await atDesk(options, async ({ app, actor }) => {
    const report = await verifyAudit(app, actor);
    tell(options, report);
    return report.ok ? EXIT.done : EXIT.findings;
  });
}

async function verifyFile(path: string, options: VerifyOptions): Promise<void> {
  await incoming(path); // says what is wrong with a file that cannot be read
  const report = await verifyExport(createReadStream(path), options.key);
  tell(options, { ...report, vouched: report.events, unsigned: [], cut: [] });
  process.exitCode = report.ok ? EXIT.done : EXIT.findings;
}

interface Verdict {
  readonly events: number;
  readonly checkpoints: number;
  readonly vouched: number;
  readonly unsigned: readonly number[];
  readonly cut: readonly number[];
  readonly keyId?: string;
  readonly firstBad?: { readonly sequence: number; readonly reason: string };
}

function tell({ json }: StoreOptions, report: Verdict): void {
  const { events, checkpoints, vouched, unsigned, cut, firstBad, keyId } = report;
  output(json === true).answer({ ...report, firstBad: firstBad ?? null }, () =>
    [
      firstBad === undefined
        ? `${events} audit events: the chain holds`
        : `The chain breaks at event ${firstBad.sequence}: ${firstBad.reason}`,
      checkpoints === 0
        ? "No signed checkpoint vouches for it: whoever holds the database could have written all of it anew"
        : `${checkpoints} signed checkpoints held against it, the last at event ${vouched}`,
      ...unsigned.map((line) => `Line ${line} of the checkpoints is not signed by the key`),
      ...cut.map((line) => `Line ${line} of the checkpoints was cut off`),
      ...(keyId === undefined ? [] : [`Signed by the key ${keyId}: compare it with your own note`]),
    ].join("\n"),
  );
}

async function checkpoint(options: StoreOptions): Promise<void> {
  await atDesk(options, async ({ app, actor }) => {
    const report = await checkpointAudit(app, actor);
    output(options.json === true).answer(
      { kind: "checkpoint", ...report },
      () =>
        `Event ${report.sequence} signed by the key ${report.keyId}; added to ${report.file}: keep a copy elsewhere`,
    );
    return EXIT.done;
  });
}

async function exportTo(
  file: string,
  options: StoreOptions & { readonly fhir?: boolean },
): Promise<void> {
  await atDesk(options, async ({ app, actor }) => {
    const { events, keyId, path } = await writeLines(file, async () =>
      options.fhir === true ? exportFhir(app, actor) : exportAudit(app, actor),
    );
    output(options.json === true).answer(
      { kind: "summary", events, keyId, file: path },
      () => `${events} audit events in ${path}; signed by the key ${keyId}`,
    );
    return EXIT.done;
  });
}
