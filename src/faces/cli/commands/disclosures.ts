import { type Command, Option } from "commander";
import {
  accountDisclosures,
  type DisclosureInput,
  recordDisclosure,
} from "../../../app/records/disclosures.ts";
import { RECORDED_PURPOSES } from "../../../app/words.ts";
import { day } from "../options.ts";
import { output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { table } from "../table.ts";

/** `patients disclosures` and `patients record-disclosure`. */
export function addDisclosureCommands(program: Command): void {
  const patients =
    program.commands.find((each) => each.name() === "patients") ??
    program.command("patients").description("what is held of a patient");
  withStoreOptions(
    patients
      .command("disclosures")
      .description("what was disclosed of a patient in six years, to whom and for what")
      .argument("<id>", "as audit events and claims name the patient")
      .option("--all", "also what the law leaves out of an accounting, marked so"),
  ).action(disclosures);
  withStoreOptions(
    patients
      .command("record-disclosure")
      .description("record that something of a patient was disclosed")
      .argument("<id>", "as audit events and claims name the patient")
      .requiredOption("--recipient <name>", "to whom")
      .option("--address <text>", "where that is")
      .requiredOption("--description <text>", "what, in brief")
      .addOption(
        new Option("--for <purpose>", "for what it was")
          .choices(RECORDED_PURPOSES)
          .makeOptionMandatory(),
      )
      .option("--date <day>", "when; today by default", day),
  ).action(record);
}

async function disclosures(
  id: string,
  options: StoreOptions & { readonly all?: boolean },
): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const { items, ...rest } = await accountDisclosures(app, actor, id, options);
    for (const item of items) out.tell({ kind: "disclosure", ...item });
    out.tell({ kind: "summary", ...rest, disclosures: items.length });
    out.say(
      table(
        COLUMNS,
        items.map(({ date, recipient, meaning, description, counts }) => [
          date,
          recipient,
          meaning,
          description.slice(0, 60),
          counts ? "" : "not counted by law",
        ]),
      ),
    );
    out.say(`${rest.from} to ${rest.to}: ${items.length} disclosures`);
    return EXIT.done;
  });
}

const COLUMNS = [
  { heading: "Day" },
  { heading: "To" },
  { heading: "For" },
  { heading: "What" },
  { heading: "" },
];

type RecordOptions = StoreOptions & Omit<DisclosureInput, "purpose"> & { readonly for: string };

async function record(id: string, options: RecordOptions): Promise<void> {
  const { date, recipient, address, description, for: purpose } = options;
  const out = output(options.json === true, undefined, { writes: true });
  await atDesk(options, async ({ app, actor }) => {
    const input = { date, recipient, address, description, purpose };
    const recorded = await recordDisclosure(app, actor, id, input);
    out.answer({ kind: "disclosure", ...recorded }, () => `Recorded for ${recorded.date}`);
    return EXIT.done;
  });
}
