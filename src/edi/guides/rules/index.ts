/**
 * What guides demand beyond one segment, as a table of named rules: sums that must balance (SNIP 3)
 * and what one place demands of another (SNIP 4). The walker asks them while it reads;
 * docs/situational-rules.md lists them.
 */
export { Judge, type Judged, judgedBy, setRulesOf } from "./judge.ts";
export type { LoopRule, SetRule } from "./rule.ts";
export { LOOP_RULES, SET_RULES } from "./table.ts";
