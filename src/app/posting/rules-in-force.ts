import type { ClientSession } from "mongoose";
import {
  BUILT_IN_RULES,
  type PostingRules,
  type RulesFile,
  rulesFileOf,
  rulesOfText,
} from "../../billing/remits/index.ts";
import type { PracticeStore, SettingDoc } from "../../platform/store/index.ts";
import { recordAudit } from "../audit/audit.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { settingVersions } from "../settings.ts";

/** The posting rules of a practice: those in force, and those that were. */
export interface RulesOf {
  readonly inForce: PostingRules;
  /** The version that posted something; the one in force where it is not told or not kept. */
  readonly named: (version: string | undefined) => PostingRules;
  /** The document that put the rules in force; undefined while they are the built-in ones. */
  readonly latest: SettingDoc | undefined;
}

/** Every posting reads its rules here, so that what a practice has put in force holds everywhere. */
export async function rulesOf(practice: PracticeStore, session?: ClientSession): Promise<RulesOf> {
  const versions = await settingVersions(practice, "posting-rules", session);
  const latest = versions.at(-1);
  const inForce = latest === undefined ? BUILT_IN_RULES : rulesOfText(latest.text);
  const known = new Map([
    [BUILT_IN_RULES.version, BUILT_IN_RULES],
    ...versions
      .map(({ text }) => rulesOfText(text))
      .map((rules) => [rules.version, rules] as const),
  ]);
  return { inForce, latest, named: (version = inForce.version) => known.get(version) ?? inForce };
}

/** One version of the posting rules, as people see it. */
export interface RulesVersion {
  /** From 1; 0 are the rules that are built in. */
  readonly number: number;
  readonly version: string;
  readonly sha256: string;
  readonly inForce: boolean;
  /** UTC instant; null of the built-in rules, which counted from the first day. */
  readonly inForceFrom: string | null;
  readonly by: string | null;
  readonly reason: string | null;
  /** The difference that was shown when it was put in force. */
  readonly shown: Readonly<Record<string, unknown>> | null;
}

/** Every version of the posting rules, newest first; the built-in ones are the last. */
export async function rulesHistory(app: App, actor: Actor): Promise<readonly RulesVersion[]> {
  const versions = await versionsOf(app, actor);
  await recordAudit(app, actor, readOf(actor, { shown: versions.length }));
  return versions;
}

/**
 * One version, and how it differs from the built-in rules, as a file that `ledger replay` takes; without a name the one
 * in force. `not-found` for a version that never was.
 */
export async function showRules(
  app: App,
  actor: Actor,
  version?: string,
): Promise<RulesVersion & { readonly rules: RulesFile }> {
  const versions = await versionsOf(app, actor);
  const found = versions.find((each) =>
    version === undefined ? each.inForce : each.version === version || each.sha256 === version,
  );
  if (found === undefined) throw new OperatingError("not-found");
  const rules = (await rulesOf(app.store.practice(actor.practiceId))).named(found.version);
  await recordAudit(app, actor, readOf(actor, { rules: found.version }));
  return { ...found, rules: rulesFileOf(rules.text) };
}

async function versionsOf(app: App, actor: Actor): Promise<RulesVersion[]> {
  const docs = await settingVersions(app.store.practice(actor.practiceId), "posting-rules");
  const kept = docs.map(({ number, sha256, at, by, reason, shown }) => ({
    number,
    version: sha256.slice(0, 12),
    sha256,
    inForce: number === docs.length,
    inForceFrom: at.toISOString(),
    by,
    reason,
    shown: shown ?? null,
  }));
  const { version, sha256 } = BUILT_IN_RULES;
  const first = { number: 0, version, sha256, inForce: docs.length === 0, inForceFrom: null };
  return [...kept.reverse(), { ...first, by: null, reason: null, shown: null }];
}

function readOf(actor: Actor, detail: Readonly<Record<string, string | number>>) {
  return {
    action: "rules.read",
    entity: { type: "rules", id: actor.practiceId },
    purpose: "operations" as const,
    outcome: "success" as const,
    detail,
  };
}
