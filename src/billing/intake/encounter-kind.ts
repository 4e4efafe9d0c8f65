import type { Encounter } from "./encounter.ts";

/** What an encounter is billed as: 837P, 837I or 837D. */
export type EncounterKind = NonNullable<Encounter["kind"]>;

/** Every kind. */
export const ENCOUNTER_KINDS: readonly EncounterKind[] = [
  "professional",
  "institutional",
  "dental",
];

/** Something of each kind. */
export function byKind<T>(make: (kind: EncounterKind) => T): Readonly<Record<EncounterKind, T>> {
  return {
    professional: make("professional"),
    institutional: make("institutional"),
    dental: make("dental"),
  };
}

/** The kind of an encounter: professional when it says none. */
export function kindOf({ kind }: Pick<Encounter, "kind">): EncounterKind {
  return kind ?? "professional";
}
