import { answerClaims, syntheticEncounters } from "../practice-payer/index.ts";

/** A file to be written beside others. */
export interface SimulatedFile {
  readonly name: string;
  readonly text: string;
  readonly description: string;
}

/** Synthetic encounters as one JSON array, from a seed. */
export function simulateEncounters(order: {
  readonly count: number;
  readonly seed: string;
  readonly today: string;
}): SimulatedFile {
  const encounters = syntheticEncounters(order);
  return {
    name: "encounters.json",
    text: `${JSON.stringify(encounters, null, 1)}\n`,
    description: `${encounters.length} synthetic encounters`,
  };
}

/** What the practice payer answers to 837 files, in the order in which the answers arrive. */
export function simulatePayer(
  claimFiles: readonly Uint8Array[],
  options: {
    readonly seed: string;
    readonly today: string;
    readonly startingControlNumber: number;
  },
): readonly (SimulatedFile & { readonly kind: string })[] {
  return answerClaims(claimFiles, options).files;
}
