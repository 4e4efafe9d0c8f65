import { answerRules } from "./answers.ts";
import { claimRules } from "./claims.ts";
import { dentalRules } from "./dental.ts";
import { hierarchyRules } from "./hierarchy.ts";
import { institutionalRules } from "./institutional.ts";
import { otherPayerRules } from "./other-payers.ts";
import { partyRules, partySetRules } from "./parties.ts";
import { professionalRules } from "./professional.ts";
import { remittanceRules, remittanceSetRules } from "./remittance.ts";
import type { LoopRule, SetRule } from "./rule.ts";

/** The rules about one loop each. */
export const LOOP_RULES: readonly LoopRule[] = [
  ...partyRules,
  ...claimRules,
  ...otherPayerRules,
  ...professionalRules,
  ...institutionalRules,
  ...dentalRules,
  ...remittanceRules,
  ...answerRules,
];

/** The rules about a transaction set as a whole. */
export const SET_RULES: readonly SetRule[] = [
  ...hierarchyRules,
  ...partySetRules,
  ...remittanceSetRules,
];
