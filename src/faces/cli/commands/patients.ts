import type { Command } from "commander";
import { erasePatient } from "../../../app/records/erase-patient.ts";
import { exportPatient } from "../../../app/records/export-patient.ts";
import { findPatients } from "../../../app/records/find-patients.ts";
import { patientPage } from "../../papers/patient-page.ts";
import { writeLines } from "../files.ts";
import { day } from "../options.ts";
import { output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { table } from "../table.ts";

/** The commands about what is held of a patient: find, export, erase. */
export function addPatientCommands(program: Command): void {
  const patients = program.command("patients").description("what is held of a patient");
  withStoreOptions(
    patients
      .command("find")
      .description("patients with the ids by which the other commands name them")
      .option("--name <name>", "Last, or Last, First")
      .option("--birth-date <day>", "YYYY-MM-DD", day)
      .option("--member-id <id>", "as a payer knows the patient"),
  ).action(find);
  withStoreOptions(
    patients
      .command("export")
      .description("everything that is held of a patient: a JSON file, and a page beside it")
      .argument("<id>", "as patients find says it")
      .requiredOption("-o, --output <file>", "the JSON file; the page ends in .html"),
  ).action(exportTo);
  withStoreOptions(
    patients
      .command("erase")
      .description("erase what is held of a patient, where retention and holds allow it")
      .argument("<id>", "as patients find says it")
      .requiredOption("--reason <text>", "why; it is kept"),
  ).action(erase);
}

async function find(
  options: StoreOptions & { name?: string; birthDate?: string; memberId?: string },
): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const found = await findPatients(app, actor, options);
    for (const patient of found) out.tell({ kind: "patient", ...patient });
    out.say(
      table(
        [
          { heading: "Id" },
          { heading: "Name" },
          { heading: "Born" },
          { heading: "Claims", numeric: true },
        ],
        found.map(({ patientId, lastName, firstName, birthDate, claims }) => [
          patientId,
          `${lastName}, ${firstName}`,
          birthDate ?? "",
          String(claims),
        ]),
      ),
    );
    return EXIT.done;
  });
}

async function exportTo(id: string, options: StoreOptions & { output: string }): Promise<void> {
  const { output: file } = options;
  await atDesk(options, async ({ app, actor }) => {
    // Both files are there before anything is asked for and goes on record.
    const page = await writeLines(`${file.replace(/\.json$/i, "")}.html`, async () => {
      const { bundle, path } = await writeLines(file, async () => {
        const made = await exportPatient(app, actor, id);
        return { bundle: made, lines: one(JSON.stringify(made, undefined, 2)) };
      });
      return { bundle, file: path, lines: one(patientPage(bundle)) };
    });
    const { sections } = page.bundle.index;
    const counts = Object.fromEntries(sections.map(({ section, count }) => [section, count]));
    const summary = { kind: "summary", patientId: id, file: page.file, page: page.path, counts };
    output(options.json === true).answer(
      summary,
      () => `wrote ${page.file} and ${page.path}: ${counts.claims} claims`,
    );
    return EXIT.done;
  });
}

async function* one(text: string): AsyncGenerator<string> {
  yield text;
}

async function erase(id: string, options: StoreOptions & { reason: string }): Promise<void> {
  await atDesk(options, async ({ app, actor }) => {
    const report = await erasePatient(app, actor, id, options);
    output(options.json === true).answer({ kind: "summary", ...report }, () =>
      Object.entries(report.purged)
        .map(([name, count]) => `${name}: ${count}`)
        .join(", "),
    );
    return EXIT.done;
  });
}
