import { FURTHER_REASONS } from "../../billing/denials/index.ts";
import { type CodeSets, codeSet, starterCodeSets } from "../../edi/codes/index.ts";
import type { App } from "../context.ts";
import { loadCodeSets } from "./code-sets.ts";

/** Every code set by name, as it is held here. */
export type HeldCodeSets = CodeSets;

/** Adjustment reasons in all the words of this project, not only those of the starter set. */
const reasons = codeSet({
  ...starterCodeSets.carc,
  records: [
    ...starterCodeSets.carc.records,
    ...Object.entries(FURTHER_REASONS).map(([code, description]) => ({
      code,
      description,
      billable: true,
      effectiveFrom: undefined,
      effectiveTo: undefined,
    })),
  ],
});

/** The code sets by which a file is read: those of the store, else those of this project. */
export async function heldCodeSets(app: App | undefined): Promise<HeldCodeSets> {
  const sets = app === undefined ? starterCodeSets : await loadCodeSets(app);
  return sets.carc === starterCodeSets.carc ? { ...sets, carc: reasons } : sets;
}
