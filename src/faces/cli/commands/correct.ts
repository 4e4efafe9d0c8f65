import type { Command } from "commander";
import {
  type Resubmitted,
  resubmitClaim,
  showCorrection,
} from "../../../app/denials/correct-claim.ts";
import { OperatingError } from "../../../app/errors.ts";
import { output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";

/** The command that mends the claim of a work item and sends it again. */
export function addCorrectCommand(denials: Command): void {
  withStoreOptions(
    denials
      .command("correct")
      .description("where its claim is to be mended; with --set, mend it and send it again")
      .argument("<id>")
      .option("--set <pointer=value...>", "a field of the encounter and its new value, - for none")
      .option("--dry-run", "show the difference and what the edits say, and send nothing"),
  ).action(correct);
}

type Options = StoreOptions & { readonly set?: readonly string[]; readonly dryRun?: boolean };

async function correct(id: string, options: Options): Promise<void> {
  const { set = [], dryRun = false } = options;
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    if (set.length === 0) {
      const shown = await showCorrection(app, actor, id);
      const { encounter: _, ...told } = shown;
      out.answer(told, () =>
        [shown.because, ...shown.fields.map(({ pointer, label }) => `${label}: ${pointer}`)].join(
          "\n",
        ),
      );
      return EXIT.done;
    }
    const done = await resubmitClaim(app, actor, id, { changes: set.map(changeOf), dryRun });
    out.answer(done, () => plain(done));
    return done.held ? EXIT.findings : EXIT.done;
  });
}

/** `/subscriber/memberId=M1`; a list or an object is written as JSON. */
function changeOf(text: string) {
  const at = text.indexOf("=");
  if (at < 1) throw new OperatingError("usage", "--set wants pointer=value.");
  const [pointer, value] = [text.slice(0, at), text.slice(at + 1)];
  if (value === "-") return { pointer, value: undefined };
  return { pointer, value: /^[[{]/.test(value) ? parsed(value) : value };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new OperatingError("usage", "A value that begins with [ or { must be JSON.");
  }
}

function plain({ because, findings, held, file }: Resubmitted): string {
  const told = findings.map(({ severity, message, fix = "" }) => `${severity}: ${message} ${fix}`);
  const sent = file === null ? "Nothing was sent." : `Sent in ${file.name}.`;
  return [because, ...told, held ? "It is held until the errors are mended." : sent].join("\n");
}
