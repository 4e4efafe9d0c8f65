import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { ClientSession } from "mongoose";
import { readSchema } from "../platform/config/index.ts";
import type { PracticeStore, SettingDoc } from "../platform/store/index.ts";
import { recordAudit } from "./audit/audit.ts";
import type { Actor, App } from "./context.ts";
import { OperatingError } from "./errors.ts";
import { putInForce, settingVersions } from "./settings.ts";

/** What a practice decides for a payer. */
export interface PayerRules {
  /** When a remittance with money posts: as it comes, or with its deposit. */
  readonly postOn: "remittance" | "deposit";
  /** How many days the payer's answer to a claim that was forwarded to it is waited for. */
  readonly crossoverDays: number;
}

/** As schemas/payers.schema.json describes it. */
export interface PayersFile {
  readonly default?: Partial<PayerRules>;
  readonly payers?: Readonly<Record<string, Partial<PayerRules>>>;
}

/** What holds where a practice has said nothing. */
export const USUAL: PayerRules = { postOn: "remittance", crossoverDays: 30 };

/** What holds for each payer, by its identifier (N104). */
export async function payerRulesOf(
  practice: PracticeStore,
  session?: ClientSession,
): Promise<(payerId: string | undefined) => PayerRules> {
  const latest = (await settingVersions(practice, "payers", session)).at(-1);
  const file = latest === undefined ? {} : (JSON.parse(latest.text) as PayersFile);
  const common = { ...USUAL, ...file.default };
  const payers = new Map(Object.entries(file.payers ?? {}));
  return (payerId = "") => ({ ...common, ...payers.get(payerId) });
}

/** The payer settings in force. */
export interface PayerSettings {
  /** From 1; 0 while the practice has said nothing. */
  readonly number: number;
  readonly inForceFrom: string | null;
  readonly by: string | null;
  readonly reason: string | null;
  readonly settings: PayersFile;
  /** What holds for a payer that is not named. */
  readonly usual: PayerRules;
}

/** The payer settings of the practice, as they are in force. */
export async function showPayerSettings(app: App, actor: Actor): Promise<PayerSettings> {
  const practice = app.store.practice(actor.practiceId);
  const latest = (await settingVersions(practice, "payers")).at(-1);
  await recordAudit(app, actor, auditOf(actor, "payers.read", latest?.number ?? 0));
  return viewOf(latest);
}

/** Puts other payer settings in force for what comes from now on. `invalid`, with the place, where they are none. */
export async function setPayerSettings(
  app: App,
  actor: Actor,
  { settings, reason }: { readonly settings: unknown; readonly reason: string },
): Promise<PayerSettings> {
  if (reason.trim() === "") throw new OperatingError("invalid", "A reason is required.");
  const check = compiled();
  if (!check(settings)) {
    const [error] = check.errors ?? [];
    const place = error?.instancePath === "" ? "/" : error?.instancePath;
    throw new OperatingError("invalid", `In the settings, ${place} ${error?.message}.`);
  }
  const text = JSON.stringify(settings);
  return app.store.transaction(async (session) => {
    const practice = app.store.practice(actor.practiceId);
    const latest = (await settingVersions(practice, "payers", session)).at(-1);
    const setting = { name: "payers", text, reason } as const;
    const stored = await putInForce(app, actor, setting, latest, session);
    await recordAudit(app, actor, auditOf(actor, "payers.set", stored.number), session);
    return viewOf(stored);
  });
}

let check: ValidateFunction | undefined;

function compiled(): ValidateFunction {
  check ??= new Ajv2020({ strict: true }).compile(readSchema("payers"));
  return check;
}

function viewOf(doc: Omit<SettingDoc, "practiceId"> | undefined): PayerSettings {
  const settings = doc === undefined ? {} : (JSON.parse(doc.text) as PayersFile);
  return {
    number: doc?.number ?? 0,
    inForceFrom: doc?.at.toISOString() ?? null,
    by: doc?.by ?? null,
    reason: doc?.reason ?? null,
    settings,
    usual: { ...USUAL, ...settings.default },
  };
}

function auditOf(actor: Actor, action: "payers.read" | "payers.set", version: number) {
  return {
    action,
    entity: { type: "payers", id: actor.practiceId },
    purpose: "operations" as const,
    outcome: "success" as const,
    detail: { version },
  };
}
