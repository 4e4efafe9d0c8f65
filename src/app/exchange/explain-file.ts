import { type Explanation, explainEdi } from "../../edi/guides/index.ts";
import type { HeldCodeSets } from "../claims/held-code-sets.ts";
import type { Tell } from "../events.ts";
import type { IncomingFile } from "./ingest-file.ts";
import { newCounts, tellFinding } from "./ingest-summary.ts";
import { baseName } from "./keep-file.ts";

/** What a file that was explained came to. */
export interface ExplainSummary {
  readonly kind: "summary";
  readonly file: string;
  readonly transactionSets: number;
  readonly segments: number;
  /** Errors and warnings. */
  readonly findings: number;
}

/**
 * Tells a file in plain words, line by line, with each finding where it stands; stores nothing. What is
 * told holds what the file holds, patients included: it is for the eyes of who asked.
 */
export async function explainFile(
  file: IncomingFile,
  codeSets: HeldCodeSets,
  tell: Tell,
): Promise<ExplainSummary> {
  const counts = newCounts();
  let segments = 0;
  for await (const explanation of explainEdi(file.open(), { codeSets })) {
    if (explanation.kind === "finding") tellPlaced(explanation, counts, tell);
    else tell({ ...explanation });
    if (explanation.kind !== "segment") continue;
    segments += 1;
    if (explanation.segment === "ST" && explanation.position === 1) counts.transactionSets += 1;
  }
  const { transactionSets, findings } = counts;
  return { kind: "summary", file: baseName(file.name), transactionSets, segments, findings };
}

function tellPlaced(
  { finding, depth, set }: Extract<Explanation, { kind: "finding" }>,
  counts: ReturnType<typeof newCounts>,
  tell: Tell,
): void {
  const place = set === undefined ? { depth } : { depth, set };
  tellFinding(finding, counts, (happening) => tell({ ...happening, ...place }));
}
