import { needsApproval } from "../../trust/access/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { WriteOffInput } from "../claims/write-off.ts";
import type { Actor, App } from "../context.ts";
import type { CashInput } from "../deposits/cash-record.ts";
import { OperatingError } from "../errors.ts";
import { type SettingsInput, settingsOf } from "../practice-rules.ts";
import type { Act } from "./act.ts";
import { ACTS, type ActName } from "./acts.ts";
import { approvalAudit, approvalView, newApproval } from "./approval-record.ts";

/** What became of an act: it is done, or a second person is asked. */
export type DoneOrAsked<Done> =
  | { readonly done: Done; readonly approval?: undefined }
  | { readonly done?: undefined; readonly approval: ReturnType<typeof approvalView> };

type InputOf<Name extends ActName> = Parameters<(typeof ACTS)[Name]["effect"]>[2];
type DoneOf<Name extends ActName> = Awaited<ReturnType<(typeof ACTS)[Name]["carryOut"]>>;

/**
 * Does an act, or lays it before a second person where it takes one, with what it will do to the cent. What the act
 * itself refuses is refused at once; `invalid` where a second person is to be asked and is told no reason.
 */
async function actOrAsk<Name extends ActName>(
  app: App,
  actor: Actor,
  name: Name,
  input: InputOf<Name> & { readonly reason?: string | undefined },
): Promise<DoneOrAsked<DoneOf<Name>>> {
  const act: Act<never, unknown> = ACTS[name];
  return app.store.transaction(async (session) => {
    const practice = app.store.practice(actor.practiceId);
    const effect = await act.effect(app, actor, input as never, session);
    const { approvalLimitCents } = await settingsOf(practice, session);
    if (!needsApproval(effect.amountCents, approvalLimitCents)) {
      const authority = { requestedBy: actor.id, approvalId: null };
      const done = await act.carryOut(app, actor, input as never, authority, session);
      return { done: done as DoneOf<Name> };
    }
    const reason = input.reason?.trim() ?? "";
    if (reason === "") {
      throw new OperatingError("invalid", "Above the limit a second person decides: say why.");
    }
    const doc = newApproval(app, actor, { act: name, input, reason }, effect);
    await practice.approvals.insert([doc], session);
    await recordAudit(app, actor, approvalAudit("request", doc), session);
    return { approval: approvalView(app, doc) };
  });
}

/** Writes off what payers owe for a claim, or asks for it. */
export function writeOffClaim(app: App, actor: Actor, input: WriteOffInput) {
  return actOrAsk(app, actor, "write-off", input);
}

/** Records a refund to a payer, or asks for it. */
export function addRefund(app: App, actor: Actor, input: CashInput) {
  return actOrAsk(app, actor, "refund", input);
}

/** Asks for other settings: always the act of two. */
export function changeSettings(app: App, actor: Actor, input: SettingsInput) {
  return actOrAsk(app, actor, "settings", input);
}
