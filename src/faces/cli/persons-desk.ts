import { createInterface } from "node:readline";
import { actorMay, type Permission } from "../../app/access.ts";
import { recordAudit } from "../../app/audit/audit.ts";
import { OperatingError } from "../../app/errors.ts";
import { preparePeople } from "../../app/people/people.ts";
import { actorOf, type Credentials, signIn } from "../../app/people/sign-in.ts";
import { atDesk, type Desk, type StoreOptions } from "./run.ts";

/** Options of a command that only a person may give. */
export interface PersonOptions extends StoreOptions {
  /** E-mail address of the account. */
  readonly as: string;
}

/** How commands describe `--as`. */
export const AS = [
  "--as <email>",
  "your account; the password is read from standard input, the code of the second factor from its second line",
] as const;

/**
 * As atDesk, for what the program may not do for anybody: the person signs in, and must hold the permission.
 * `unauthenticated`; `second-factor` where the code is missing; `forbidden`.
 */
export async function atPersonsDesk(
  options: PersonOptions,
  permission: Permission,
  work: (desk: Desk) => Promise<number>,
): Promise<void> {
  const [password = "", code] = await firstLines(2);
  await atDesk(options, async (desk) => {
    const { app, environment } = desk;
    const { practiceId, secondFactor } = environment;
    await preparePeople(app);
    const credentials: Credentials = { email: options.as, password, practiceId, code };
    const origin = { requestId: desk.actor.requestId, source: "cli" } as const;
    const { person, owes } = await signIn(app, credentials, origin, secondFactor);
    if (owes !== null) throw new OperatingError("second-factor");
    const actor = actorOf(person, origin);
    if (actorMay(actor, permission)) return work({ ...desk, actor });
    await recordAudit(app, actor, {
      action: "access.refuse",
      entity: { type: "command", id: permission },
      purpose: "operations",
      outcome: "denied",
      detail: { reason: "permission" },
    });
    throw new OperatingError("forbidden");
  });
}

/** So many lines of standard input, fewer where it ends before. */
async function firstLines(count: number): Promise<string[]> {
  const lines: string[] = [];
  const reader = createInterface({ input: process.stdin });
  for await (const line of reader) {
    if (lines.push(line) === count) break;
  }
  return lines;
}
