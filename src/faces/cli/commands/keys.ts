import { type Command, Option } from "commander";
import { KEY_ROLES, type Role } from "../../../app/access.ts";
import {
  type ApiKeySummary,
  createApiKey,
  listApiKeys,
  OVERLAP_HOURS,
  revokeApiKey,
  rotateApiKey,
} from "../../../app/people/api-keys.ts";
import { preparePeople } from "../../../app/people/people.ts";
import { wholeNumber } from "../options.ts";
import { output } from "../output.ts";
import { atDesk, EXIT, type StoreOptions, withStoreOptions } from "../run.ts";
import { table } from "../table.ts";

/** The commands on the keys by which machines name themselves. */
export function addKeyCommands(program: Command): void {
  const keys = program.command("keys").description("API keys of machines");
  withStoreOptions(keys.command("list")).action(keysList);
  withStoreOptions(
    keys
      .command("create")
      .argument("<name>")
      .addOption(
        new Option("--role <role>", "what it may do").choices(KEY_ROLES).default("clearinghouse"),
      ),
  ).action(keysCreate);
  withStoreOptions(
    keys
      .command("rotate")
      .description("a new key in the place of one, which goes on working for some hours")
      .argument("<id>", "as keys list says it")
      .option(
        "--overlap <hours>",
        `how long both work (default: ${OVERLAP_HOURS.usual}, at most ${OVERLAP_HOURS.most})`,
        wholeNumber(0, OVERLAP_HOURS.most),
      ),
  ).action(keysRotate);
  withStoreOptions(keys.command("revoke").argument("<id>")).action(keysRevoke);
}

async function keysCreate(name: string, options: StoreOptions & { role: Role }): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    await preparePeople(app);
    const { role } = options;
    const key = await createApiKey(app, actor, { name, role });
    out.answer({ kind: "apiKey", ...key }, () => `${key.key}\nShown once; keep it safe.`);
    return EXIT.done;
  });
}

async function keysList(options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const keys = await listApiKeys(app, actor);
    for (const key of keys) out.tell({ kind: "apiKey", ...key });
    const headings = ["Id", "Name", "Role", "State", "Until", "Last used", "For"];
    out.say(
      table(
        headings.map((heading) => ({ heading })),
        keys.map(rowOf),
      ),
    );
    for (const { id, name, expiresAt } of keys.filter(({ state }) => state === "expiring")) {
      out.say(`${name} ends on ${expiresAt}: keys rotate ${id}`);
    }
    return EXIT.done;
  });
}

function rowOf(key: ApiKeySummary): string[] {
  const { id, name, role, state, expiresAt, lastUsedAt, lastUsedFor } = key;
  return [id, name, role, state, expiresAt ?? "-", lastUsedAt ?? "never", lastUsedFor ?? "-"];
}

async function keysRotate(id: string, options: StoreOptions & { overlap?: number }): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const { overlap: overlapHours } = options;
    const { old, new: made } = await rotateApiKey(app, actor, id, { overlapHours });
    out.answer(
      { kind: "apiKey", ...made, oldWorksUntil: old.expiresAt },
      () => `${made.key}\nShown once; keep it safe. The old key works until ${old.expiresAt}.`,
    );
    return EXIT.done;
  });
}

async function keysRevoke(id: string, options: StoreOptions): Promise<void> {
  const out = output(options.json === true);
  await atDesk(options, async ({ app, actor }) => {
    const key = await revokeApiKey(app, actor, id);
    out.answer({ kind: "apiKey", ...key }, () => `${key.name} is revoked`);
    return EXIT.done;
  });
}
