import { expect } from "chai";
import { FIELD_ROWS } from "../../src/billing/intake/fields.ts";
import type { EncounterKind } from "../../src/billing/intake/index.ts";
import { variedEncounters } from "./varied/index.ts";

/** What no file shows: who sends is said in the configuration, and `x` is ours alone. */
const IN_NO_FILE = /^(?:encounter\.(?:submitter|receiver|x)|submitter\..*|receiver\..*|x\..*)$/;
/** What has another place: a list with the same things, or the billing provider only. */
const ELSEWHERE: readonly string[] = [
  "claimSupplementalInformation.reportInformation",
  "lineProvider.employerId",
  "lineProvider.ssn",
];
/** What a schema for all kinds of claims has, and this kind has no place for. */
const NOT_OF: Readonly<Record<EncounterKind, readonly string[]>> = {
  professional: [],
  institutional: [
    "provider.ssn",
    "lineProvider.taxonomyCode",
    "lineProvider.organizationName",
    "lineProvider.address",
    "lineProvider.contactInformation",
  ],
  dental: ["provider.ssn", "lineProvider.address", "lineProvider.contactInformation"],
};

/** Every row of a structure: its field, its kind of value, and the kinds of claim that have it. */
interface Field {
  readonly name: string;
  readonly kind: string;
  readonly claims: readonly string[];
}

function fieldsOf(structure: string): Field[] {
  return (FIELD_ROWS[structure] ?? []).map((row) => {
    const [name = "", kind = "", , , , , claims = ""] = row.split("|");
    return { name, kind, claims: claims.split(" ").filter((claim) => claim !== "") };
  });
}

/** Adds `structure.field` for everything that stands in the value. */
function see(structure: string, value: object, seen: Set<string>): void {
  for (const { name, kind } of fieldsOf(structure)) {
    const inner = (value as Readonly<Record<string, unknown>>)[name];
    if (inner === undefined) continue;
    seen.add(`${structure}.${name}`);
    const object = /object:(\w+)$/.exec(kind)?.[1];
    if (object === undefined) continue;
    const all = [inner].flat(3) as object[];
    for (const each of all) see(object, each, seen);
  }
}

/** Structures that a value of this kind of claim can reach, with their fields that are written. */
function reachable(kind: EncounterKind, structure: string, known: Set<string>): void {
  for (const field of fieldsOf(structure)) {
    const name = `${structure}.${field.name}`;
    if (known.has(name) || field.kind === "none") continue;
    if (field.claims.length > 0 && !field.claims.includes(kind)) continue;
    known.add(name);
    const object = /object:(\w+)$/.exec(field.kind)?.[1];
    if (object !== undefined) reachable(kind, object, known);
  }
}

describe("varied encounters", () => {
  for (const kind of ["professional", "institutional", "dental"] as const) {
    it(`say all that a ${kind} claim can`, () => {
      const seen = new Set<string>();
      for (const { encounter } of variedEncounters(kind, 1600, "a seed")) {
        see("encounter", encounter, seen);
      }
      const known = new Set<string>();
      reachable(kind, "encounter", known);
      const expected = [...known].filter(
        (name) => !IN_NO_FILE.test(name) && ![...ELSEWHERE, ...NOT_OF[kind]].includes(name),
      );
      expect(expected.filter((name) => !seen.has(name))).to.deep.equal([]);
    });
  }
});
