/**
 * Fuzz of the reader. What goes on is chosen by a cheap feedback in place of coverage of code: a mutant becomes a seed
 * itself when it brings a finding whose code, loop and segment no input has brought together before. Each of the
 * reader's branches that says anything at all is behind such a combination.
 */
import { type Dice, diceOf } from "../../platform/store/embedded/dice.ts";
import { answered, explained, judged } from "./judge.ts";
import { mutated } from "./mutate.ts";
import { seeds } from "./seeds.ts";

/** What a run came to. */
export interface FuzzReport {
  readonly inputs: number;
  /** Seeds at the end, and combinations of code, loop and segment seen. */
  readonly seeds: number;
  readonly traits: number;
}

/** Longer mutants are cut, so that work per input stays alike. */
const MUTANT_BYTES_MAX = 8_000;
const SEEDS_MAX = 5_000;
/** Answering and explaining read the text anew: one input in so many is answered, and one explained. */
const ONE_IN = 16;

/** Reads `inputs` mutants; throws at the first that breaks a promise, with the text that does. */
export async function fuzz(
  inputs: number,
  seed: number,
  progress: (report: FuzzReport) => void = () => undefined,
): Promise<FuzzReport> {
  const dice = diceOf(seed, 1);
  const corpus = seeds();
  const seen = new Set<string>();
  for (const text of corpus) learn(text, seen);
  for (let input = 1; input <= inputs; input += 1) {
    const text = mutated(dice.pick(corpus), dice.pick(corpus), dice).slice(0, MUTANT_BYTES_MAX);
    try {
      if (learn(text, seen)) keepSeed(corpus, text, dice);
      if (input % ONE_IN === 0) await explained(text);
      else if (input % ONE_IN === 1) answered(text);
    } catch (error) {
      const where = `FUZZ_SEED=${seed}, input ${input}: ${JSON.stringify(text)}`;
      throw new Error(`${(error as Error).message}\n${where}`, { cause: error });
    }
    if (input % 10_000 === 0) progress({ inputs: input, seeds: corpus.length, traits: seen.size });
  }
  return { inputs, seeds: corpus.length, traits: seen.size };
}

/** Whether the text brings anything new. */
function learn(text: string, seen: Set<string>): boolean {
  const before = seen.size;
  for (const trait of judged(text).traits) seen.add(trait);
  return seen.size > before;
}

function keepSeed(corpus: string[], text: string, dice: Dice): void {
  // A copy of its own: a text made of pieces of others would keep those in memory.
  const own = Buffer.from(text, "latin1").toString("latin1");
  if (corpus.length < SEEDS_MAX) corpus.push(own);
  else corpus[dice.below(SEEDS_MAX)] = own;
}
