/** How fast encounters become 837P text, against joining the same segments as plain strings. */
import { readFileSync } from "node:fs";
import {
  type BatchContext,
  buildClaim,
  checkClaims,
  generateBatch,
  type PreparedClaim,
} from "../src/billing/claims/index.ts";
import { compileEncounterCheck, type Encounter } from "../src/billing/intake/index.ts";
import { BATCH } from "../test/billing/claims/sample-batch.ts";
import {
  encounterWith,
  plainEncounter,
  plainLine,
} from "../test/billing/claims/sample-encounters.ts";

/** One measured ratio; 1 is the speed of the plain baseline in the same run. */
export interface BenchResult {
  readonly name: string;
  readonly ratio: number;
  /** The least ratio that is good enough. */
  readonly target: number;
  readonly detail: string;
}

const TARGET = 0.15;

/**
 * Every encounter is checked by ajv, repaired, edited, built and written; the baseline joins
 * components, elements and segments of the same text, split beforehand. The fastest of several runs
 * counts.
 */
export async function generate(scale: { smoke: boolean }): Promise<BenchResult[]> {
  const encounters = Array.from({ length: scale.smoke ? 500 : 2000 }, (_, index) => visit(index));
  const schemaUrl = new URL("../schemas/encounter.schema.json", import.meta.url);
  const check = compileEncounterCheck(JSON.parse(readFileSync(schemaUrl, "utf8")) as object);
  const context: BatchContext = {
    today: "2026-03-20",
    codeSets: { lookup: () => ({ status: "valid", complete: true }) },
  };
  const whole = (): string => {
    const accepted: Encounter[] = [];
    for (const value of encounters) {
      const { encounter } = check(value);
      if (encounter !== undefined) accepted.push(encounter);
    }
    const claims: PreparedClaim[] = [];
    for (const { encounter, held } of checkClaims(accepted, context)) {
      if (held) continue;
      const patientControlNumber = `P${claims.length}`;
      const claim = buildClaim(encounter, {
        patientControlNumber,
        lineControlNumber: (line) => `${patientControlNumber}L${line + 1}`,
      });
      claims.push({ encounter, claim });
    }
    return generateBatch(claims, BATCH).text;
  };
  const budgetMs = scale.smoke ? 1500 : 5000;
  const ours = fastest(whole, budgetMs);
  const text = whole();
  const segments = text.split("~\n").map((segment) => segment.split("*").map(componentsOf));
  const join = (): string => segments.map((elements) => elements.map(joined).join("*")).join("~\n");
  if (join() !== text) throw new Error("the baseline writes another text");
  const plain = fastest(join, budgetMs / 5);
  const perSecond = Math.round(encounters.length / (ours / 1000));
  return [
    {
      name: "generate 837P",
      ratio: plain / ours,
      target: TARGET,
      detail:
        `${encounters.length} encounters, ${text.length} characters: ${ours.toFixed(1)} ms with ` +
        `ajv and all edits (${perSecond} a second), plain join ${plain.toFixed(1)} ms`,
    },
  ];
}

/** An element as the builder has it: text, or the components of a composite. */
function componentsOf(element: string): string | string[] {
  return element.includes(":") ? element.split(":") : element;
}

function joined(element: string | string[]): string {
  return typeof element === "string" ? element : element.join(":");
}

/** A visit of two lines; every patient and day differs from the one before. */
function visit(index: number): Encounter {
  const day = String(1 + (index % 19)).padStart(2, "0");
  const serviceDate = `2026-03-${day}`;
  const charge = `${100 + (index % 50)}.50`;
  const lines = [
    plainLine("99213", charge, { serviceDate }),
    plainLine("36415", "20", { serviceDate }),
  ];
  const plain = plainEncounter();
  return encounterWith(
    { claimChargeAmount: `${120 + (index % 50)}.50`, serviceLines: lines },
    {
      externalId: `V-${index}`,
      subscriber: { ...plain.subscriber, memberId: `M${100000 + index}` },
    },
  );
}

/** Milliseconds of the fastest run among those that fit into the budget, five at least. */
function fastest(work: () => unknown, budgetMs: number): number {
  let best = Number.POSITIVE_INFINITY;
  const start = performance.now();
  for (let round = 0; round < 5 || performance.now() - start < budgetMs; round += 1) {
    const begin = performance.now();
    work();
    best = Math.min(best, performance.now() - begin);
  }
  return best;
}
