import { type Command, Option } from "commander";
import { HUMAN_ROLES, type Role } from "../../../app/access.ts";
import { importCodes } from "../../../app/claims/code-sets.ts";
import { listRules } from "../../../app/claims/rules.ts";
import {
  changeRoles,
  createSetupLink,
  listUsers,
  preparePeople,
} from "../../../app/people/people.ts";
import { resetFactor } from "../../../app/people/second-factor.ts";
import { unlinkUser } from "../../../app/people/sign-on.ts";
import { bytesOf, onFile } from "../files.ts";
import { output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { table } from "../table.ts";

/** The commands that set a practice up: codes, rules, users. */
export function addSettingsCommands(program: Command): void {
  const codes = program.command("codes").description("code sets");
  withStoreOptions(
    codes
      .command("import")
      .description("import official releases: ICD-10-CM order file, HCPCS, …; zip or text")
      .argument("<files...>"),
  ).action(codesImport);
  const rules = program.command("rules").description("what is checked before a claim goes out");
  rules.command("list").option("--json", "NDJSON for programs").action(rulesList);
  const users = program.command("users").description("people who sign in");
  withStoreOptions(users.command("list")).action(usersList);
  withStoreOptions(
    users
      .command("invite")
      .description("a one-time link by which a person sets a password")
      .addOption(
        new Option(
          "--role <roles...>",
          "what the person may do (default: administrator and biller)",
        ).choices(HUMAN_ROLES),
      ),
  ).action(usersInvite);
  withStoreOptions(
    users
      .command("roles")
      .description("give a user these roles and no others; the user's sessions end")
      .argument("<id>", "as users list says it")
      .requiredOption("--role <roles...>", `of ${HUMAN_ROLES.join(", ")}`),
  ).action(usersRoles);
  withStoreOptions(
    users
      .command("reset-factor")
      .description("take a second factor away; the next sign-in sets up a new one")
      .argument("<id>", "as users list says it"),
  ).action(usersResetFactor);
  withStoreOptions(
    users
      .command("unlink")
      .description("forget whom the provider of single sign-on knows a user as")
      .argument("<id>", "as users list says it"),
  ).action(usersUnlink);
}

async function codesImport(files: readonly string[], options: StoreOptions): Promise<void> {
  const out = output(options.json === true, (happening) =>
    happening.kind === "codeSet"
      ? `  ${happening.set} ${happening.release}: ${happening.records} codes, ${happening.billable} billable`
      : `  ${happening.severity}: ${happening.message}`,
  );
  await atDesk(options, async ({ app, actor }) => {
    let records = 0;
    let findings = 0;
    for (const path of files) {
      const imported = await onFile(path, async () =>
        importCodes(app, actor, { name: path, bytes: await bytesOf(path) }, out.tell),
      );
      records += imported.records;
      findings += imported.findings;
    }
    out.answer(
      { kind: "summary", files: files.length, records, findings },
      () => `${records} codes imported, ${findings} findings`,
    );
    return findings > 0 ? EXIT.findings : EXIT.done;
  });
}

function rulesList(options: { json?: boolean }): void {
  const out = output(options.json === true);
  const rules = listRules();
  for (const rule of rules) out.tell({ kind: "rule", ...rule });
  out.say(
    table(
      [{ heading: "Rule" }, { heading: "SNIP" }, { heading: "Source" }],
      rules.map(({ id, snip, source }) => [id, String(snip), source]),
    ),
  );
}

async function usersList(options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const users = await listUsers(app, actor);
    for (const user of users) out.tell({ kind: "user", ...user });
    out.say(
      table(
        [{ heading: "Id" }, { heading: "Name" }, { heading: "E-mail" }, { heading: "Roles" }],
        users.map(({ id, name, email, roles }) => [id, name, email, roles.join(", ")]),
      ),
    );
    return EXIT.done;
  });
}

async function usersInvite(options: StoreOptions & { role?: readonly Role[] }): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor, environment }) => {
    await preparePeople(app);
    const { path, expiresAt } = await createSetupLink(app, actor, options.role);
    const { host, port, publicUrl = `http://${host}:${port}` } = environment;
    const url = publicUrl + path;
    out.answer({ kind: "setupLink", url, expiresAt }, () => `${url}\ngood until ${expiresAt}`);
    return EXIT.done;
  });
}

async function usersRoles(
  id: string,
  options: StoreOptions & { role: readonly Role[] },
): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const user = await changeRoles(app, actor, id, options.role);
    out.answer({ ...user, kind: "summary" }, () => `${user.name}: ${user.roles.join(", ")}`);
    return EXIT.done;
  });
}

async function usersResetFactor(id: string, options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    await resetFactor(app, actor, id);
    out.answer({ kind: "summary", id }, () => "The second factor counts no more.");
    return EXIT.done;
  });
}

async function usersUnlink(id: string, options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    await unlinkUser(app, actor, id);
    out.answer({ kind: "summary", id }, () => "The next sign-on goes by the verified address.");
    return EXIT.done;
  });
}
