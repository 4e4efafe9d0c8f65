import type { TaxonomyRow } from "./taxonomy-row.ts";
import { TAXONOMY_ROWS } from "./taxonomy-rows.ts";

/**
 * The denial taxonomy as data: practice knowledge that a practice may edit, so it carries a
 * version.
 */
export interface Taxonomy {
  readonly version: string;
  readonly rows: readonly TaxonomyRow[];
}

/** The reason of an adjustment as the taxonomy reads it. */
export interface DenialReason {
  readonly groupCode: string;
  readonly reasonCode: string;
  readonly remarkCodes: readonly string[];
}

/**
 * No standard maps a reason code to owner, action or clock: these rows are practice knowledge
 * (DENIALS §3).
 */
export const TAXONOMY: Taxonomy = { version: "2026-11-1", rows: TAXONOMY_ROWS };

const HOUSE = "house practice";
const REVIEWED_ON = "2026-11-21";

const OTHER: Omit<TaxonomyRow, "reasonCodes"> = {
  category: "other",
  scenarios: [],
  rootCause: "The taxonomy does not know this reason code",
  owner: "follow-up",
  suggestedAction:
    "Look the reason code up in the payer's list, decide whether to correct, appeal or write " +
    "off, and add it to the taxonomy",
  fix: ["correctable", "appealable"],
  clock: "appeal",
  source: HOUSE,
  reviewedOn: REVIEWED_ON,
};

const PAYER_INITIATED: Omit<TaxonomyRow, "reasonCodes"> = {
  category: "payer-initiated",
  groupCodes: ["PI"],
  scenarios: [],
  rootCause: "The payer reduced the claim by its own policy and claims no contract for it",
  owner: "contracts",
  suggestedAction: "Compare with the contract and dispute the reduction with the payer",
  fix: ["appealable"],
  clock: "appeal",
  source: "DENIALS §3, PI group",
  reviewedOn: REVIEWED_ON,
};

/**
 * The row that speaks for a denial. The most specific row wins (remark before group before reason
 * alone). A payer-initiated reduction (PI) that a corrected claim cannot cure is a dispute,
 * whatever its reason. An unprocessable claim (MA130) keeps its category but has no appeal: it goes
 * out again as a new claim. A reason nobody listed becomes "other" with an action that says so.
 */
export function classify(reason: DenialReason, taxonomy: Taxonomy = TAXONOMY): TaxonomyRow {
  const row = matchingRow(reason, taxonomy);
  if (reason.remarkCodes.includes("MA130")) return unprocessable(row);
  if (reason.groupCode === "PI" && !row.fix.includes("correctable")) return payerInitiated(reason);
  if (reason.groupCode === "PI" && row.category === "other") return payerInitiated(reason);
  return row;
}

function matchingRow(reason: DenialReason, taxonomy: Taxonomy): TaxonomyRow {
  let best: TaxonomyRow | undefined;
  for (const row of taxonomy.rows) {
    if (!holds(row, reason)) continue;
    if (best === undefined || specificity(row) > specificity(best)) best = row;
  }
  return best ?? { ...OTHER, reasonCodes: [reason.reasonCode] };
}

function holds(row: TaxonomyRow, reason: DenialReason): boolean {
  if (!row.reasonCodes.includes(reason.reasonCode)) return false;
  if (row.groupCodes !== undefined && !row.groupCodes.includes(reason.groupCode)) return false;
  const { remarkCodes } = row;
  return remarkCodes === undefined || remarkCodes.some((code) => reason.remarkCodes.includes(code));
}

function specificity(row: TaxonomyRow): number {
  return (row.remarkCodes === undefined ? 0 : 2) + (row.groupCodes === undefined ? 0 : 1);
}

function payerInitiated(reason: DenialReason): TaxonomyRow {
  return { ...PAYER_INITIATED, reasonCodes: [reason.reasonCode] };
}

/**
 * Medicare's MA130: not a decision, so no appeal right; the claim is sent as new (Palmetto JJA,
 * appeals).
 */
function unprocessable(row: TaxonomyRow): TaxonomyRow {
  return {
    ...row,
    suggestedAction: `${row.suggestedAction}; send it as a new claim (frequency 1), do not appeal`,
    fix: ["correctable"],
    clock: "filing",
    source: `${row.source}; MA130: Palmetto JJA appeals page`,
  };
}
