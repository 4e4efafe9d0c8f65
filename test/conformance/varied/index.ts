/**
 * Varied claims: seeded encounters of each kind that together say whatever our schema lets them.
 *
 * Terminology
 * - variation: one thing that a claim may say besides the plain ones; a claim has some of them.
 */
import { byKind, type Encounter, type EncounterKind } from "../../../src/billing/intake/index.ts";
import { type Random, randomFrom } from "../../../src/practice-payer/random.ts";
import { DENTAL_VARIATIONS } from "./dental.ts";
import { dentalEncounter } from "./dental-visit.ts";
import { institutionalEncounter } from "./hospital.ts";
import { INSTITUTIONAL_VARIATIONS } from "./institutional.ts";
import { PROFESSIONAL_VARIATIONS, professionalEncounter } from "./professional.ts";
import type { Variation } from "./variation.ts";

export { TODAY } from "./parties.ts";

/** A varied encounter and the names of what was varied in it. */
export interface VariedEncounter {
  readonly encounter: Encounter;
  readonly variations: readonly string[];
}

const KINDS: Readonly<
  Record<
    EncounterKind,
    {
      readonly letter: string;
      readonly plain: (random: Random, number: string) => Encounter;
      readonly variations: readonly Variation[];
    }
  >
> = {
  professional: { letter: "P", plain: professionalEncounter, variations: PROFESSIONAL_VARIATIONS },
  institutional: {
    letter: "I",
    plain: institutionalEncounter,
    variations: INSTITUTIONAL_VARIATIONS,
  },
  dental: { letter: "D", plain: dentalEncounter, variations: DENTAL_VARIATIONS },
};

/** The names of all variations, by kind of claim. */
export const VARIATIONS = byKind((kind) => KINDS[kind].variations.map(({ name }) => name));

/** Besides the one whose turn it is, a claim has at most so many variations. */
const FURTHER = 4;
/** Half of the plain encounters fit, so that all of so many hardly ever fail to. */
const TRIES = 40;

/** `count` encounters of a kind; the same seed gives the same ones, and each variation has its turn. */
export function variedEncounters(
  kind: EncounterKind,
  count: number,
  seed: string,
): VariedEncounter[] {
  return Array.from({ length: count }, (_, index) => variedEncounter(kind, index, seed));
}

function variedEncounter(kind: EncounterKind, index: number, seed: string): VariedEncounter {
  const { letter, plain, variations } = KINDS[kind];
  const random = randomFrom(`${seed}|${kind}|${index}`);
  const first = variations[index % variations.length];
  const chosen = new Set<Variation>(first === undefined ? [] : [first]);
  for (let further = random(FURTHER); further > 0; further -= 1) {
    const next = variations[random(variations.length)];
    if (next === undefined) continue;
    const taken = [...chosen].some(({ group }) => group !== undefined && group === next.group);
    if (!taken) chosen.add(next);
  }
  const number = `${letter}${String(index + 1).padStart(6, "0")}`;
  let encounter = plain(random, number);
  // A variation that fits some encounters only, has its turn with one that it fits.
  for (let tries = 0; tries < TRIES && first?.apply(encounter, random) === encounter; tries += 1) {
    encounter = plain(random, number);
  }
  // In the order of the list: what earlier payers decided of the lines comes when they stand.
  const names: string[] = [];
  for (const variation of variations) {
    if (!chosen.has(variation)) continue;
    const changed = variation.apply(encounter, random);
    if (changed !== encounter) names.push(variation.name);
    encounter = changed;
  }
  return { encounter, variations: names };
}
