import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { finished } from "node:stream/promises";
import type { Command } from "commander";
import { OperatingError } from "../../../app/errors.ts";
import { exportPractice, importPractice, type MoveReport } from "../../../app/move-practice.ts";
import { loadKeys } from "../../../app/open-app.ts";
import { type DrillReport, drillRestore } from "../../../app/store-drill.ts";
import { backupStore, compactStore, restoreStore, verifyStore } from "../../../app/store-upkeep.ts";
import { output } from "../output.ts";
import { atDesk, EXIT, environmentOf, type StoreOptions, withStoreOptions } from "../run.ts";
import { dollars } from "../table.ts";

/** The commands that look after the place where the program remembers. */
export function addStoreCommands(program: Command): void {
  const store = program.command("store").description("where the program remembers");
  withStoreOptions(store.command("show").description("which store is in use")).action(show);
  withStoreOptions(
    store.command("verify").description("check the embedded store's file, documents and indexes"),
  ).action(verify);
  withStoreOptions(
    store.command("compact").description("give unused space of the embedded store back"),
  ).action(compact);
  withStoreOptions(
    store
      .command("backup")
      .description("copy the embedded store into one sealed file, also while it is in use")
      .argument("<file>"),
  ).action(backup);
  withStoreOptions(
    store
      .command("restore")
      .description("put a backup into an empty folder and check it")
      .argument("<file>"),
  ).action(restore);
  withStoreOptions(
    store
      .command("drill")
      .description("restore a backup elsewhere, prove that it is whole, remove it again")
      .argument("<file>"),
  ).action(drill);
  withStoreOptions(
    store
      .command("export")
      .description("write everything of a practice as lines of extended JSON, to move it")
      .argument("<file>"),
  ).action(exportTo);
  withStoreOptions(
    store
      .command("import")
      .description("take an export into a store where the practice has nothing yet")
      .argument("<file>"),
  ).action(importFrom);
}

async function show(options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app }) => {
    const { description } = app.store;
    out.answer({ kind: "store", description }, () => description);
    return EXIT.done;
  });
}

function folderOf(options: StoreOptions): string {
  const { mongodbUri, dataDirectory } = environmentOf(options);
  if (mongodbUri !== undefined) {
    throw new OperatingError("usage", "MONGODB_URI is set: use MongoDB's own tools for that.");
  }
  return dataDirectory;
}

function verify(options: StoreOptions): void {
  const report = verifyStore(folderOf(options));
  output(options.json === true).answer({ kind: "summary", ...report }, () =>
    [
      `${report.documents} documents, ${report.keys} index keys, ${report.problems.length} problems`,
      ...report.problems.map((problem) => `  ${problem}`),
    ].join("\n"),
  );
  process.exitCode = report.problems.length === 0 ? EXIT.done : EXIT.findings;
}

function compact(options: StoreOptions): void {
  compactStore(folderOf(options));
  output(options.json === true).answer({ kind: "summary", ok: true }, () => "compacted");
}

async function backup(file: string, options: StoreOptions): Promise<void> {
  const path = resolve(file);
  await backupStore(folderOf(options), path, loadKeys(environmentOf(options)));
  output(options.json === true).answer({ kind: "summary", file: path }, () => `wrote ${path}`);
}

async function restore(file: string, options: StoreOptions): Promise<void> {
  const keys = loadKeys(environmentOf(options));
  const report = await restoreStore(resolve(file), folderOf(options), keys);
  output(options.json === true).answer(
    { kind: "summary", ...report },
    () => `${report.documents} documents restored and checked`,
  );
}

async function drill(file: string, options: StoreOptions): Promise<void> {
  folderOf(options);
  await atDesk(options, async ({ app, actor }) => {
    const report = await drillRestore(app, actor, resolve(file));
    output(options.json === true).answer({ kind: "summary", ...report }, () => drillWords(report));
    return report.ok ? EXIT.done : EXIT.findings;
  });
}

function drillWords({ backup, ok, differences, proof }: DrillReport): string {
  const verdict = ok ? "The backup is whole" : "The backup is NOT whole";
  const lines = [`${verdict} (SHA-256 ${backup.slice(0, 16)}…)`, ...differences];
  if (proof === undefined) return lines.join("\n");
  const { audit, sealed, entriesAtHand } = proof;
  const opened = sealed.reduce((sum, each) => sum + each.sealed - each.unopened, 0);
  const all = sealed.reduce((sum, each) => sum + each.sealed, 0);
  return [
    ...lines,
    `  ${proof.documents} documents and ${proof.keys} index keys read and checked`,
    `  trial balance ${dollars(proof.totalCents)}; ${proof.claims ?? "no"} claims held against their journal`,
    `  ${audit.events} audit events, ${audit.checkpoints} signed checkpoints, the last at event ${audit.vouched}; ${audit.since} recorded since`,
    `  ${opened} of ${all} sealed documents and files open with the keys at hand`,
    entriesAtHand === null
      ? "  the store at hand has nothing of this practice to compare with"
      : `  ${entriesAtHand} journal entries stand unchanged in the store at hand`,
  ].join("\n");
}

async function exportTo(file: string, options: StoreOptions): Promise<void> {
  await atDesk(options, async ({ app, actor }) => {
    const target = createWriteStream(resolve(file), { flags: "wx", mode: 0o600 });
    await once(target, "open").catch(() => {
      throw new OperatingError("file-exists");
    });
    const drain = () => once(target, "drain");
    const report = await exportPractice(app, actor, (line) => target.write(line), drain);
    target.end();
    await finished(target);
    tell(options, report);
    return EXIT.done;
  });
}

async function importFrom(file: string, options: StoreOptions): Promise<void> {
  await atDesk(options, async ({ app, actor }) => {
    tell(options, await importPractice(app, actor, linesOf(resolve(file))));
    return EXIT.done;
  });
}

/** The lines of a file; it is opened when the first is asked for, so that none goes by unread. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const input = createReadStream(path, "utf8");
  await once(input, "open").catch(() => {
    throw new OperatingError("file-unreadable", "There is no such file.");
  });
  yield* createInterface({ input });
}

function tell(options: StoreOptions, report: MoveReport): void {
  output(options.json === true).answer({ kind: "summary", ...report }, () => {
    const documents = Object.values(report.documents).reduce((sum, count) => sum + count, 0);
    const head = report.auditHead;
    return `${documents} documents; audit chain ends at event ${head?.sequence ?? 0}, ${head?.hash.slice(0, 16) ?? "-"}`;
  });
}
