import type { PostingRules } from "../../billing/remits/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import type { Tell } from "../events.ts";
import { putInForce } from "../settings.ts";
import {
  compareLedger,
  type LedgerDifference,
  type ReplayPeriod,
  type ReplayReport,
  readRules,
} from "./replay-ledger.ts";
import { REPOST_MAX, type Reposted, repostDifference } from "./repost-difference.ts";
import { rulesOf } from "./rules-in-force.ts";

/** Rules to be put in force, as a person has seen what they would change. */
export interface Adoption extends ReplayPeriod {
  /** The file of rules. */
  readonly rules: unknown;
  /** The version that the difference was shown of: who names it has seen it. */
  readonly version: string;
  readonly reason: string;
  /** Makes the postings of the period follow, too; they stay as they are otherwise. */
  readonly repost?: boolean;
}

/** The difference, and what was done about it. */
export interface Adopted extends ReplayReport {
  readonly number: number;
  /** UTC instant. */
  readonly inForceFrom: string;
  readonly reposted: Reposted | null;
}

/**
 * Puts posting rules in force for all that posts from now on. Old postings stay as they were or, with `repost`, follow
 * by new entries, all or none. `invalid` when the file is not the version that was shown; `state` when it is in force
 * already and nothing is to follow; `stale` when others were put in force meanwhile.
 */
export async function adoptRules(
  app: App,
  actor: Actor,
  { rules: file, version, reason, repost = false, ...period }: Adoption,
  tell: Tell,
): Promise<Adopted> {
  const rules = readRules(file);
  if (reason.trim() === "") throw new OperatingError("invalid", "A reason is required.");
  if (rules.version !== version) {
    throw new OperatingError("invalid", `The rules are ${rules.version}, not what was shown.`);
  }
  const difference = await compareLedger(app, actor, rules, period, tell);
  if (repost) refuseTooMany(difference);
  // The one place where rules come into force: whoever else has to agree is asked here, before anything is stored.
  return app.store.transaction(async (session) => {
    const known = await rulesOf(app.store.practice(actor.practiceId), session);
    if (known.inForce.version !== difference.report.rulesBefore) throw new OperatingError("stale");
    const isInForce = known.inForce.version === version;
    if (isInForce && !repost) throw new OperatingError("state", "These rules are in force.");
    const reposted = repost
      ? await repostDifference(app, actor, difference, { known, rules, period, reason }, session)
      : null;
    const shown = { ...shownOf(difference), ...period, reposted: repost };
    const setting =
      isInForce && known.latest !== undefined
        ? known.latest
        : await putInForce(app, actor, settingOf(rules, reason, shown), known.latest, session);
    await recordAudit(
      app,
      actor,
      {
        action: "rules.adopt",
        entity: { type: "rules", id: actor.practiceId },
        purpose: "operations",
        outcome: "success",
        detail: { rules: version, before: difference.report.rulesBefore, ...shown },
      },
      session,
    );
    const { number, at } = setting;
    return { ...difference.report, number, inForceFrom: at.toISOString(), reposted };
  });
}

function settingOf(
  { text }: PostingRules,
  reason: string,
  shown: Readonly<Record<string, unknown>>,
) {
  return { name: "posting-rules", text, reason, shown } as const;
}

/** What is kept of a difference: how much it changes. */
function shownOf({ report }: LedgerDifference) {
  const { claims, claimsChanged, decisionsChanged, wouldWait, accounts } = report;
  return { claims, claimsChanged, decisionsChanged, wouldWait, accounts };
}

function refuseTooMany({ claimIds, remittanceIds }: LedgerDifference): void {
  const count = claimIds.length + remittanceIds.length;
  if (count <= REPOST_MAX) return;
  throw new OperatingError(
    "state",
    `${count} claims and remittances would change, and one transaction takes ${REPOST_MAX}: name a shorter period.`,
  );
}
