/** How fast encounters become 837P text, against joining the same segments as plain strings. */
import {
  type BatchContext,
  batchClaims,
  buildClaim,
  checkClaims,
  generateBatch,
  type PreparedClaim,
} from "../src/billing/claims/index.ts";
import { compileEncounterCheck, type Encounter } from "../src/billing/intake/index.ts";
import { starterCodeSets } from "../src/edi/codes/index.ts";
import { readSchema } from "../src/platform/config/index.ts";
import { syntheticEncounters } from "../src/practice-payer/index.ts";
import { BATCH } from "../test/billing/claims/sample-batch.ts";
import type { BenchResult } from "./result.ts";

const TARGET = 0.15;
const TODAY = "2026-11-01";

/** Code sets as the program wires them before anything is imported. */
const CONTEXT: BatchContext = {
  today: TODAY,
  codeSets: {
    lookup(name, code, onDate) {
      const set = starterCodeSets[name];
      const { status, outsideReleases } = set.lookup(code, onDate);
      return { status, complete: set.complete && outsideReleases !== true };
    },
  },
};

/**
 * The encounters of a practice, as parsed from a file, are checked by the schema, repaired, edited
 * and compared with one another; those without an error are built and written, an interchange for
 * each payer. The baseline joins components, elements and segments of the same text, split
 * beforehand. The fastest of several runs of each counts.
 */
export async function generate(scale: { smoke: boolean }): Promise<BenchResult[]> {
  const count = scale.smoke ? 500 : 2500;
  const invented = syntheticEncounters({ count, seed: "bench", today: TODAY });
  const values: unknown[] = JSON.parse(JSON.stringify(invented));
  const check = compileEncounterCheck(readSchema("encounter"));
  const whole = (): Generated => {
    const accepted: Encounter[] = [];
    for (const value of values) {
      const { encounter } = check(value);
      if (encounter !== undefined) accepted.push(encounter);
    }
    const claims = prepared(accepted);
    const batches = batchClaims(claims).map((batch) => generateBatch(batch.claims, BATCH).text);
    return { text: batches.join(""), claims: claims.length, batches: batches.length };
  };
  const { text, claims, batches } = whole();
  const segments = text.split("~\n").map((segment) => segment.split("*").map(componentsOf));
  const join = (): string => segments.map((elements) => elements.map(joined).join("*")).join("~\n");
  if (join() !== text) throw new Error("the baseline writes another text");
  const [ours, plain] = fastest([whole, join], scale.smoke ? 1500 : 8000);
  const perSecond = Math.round(count / (ours / 1000));
  return [
    {
      name: "generate 837P",
      ratio: plain / ours,
      target: TARGET,
      detail:
        `${count} encounters, ${claims} claims, ${batches} payers, ${segments.length} segments: ` +
        `${ours.toFixed(1)} ms with all checks (${perSecond} a second), ` +
        `plain join ${plain.toFixed(1)} ms`,
    },
  ];
}

/** So many encounters as the files that go out, one for each payer. */
export function generatedFiles(count: number): { readonly name: string; readonly text: string }[] {
  const check = compileEncounterCheck(readSchema("encounter"));
  const accepted = syntheticEncounters({ count, seed: "bench", today: TODAY }).flatMap(
    (invented) => check(JSON.parse(JSON.stringify(invented))).encounter ?? [],
  );
  return batchClaims(prepared(accepted)).map((batch, index) => {
    return { name: `batch ${index}`, text: generateBatch(batch.claims, BATCH).text };
  });
}

interface Generated {
  readonly text: string;
  readonly claims: number;
  readonly batches: number;
}

/** The encounters that no edit holds, with their claims. */
function prepared(accepted: readonly Encounter[]): PreparedClaim[] {
  const claims: PreparedClaim[] = [];
  for (const { encounter, held } of checkClaims(accepted, CONTEXT)) {
    if (held) continue;
    const patientControlNumber = `P${claims.length}`;
    const claim = buildClaim(encounter, {
      patientControlNumber,
      lineControlNumber: (line) => `${patientControlNumber}L${line + 1}`,
    });
    claims.push({ encounter, claim });
  }
  return claims;
}

/** An element as the builder has it: text, or the components of a composite. */
function componentsOf(element: string): string | string[] {
  return element.includes(":") ? element.split(":") : element;
}

function joined(element: string | string[]): string {
  return typeof element === "string" ? element : element.join(":");
}

/**
 * Milliseconds of the fastest run of each, taken in turns while the budget lasts, five at least: a
 * machine that is busy for a while is busy for both.
 */
function fastest(
  works: readonly [() => unknown, () => unknown],
  budgetMs: number,
): [first: number, second: number] {
  const best: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const start = performance.now();
  for (let round = 0; round < 5 || performance.now() - start < budgetMs; round += 1) {
    for (const side of [0, 1] as const) {
      const begin = performance.now();
      works[side]();
      best[side] = Math.min(best[side], performance.now() - begin);
    }
  }
  return best;
}
