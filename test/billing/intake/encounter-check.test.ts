import { expect } from "chai";
import { compileEncounterCheck, fieldAt } from "../../../src/billing/intake/index.ts";
import { encounterSchema, plainEncounter, sampleEncounters } from "../claims/sample-encounters.ts";

const check = compileEncounterCheck(encounterSchema());

/** The plain encounter as JSON text brings it, with one value put at a JSON pointer. */
function withValue(pointer: string, value: unknown): unknown {
  const encounter: unknown = JSON.parse(JSON.stringify(plainEncounter()));
  const tokens = pointer.split("/").slice(1);
  const last = tokens.pop() ?? "";
  let at = encounter as Record<string, unknown>;
  for (const token of tokens) {
    at[token] ??= {};
    at = at[token] as Record<string, unknown>;
  }
  if (value === undefined) delete at[last];
  else Object.defineProperty(at, last, { value, enumerable: true, configurable: true });
  return encounter;
}

const LINE = "/claimInformation/serviceLines/0";
const many = (count: number, item: unknown): unknown[] => Array.from({ length: count }, () => item);

describe("encounter check", () => {
  for (const [name, encounter] of Object.entries(sampleEncounters())) {
    it(`accepts the sample: ${name}`, () => {
      const { encounter: typed, findings } = check(encounter);
      expect(findings).to.deep.equal([]);
      expect(typed).to.equal(encounter);
    });
  }

  it("names loop, element and CMS-1500 box of what is missing", () => {
    expect(
      check(withValue("/claimInformation/claimChargeAmount", undefined)).findings,
    ).to.deep.equal([
      {
        severity: "error",
        code: "encounter-field-missing",
        snip: 1,
        loop: "2300",
        segment: "CLM",
        element: 2,
        pointer: "/claimInformation/claimChargeAmount",
        message: "Claim charge is missing (loop 2300, CLM02, CMS-1500 box 28).",
        fix: "Add it.",
      },
    ]);
  });

  const line = plainEncounter().claimInformation.serviceLines[0];
  const diagnosis = plainEncounter().claimInformation.healthCareCodeInformation?.[0];
  const REFUSED: [what: string, pointer: string, value: unknown, code: string][] = [
    [
      "an amount that is a number",
      `${LINE}/professionalService/lineItemChargeAmount`,
      12.5,
      "type",
    ],
    ["a fraction of a cent", "/claimInformation/claimChargeAmount", "1.005", "format"],
    ["an amount with a sign of money", "/claimInformation/claimChargeAmount", "$5", "format"],
    ["a date of another form", `${LINE}/serviceDate`, "03/02/2026", "format"],
    ["a code that the guide does not list", "/claimInformation/claimFrequencyCode", "9", "value"],
    ["an empty string", "/subscriber/lastName", "", "length"],
    ["a name that is too long", "/subscriber/lastName", "A".repeat(61), "length"],
    ["51 lines", "/claimInformation/serviceLines", many(51, line), "count"],
    ["no lines", "/claimInformation/serviceLines", [], "count"],
    ["13 diagnoses", "/claimInformation/healthCareCodeInformation", many(13, diagnosis), "count"],
    ["5 modifiers", `${LINE}/professionalService/procedureModifiers`, many(5, "25"), "count"],
    [
      "5 pointers",
      `${LINE}/professionalService/compositeDiagnosisCodePointers/diagnosisCodePointers`,
      many(5, "1"),
      "count",
    ],
    [
      "two claim notes",
      "/claimInformation/claimNote",
      { additionalInformation: "a", diagnosisDescription: "b" },
      "count",
    ],
    ["51 tags", "/x/tags", many(51, "t"), "count"],
    ["a structure in x.custom", "/x/custom/deep", { a: 1 }, "type"],
    ["a key of x.custom that is no name", "/x/custom/two words", 1, "format"],
  ];
  for (const [what, pointer, value, code] of REFUSED) {
    it(`refuses ${what}`, () => {
      const { encounter, findings } = check(withValue(pointer, value));
      expect(encounter).to.equal(undefined);
      expect(findings.map((finding) => finding.code)).to.deep.equal([`encounter-field-${code}`]);
      const [finding] = findings;
      expect(pointer.startsWith(finding?.pointer ?? "?")).to.equal(true);
    });
  }

  it("suggests the name that was probably meant, and tells no other unknown key", () => {
    const [typo] = check(withValue("/subscriber/memberID2", "1")).findings;
    expect(typo?.message).to.include("near memberId");
    const [stranger] = check(withValue("/subscriber/Jane Doe 1980", "1")).findings;
    expect(stranger?.code).to.equal("encounter-field-unknown");
    expect(JSON.stringify(stranger)).to.not.include("Jane");
  });

  it("names a known field that this version does not send", () => {
    const [finding] = check(withValue("/claimInformation/claimContractInformation", {})).findings;
    expect(finding?.code).to.equal("encounter-field-not-sent");
    expect(finding?.message).to.include("claimContractInformation");
  });

  const PLACES = [
    "",
    "/subscriber",
    "/billing/address",
    LINE,
    `${LINE}/professionalService`,
    "/x",
    "/x/custom",
  ];
  for (const key of ["__proto__", "constructor", "prototype"]) {
    it(`refuses the key ${key} anywhere and merges it nowhere`, () => {
      for (const place of PLACES) {
        const value = withValue(`${place}/${key}`, { polluted: true });
        const { findings } = check(JSON.parse(JSON.stringify(value)));
        expect(findings[0]?.code, place).to.equal("encounter-prototype-key");
      }
      expect(({} as Record<string, unknown>).polluted).to.equal(undefined);
    });
  }

  it("says of any value that is no object only that", () => {
    for (const value of [null, 1, "x", [], true]) {
      expect(check(value).findings.map((finding) => finding.code)).to.deep.equal([
        "encounter-field-type",
      ]);
    }
  });

  it("never quotes the value that it refuses", () => {
    const secret = "Zebediah-4711";
    const pointers = [
      "/subscriber/gender",
      "/subscriber/dateOfBirth",
      "/claimInformation/claimChargeAmount",
    ];
    for (const pointer of pointers) {
      const { findings } = check(withValue(pointer, secret));
      expect(findings.length).to.be.at.least(1);
      expect(JSON.stringify(findings)).to.not.include(secret);
    }
  });

  it("tells at most a hundred findings of one encounter", () => {
    const bad = many(50, { serviceDate: 1, professionalService: {} });
    const { findings } = check(withValue("/claimInformation/serviceLines", bad));
    expect(findings).to.have.length(101);
    expect(findings.at(-1)?.code).to.equal("encounter-findings-cut");
  });
});

describe("fieldAt", () => {
  const KNOWN: [pointer: string, label: string, loop: string, segment: string, element: number][] =
    [
      ["/billing/npi", "billing provider NPI", "2010AA", "NM1", 9],
      ["/billing/taxonomyCode", "billing provider taxonomy code", "2000A", "PRV", 3],
      ["/subscriber/address/city", "subscriber city", "2010BA", "N4", 1],
      [
        `${LINE}/providerControlNumber`,
        "service line 1 line item control number",
        "2400",
        "REF",
        2,
      ],
      [
        `${LINE}/professionalService/procedureModifiers/2`,
        "service line 1 modifier 3",
        "2400",
        "SV1",
        1,
      ],
      [
        "/claimInformation/healthCareCodeInformation/1/diagnosisCode",
        "diagnosis 2 diagnosis code",
        "2300",
        "HI",
        1,
      ],
    ];
  for (const [pointer, label, loop, segment, element] of KNOWN) {
    it(`places ${pointer}`, () => {
      const { field, label: told } = fieldAt(pointer, "professional");
      const { loop: atLoop, segment: atSegment, element: atElement } = field;
      expect([told, atLoop, atSegment, atElement]).to.deep.equal([label, loop, segment, element]);
    });
  }
});
