import { expect } from "chai";
import fc from "fast-check";
import { MAX_ENCOUNTERS, parseEncounters } from "../../../src/billing/intake/index.ts";
import { locateJsonError } from "../../../src/billing/intake/json-error.ts";

function summary(text: string): { pointers: string[]; findings: string[] } {
  const { encounters, findings } = parseEncounters(text);
  return {
    pointers: encounters.map(({ pointer }) => pointer),
    findings: findings.map(({ code, message }) => `${code}: ${message}`),
  };
}

const NOT_JSON = "encounter-json-invalid: The text is not JSON: the first error is at";

describe("parseEncounters", () => {
  const READ: [what: string, text: string, pointers: string[], findings: string[]][] = [
    ["one encounter", '{"a":1}', [""], []],
    ["one encounter behind a byte order mark", '\uFEFF{"a":1}', [""], []],
    ["an array", '[{"a":1},{"a":2}]', ["/0", "/1"], []],
    ["an empty array", "[]", [], []],
    ["NDJSON", '{"a":1}\r\n\r\n{"a":2}\n', ["/0", "/1"], []],
    [
      "NDJSON with a bad line, the others all the same",
      '{"a":1}\n{"a":\n{"a":3}',
      ["/0", "/2"],
      [`${NOT_JSON} line 2, column 6.`],
    ],
    [
      "a bad array, with the place",
      '[\n  {"a": 1},\n  {"a" 2}\n]',
      [],
      [`${NOT_JSON} line 3, column 8.`],
    ],
    ["a text that ends early", '{"a": [1, 2', [], [`${NOT_JSON} line 1, column 12.`]],
    [
      "an empty file",
      " \n",
      [],
      ["encounter-file-empty: The file is empty: no encounter was found."],
    ],
  ];
  for (const [what, text, pointers, findings] of READ) {
    it(`reads ${what}`, () => {
      expect(summary(text)).to.deep.equal({ pointers, findings });
    });
  }

  it("never quotes the text that it refuses", () => {
    const { findings } = parseEncounters('{"lastName": Zebediah}');
    expect(findings).to.have.length(1);
    expect(JSON.stringify(findings)).to.not.include("Zebediah");
  });

  it("refuses a file of too many encounters whole", () => {
    const text = `[${"1,".repeat(MAX_ENCOUNTERS)}1]`;
    const { encounters, findings } = parseEncounters(text);
    expect(encounters).to.have.length(0);
    expect(findings.map(({ code }) => code)).to.deep.equal(["encounter-file-too-long"]);
  });

  it("keeps a __proto__ key as data, so that the check can refuse it", () => {
    const [parsed] = parseEncounters('{"__proto__": {"polluted": true}}').encounters;
    expect(Object.keys(parsed?.value as object)).to.deep.equal(["__proto__"]);
    expect(({} as Record<string, unknown>).polluted).to.equal(undefined);
  });
});

describe("locateJsonError", () => {
  it("finds no error in JSON, and one in JSON with a character too many", () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom("}", "]", ":", "x", "\u0001"),
        (json, at, sign) => {
          expect(locateJsonError(json).offset).to.equal(json.length);
          const place = at % (json.length + 1);
          const broken = json.slice(0, place) + sign + json.slice(place);
          if (parses(broken)) return;
          const { offset } = locateJsonError(broken);
          expect(offset).to.be.within(0, broken.length);
          expect(offset, "an error before the first change").to.be.at.least(
            Math.min(place, broken.length) - longestToken(broken, place),
          );
        },
      ),
      { verbose: 1 },
    );
  });

  it("is not exhausted by deep nesting", () => {
    expect(locateJsonError(`${"[".repeat(200_000)}x`).offset).to.equal(200_000);
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** How far before a change the broken token may begin: the error is told at its start. */
function longestToken(text: string, place: number): number {
  return place - Math.max(0, text.slice(0, place).search(/[^\s,:[\]{}]*$/));
}
