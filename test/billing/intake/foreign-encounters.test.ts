import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { compileEncounterCheck, parseEncounters } from "../../../src/billing/intake/index.ts";
import { readSchema } from "../../../src/platform/config/index.ts";

const FOLDER = "../shared/encounters";

/** Every file below a folder, in the order of their names. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => one.name.localeCompare(other.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
}

/** Every text of a JSON value that is more than a common word: it holds a digit, such as ids, dates, addresses. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return /\d/.test(value) && value.length >= 6 ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

describe("encounters that are not ours", () => {
  before(function () {
    if (!existsSync(FOLDER)) this.skip();
  });

  it("are refused with findings that name the place and no value, whatever FHIR they hold", () => {
    const check = compileEncounterCheck(readSchema("encounter"));
    const files = filesBelow(FOLDER).filter((path) => path.endsWith(".json"));
    expect(files.length).to.be.greaterThan(60);
    for (const path of files) {
      const { encounters } = parseEncounters(readFileSync(path, "utf8"));
      expect(encounters, path).to.have.length.greaterThan(0);
      for (const { value } of encounters) {
        const { encounter, findings } = check(value);
        expect(encounter, path).to.equal(undefined);
        expect(findings.length, path).to.be.greaterThan(0);
        const said = findings.map(({ message, fix = "" }) => `${message} ${fix}`).join("\n");
        const leaked = textsOf(value).filter((text) => said.includes(` ${text} `));
        expect(leaked, path).to.deep.equal([]);
      }
    }
  });

  it("are refused line by line when they are no JSON at all", () => {
    const files = filesBelow(FOLDER).filter((path) => /\.(csv|tsv|txt)$/.test(path));
    expect(files.length).to.be.greaterThan(8);
    for (const path of files) {
      const { encounters, findings } = parseEncounters(readFileSync(path, "utf8"));
      expect(encounters, path).to.deep.equal([]);
      expect(findings[0]?.code, path).to.equal("encounter-json-invalid");
    }
  });
});
