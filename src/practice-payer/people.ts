import { addDays, addYears } from "./calendar.ts";
import { between, happens, pick, type Random } from "./random.ts";

/** An invented person. */
export interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly gender: "F" | "M";
  readonly dateOfBirth: string;
  /** Full years on the day for which the person was invented. */
  readonly age: number;
}

/** An invented address; the town does not exist. */
export interface HomeAddress {
  readonly address1: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
}

const FIRST_NAMES = {
  F: "Ada Bea Cleo Dora Edda Fern Gilda Hazel Iris Junia Kaya Lotta Maeve Nell Opal Petra".split(
    " ",
  ),
  M: "Abel Bruno Caspar Dexter Emil Floyd Gus Hugo Ivo Jasper Kit Leif Milo Ned Otto Piers".split(
    " ",
  ),
} as const;
const SURNAME_HEADS = "Sample Mock Fable Demo Trial Specimen Fiction Imagin Pretend Example".split(
  " ",
);
const SURNAME_TAILS = "wood worth field ridge stone well brook ham land shaw".split(" ");
const STREETS = ["Placeholder Lane", "Specimen Street", "Example Avenue", "Fiction Row"] as const;
const TOWNS = ["Sampleton", "Mockford", "Fableburg", "Trialville"] as const;

/** A surname that no one could take for a real patient's. */
export function inventSurname(random: Random): string {
  return pick(random, SURNAME_HEADS) + pick(random, SURNAME_TAILS);
}

/** A person between two ages on `today`. */
export function inventPerson(
  random: Random,
  today: string,
  ages: readonly [number, number],
  lastName: string,
): Person {
  const gender = happens(random, 54) ? "F" : "M";
  const age = between(random, ages[0], ages[1]);
  const dateOfBirth = addDays(addYears(today, -age), -between(random, 100, 360));
  return { firstName: pick(random, FIRST_NAMES[gender]), lastName, gender, dateOfBirth, age };
}

/** A home in a town that does not exist. */
export function inventAddress(random: Random): HomeAddress {
  return {
    address1: `${between(random, 1, 999)} ${pick(random, STREETS)}`,
    city: pick(random, TOWNS),
    state: "OH",
    postalCode: `43${String(random(1000)).padStart(3, "0")}`,
  };
}
