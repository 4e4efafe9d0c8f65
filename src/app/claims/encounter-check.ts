import { compileEncounterCheck, type EncounterCheck } from "../../billing/intake/index.ts";
import { readSchema } from "../../platform/config/index.ts";

let compiled: EncounterCheck | undefined;

/** The check of encounters against their schema; compiled when it is first needed. */
export function encounterCheck(): EncounterCheck {
  compiled ??= compileEncounterCheck(readSchema("encounter"));
  return compiled;
}
