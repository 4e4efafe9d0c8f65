import type { Command } from "commander";
import { type KeyReport, resealData, retireKeys, rotateKeys, showKeys } from "../../../app/keys.ts";
import { output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";

/** The commands that look after the keys by which patient data is sealed at rest. */
export function addEncryptionCommands(program: Command): void {
  const encryption = program
    .command("encryption")
    .description("the keys that seal patient data at rest");
  withStoreOptions(
    encryption.command("show").description("which keys there are, and where they are kept"),
  ).action(show);
  withStoreOptions(
    encryption
      .command("rotate")
      .description("make a new key, and seal everything anew by it, also while others work"),
  ).action(rotate);
  withStoreOptions(
    encryption
      .command("reseal")
      .description("seal by the current key what is not: go on with a rotation that was cut off"),
  ).action(reseal);
  withStoreOptions(
    encryption
      .command("retire")
      .description("forget old keys, once nothing is left that they have sealed"),
  ).action(retire);
}

async function show(options: StoreOptions): Promise<void> {
  await atDesk(options, async ({ app }) => {
    tell(options, showKeys(app));
    return EXIT.done;
  });
}

async function rotate(options: StoreOptions): Promise<void> {
  await atDesk(options, async ({ app, actor }) => {
    tell(options, await rotateKeys(app, actor));
    return EXIT.done;
  });
  await reseal(options);
}

async function reseal(options: StoreOptions): Promise<void> {
  await atDesk(options, async ({ app, actor }) => {
    const report = await resealData(app, actor, () => undefined);
    output(options.json === true).answer({ kind: "summary", ...report }, () =>
      Object.entries(report)
        .map(([name, { seen, resealed }]) => `${name}: ${resealed} of ${seen} sealed anew`)
        .join("\n"),
    );
    return EXIT.done;
  });
}

async function retire(options: StoreOptions): Promise<void> {
  await atDesk(options, async ({ app, actor }) => {
    tell(options, await retireKeys(app, actor));
    return EXIT.done;
  });
}

function tell(options: StoreOptions, report: KeyReport): void {
  output(options.json === true).answer({ kind: "keys", ...report }, () =>
    [
      `Keys from ${report.source}`,
      ...report.keys.map(
        ({ id, createdAt }) =>
          `  ${id} of ${createdAt.slice(0, 10)}${id === report.current ? ", current" : ""}`,
      ),
    ].join("\n"),
  );
}
