import type { Finding } from "../../../edi/x12/finding.ts";
import { byKind, type Encounter, type EncounterKind, fieldFinding } from "../../intake/index.ts";
import { ADMISSION_EDITS } from "./admission-edits.ts";
import { AMOUNT_EDITS } from "./amount-edits.ts";
import { BILLING_CODE_EDITS } from "./billing-code-edits.ts";
import { CODE_EDITS } from "./code-edits.ts";
import { DATE_EDITS } from "./date-edits.ts";
import { DENTAL_EDITS } from "./dental-edits.ts";
import { duplicateFinder, type SubmittedBefore } from "./duplicates.ts";
import { type Edit, type EditContext, factsOf, type Report } from "./edit.ts";
import { INPATIENT_CODE_EDITS } from "./inpatient-code-edits.ts";
import { LINE_EDITS } from "./line-edits.ts";
import { PARTY_EDITS } from "./party-edits.ts";
import { PROVIDER_EDITS } from "./provider-edits.ts";
import { REFERENCE_EDITS } from "./reference-edits.ts";
import { repairText } from "./repair-text.ts";
import { REVENUE_EDITS } from "./revenue-edits.ts";

/** Every edit of the house, in the order in which they run. */
export const EDITS: readonly Edit[] = [
  ...PARTY_EDITS,
  ...PROVIDER_EDITS,
  ...REFERENCE_EDITS,
  ...DATE_EDITS,
  ...CODE_EDITS,
  ...LINE_EDITS,
  ...AMOUNT_EDITS,
  ...ADMISSION_EDITS,
  ...INPATIENT_CODE_EDITS,
  ...BILLING_CODE_EDITS,
  ...REVENUE_EDITS,
  ...DENTAL_EDITS,
];

/** The edits that are about each kind of claim. */
const EDITS_OF = byKind((kind) =>
  EDITS.filter(({ kinds }) => kinds === undefined || kinds.includes(kind)),
);

/** An encounter after its edits. */
export interface EditedEncounter {
  /** With text repaired; the same value when nothing was. */
  readonly encounter: Encounter;
  readonly findings: readonly Finding[];
  /** True when any finding is an error: nothing of it may be sent. */
  readonly held: boolean;
}

/** What the edits of a batch need to know. */
export interface BatchContext extends EditContext {
  /** What the store holds; nothing when absent. */
  readonly before?: SubmittedBefore;
  /** The delimiters of the interchange to be, as one string; `*:^~` when absent. */
  readonly delimiters?: string;
}

/**
 * The encounter with its text repaired, and what all edits say of it. Duplicates are not looked
 * for.
 */
export function checkClaim(encounter: Encounter, context: BatchContext): EditedEncounter {
  return checker(context)(encounter);
}

/** The edits as one check, made once for a batch. */
function checker(context: BatchContext): (encounter: Encounter) => EditedEncounter {
  let findings: Finding[] = [];
  let running: Edit | undefined;
  let kind: EncounterKind = "professional";
  const report: Report = (pointer, says, fix, severity = "error") => {
    if (running === undefined) return;
    const { id: code, snip } = running;
    findings.push(fieldFinding({ severity, code, snip, kind, pointer, says, fix }));
  };
  return (written) => {
    const { encounter, findings: repairs } = repairText(written, context.delimiters);
    const facts = factsOf(encounter);
    kind = facts.kind;
    for (const edit of EDITS_OF[kind]) {
      running = edit;
      edit.check(encounter, report, context, facts);
    }
    if (repairs.length === 0 && findings.length === 0) return accepted(encounter);
    const told = [...repairs, ...findings];
    findings = [];
    return verdict(encounter, told);
  };
}

/** Checks encounters together, in order, so that the later of two duplicates is held. */
export function checkClaims(
  encounters: readonly Encounter[],
  context: BatchContext,
): readonly EditedEncounter[] {
  const duplicatesOf = duplicateFinder(context.before);
  const check = checker(context);
  return encounters.map((encounter) => {
    const checked = check(encounter);
    const duplicates = duplicatesOf(checked.encounter);
    if (duplicates.length === 0) return checked;
    return verdict(checked.encounter, [...checked.findings, ...duplicates]);
  });
}

const NONE: readonly Finding[] = [];

function accepted(encounter: Encounter): EditedEncounter {
  return { encounter, findings: NONE, held: false };
}

function verdict(encounter: Encounter, findings: readonly Finding[]): EditedEncounter {
  return { encounter, findings, held: findings.some(({ severity }) => severity === "error") };
}
