/** The use cases of what a practice decides for itself, version by version. */
import type { Question, UseCase } from "./use-case.ts";

/** Rules to decide by, as schemas/README.md describes them, and the days of the remittances. */
export interface ReplayInput {
  readonly rules: object;
  readonly from?: string;
  readonly to?: string;
}

/** Rules to put in force, by the version whose difference was shown. */
export interface AdoptInput extends ReplayInput {
  readonly version: string;
  readonly reason: string;
  readonly repost?: boolean;
}

/** How the books would differ, or differ now. */
interface Difference {
  readonly accounts: Readonly<Record<string, number>>;
  readonly totalCents: number;
}

/** One version of the posting rules. */
interface RulesVersion {
  readonly version: string;
  readonly inForce: boolean;
}

/** Payer settings in force. */
interface PayerSettings {
  readonly number: number;
  readonly settings: object;
}

/** Posting rules and payer settings. */
export interface SettingsUseCases {
  readonly showPayerSettings: Question<PayerSettings>;
  readonly setPayerSettings: UseCase<{ settings: object; reason: string }, PayerSettings>;
  readonly replayLedger: UseCase<ReplayInput, Difference>;
  readonly adoptRules: UseCase<AdoptInput, Difference & { readonly inForceFrom: string }>;
  readonly rulesHistory: Question<readonly RulesVersion[]>;
  readonly showRules: UseCase<string | undefined, RulesVersion & { readonly rules: object }>;
}
