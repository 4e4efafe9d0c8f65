import { type Command, Option } from "commander";
import { LENDABLE_ROLES, type Role } from "../../../app/access.ts";
import {
  type DelegationView,
  lendRoles,
  listDelegations,
  takeRolesBack,
} from "../../../app/people/delegations.ts";
import { preparePeople } from "../../../app/people/people.ts";
import { output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { table } from "../table.ts";

/** The commands by which roles are lent for a while. */
export function addDelegationCommands(program: Command): void {
  const delegations = program
    .command("delegations")
    .description("roles that people lend to one another for a while");
  withStoreOptions(delegations.command("list")).action(delegationsList);
  withStoreOptions(
    delegations
      .command("lend")
      .description("lend roles of one person to another, for 30 days at most")
      .argument("<from>", "id or e-mail address of who lends")
      .argument("<to>", "id or e-mail address of who is to have them")
      .addOption(
        new Option("--role <roles...>", "roles that the lender holds")
          .choices(LENDABLE_ROLES)
          .makeOptionMandatory(),
      )
      .requiredOption("--until <instant>", "2026-03-01T17:00:00Z")
      .requiredOption("--reason <text>", "why; without patient data"),
  ).action(delegationsLend);
  withStoreOptions(
    delegations.command("take-back").argument("<id>", "as delegations list says it"),
  ).action(delegationsTakeBack);
}

interface Lending extends StoreOptions {
  readonly role: readonly Role[];
  readonly until: string;
  readonly reason: string;
}

async function delegationsLend(from: string, to: string, options: Lending): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    await preparePeople(app);
    const { role: roles, until, reason } = options;
    const lent = await lendRoles(app, actor, from, { to, roles, until, reason });
    out.answer({ kind: "delegation", ...lent }, () => inWords(lent));
    return EXIT.done;
  });
}

async function delegationsList(options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const all = await listDelegations(app, actor);
    for (const delegation of all) out.tell({ kind: "delegation", ...delegation });
    const headings = ["Id", "From", "To", "Roles", "Until", "State"];
    out.say(
      table(
        headings.map((heading) => ({ heading })),
        all.map(({ id, from, to, roles, endsAt, state }) => [
          id,
          from.name,
          to.name,
          roles.join(", "),
          endsAt,
          state,
        ]),
      ),
    );
    return EXIT.done;
  });
}

async function delegationsTakeBack(id: string, options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const ended = await takeRolesBack(app, actor, id);
    out.answer({ kind: "delegation", ...ended }, () => `${inWords(ended)}: taken back`);
    return EXIT.done;
  });
}

function inWords({ from, to, roles, endsAt }: DelegationView): string {
  return `${from.name} lends ${roles.join(", ")} to ${to.name} until ${endsAt}`;
}
