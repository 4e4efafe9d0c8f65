import type { ClientSession } from "mongoose";
import type { PracticeRulesDoc, PracticeStore } from "../platform/store/index.ts";
import { APPROVAL_LIMIT_CENTS } from "../trust/access/index.ts";
import { isPracticeHours, type PracticeHours, type ReviewRules } from "../trust/audit/index.ts";
import type { Act, Asked } from "./approvals/act.ts";
import { recordAudit } from "./audit/audit.ts";
import type { Actor, App } from "./context.ts";
import { OperatingError } from "./errors.ts";

/** The practice's settings as they hold: its own, and the program's where it has none. */
export interface Settings extends ReviewRules {
  /** Write-offs and refunds above it take two people. */
  readonly approvalLimitCents: number;
}

const DEFAULTS: Settings = {
  approvalLimitCents: APPROVAL_LIMIT_CENTS,
  massReadPatients: 300,
  practiceHours: {
    timeZone: "America/New_York",
    opens: "06:00",
    closes: "21:00",
    days: [1, 2, 3, 4, 5, 6],
  },
};

/** The settings that hold. */
export async function settingsOf(
  practice: PracticeStore,
  session?: ClientSession,
): Promise<Settings> {
  const own = await practice.practiceRules.findOne({ _id: practice.practiceId }, { session });
  return {
    approvalLimitCents: own?.approvalLimitCents ?? DEFAULTS.approvalLimitCents,
    massReadPatients: own?.massReadPatients ?? DEFAULTS.massReadPatients,
    practiceHours: own?.practiceHours ?? DEFAULTS.practiceHours,
  };
}

/** The settings that hold; no patient's data. */
export function showSettings(app: App, actor: Actor): Promise<Settings> {
  return settingsOf(app.store.practice(actor.practiceId));
}

/** What is to be changed, and why. */
export interface SettingsInput extends Asked {
  readonly approvalLimitCents?: number | undefined;
  readonly massReadPatients?: number | undefined;
  readonly practiceHours?: PracticeHours | undefined;
}

/** Changes settings: they are the rules by which others are watched, and so always the act of two. */
export const SETTINGS: Act<SettingsInput, Settings> = {
  async effect(app, actor, input, session) {
    const change = changeOf(input);
    return {
      subject: { type: "practice", id: actor.practiceId },
      amountCents: null,
      lines: [],
      ground: { before: await settingsOf(app.store.practice(actor.practiceId), session), change },
    };
  },
  async carryOut(app, actor, input, authority, session) {
    const practice = app.store.practice(actor.practiceId);
    const change = changeOf(input);
    const before = await settingsOf(practice, session);
    const id = { _id: actor.practiceId };
    const changed = await practice.practiceRules.update(id, { $set: change }, session);
    if (!changed)
      await practice.practiceRules.insert([{ ...id, ...change } as PracticeRulesDoc], session);
    const draft = {
      action: "settings.change",
      entity: { type: "practice", id: actor.practiceId },
      fields: Object.keys(change),
      purpose: "operations",
      outcome: "success",
      detail: { before: plain(before), change: plain(change), ...authority },
    } as const;
    await recordAudit(app, actor, draft, session);
    return settingsOf(practice, session);
  },
};

/** What is said of the settings; `invalid` where that is nothing, or no setting could be so. */
function changeOf(input: SettingsInput): Partial<Settings> {
  const { approvalLimitCents, massReadPatients, practiceHours } = input;
  const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;
  if (approvalLimitCents !== undefined && !isCount(approvalLimitCents)) {
    throw new OperatingError("invalid", "The limit is zero or more.");
  }
  if (massReadPatients !== undefined && !isCount(massReadPatients)) {
    throw new OperatingError("invalid", "So many patients there are not.");
  }
  if (practiceHours !== undefined && !isPracticeHours(practiceHours)) {
    throw new OperatingError("invalid", "Hours are a time zone, HH:MM to HH:MM, and days 1 to 7.");
  }
  const change = plain({ approvalLimitCents, massReadPatients, practiceHours });
  if (Object.keys(change).length === 0) {
    throw new OperatingError("invalid", "Say what is to be changed.");
  }
  return change;
}

/** Without what is undefined, and as JSON has it. */
function plain<T extends object>(value: T) {
  return JSON.parse(JSON.stringify(value)) as { [Key in keyof T]: never };
}
