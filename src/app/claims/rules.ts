import { EDITS } from "../../billing/claims/index.ts";

/** The edits that are asked before a claim goes out, each with its SNIP type and source. */
export function listRules() {
  return EDITS.map(({ id, snip, source }) => ({ id, snip, source }));
}
