import type { Command } from "commander";
import { OperatingError } from "../../../app/errors.ts";
import { setPayerSettings, showPayerSettings } from "../../../app/payer-settings.ts";
import { bytesOf, onFile } from "../files.ts";
import { output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";

/** The commands of what the practice decides for its payers. */
export function addPayerCommands(program: Command): void {
  const payers = program.command("payers").description("what holds for payers, one by one");
  withStoreOptions(payers.command("show").description("the payer settings in force")).action(
    payersShow,
  );
  withStoreOptions(
    payers
      .command("set")
      .description("put other payer settings in force, as schemas/payers.schema.json has them")
      .argument("<file>")
      .requiredOption("--reason <text>", "why"),
  ).action(payersSet);
}

async function payersShow(options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const shown = await showPayerSettings(app, actor);
    out.answer({ kind: "payers", ...shown }, () => JSON.stringify(shown.settings, undefined, 2));
    return EXIT.done;
  });
}

async function payersSet(
  path: string,
  options: StoreOptions & { readonly reason: string },
): Promise<void> {
  const out = output(options.json === true);
  const text = await onFile(path, () => bytesOf(path));
  await atDesk(options, async ({ app, actor }) => {
    const settings = parsed(text.toString("utf8"));
    const { reason } = options;
    const shown = await setPayerSettings(app, actor, { settings, reason });
    out.answer({ kind: "payers", ...shown }, () => `payer settings ${shown.number} are in force`);
    return EXIT.done;
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new OperatingError("invalid", "The file of settings is not JSON.", { cause: error });
  }
}
