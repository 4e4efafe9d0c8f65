import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import {
  adviceOn,
  GUIDES,
  type GuideElement,
  type GuideLoop,
  type GuideSegment,
} from "../../src/edi/guides/index.ts";

const SOURCE = join(import.meta.dirname, "../../src/edi");
const TABLE = "advice.ts";

/** The code sets to which the guides refer: words with hyphens that are no rules. */
function codeSets(parts: readonly (GuideLoop | GuideSegment)[]): string[] {
  return parts.flatMap((part) =>
    part.kind === "loop" ? codeSets(part.children) : setsOf(part.elements),
  );
}

function setsOf(elements: readonly GuideElement[]): string[] {
  return elements.flatMap(({ codeSet, components }) => [
    codeSet ?? "",
    ...setsOf(components ?? []),
  ]);
}

const NO_RULES = [
  "utf-8",
  "other-payer",
  "bill-frequency",
  "not-billable",
  "not-yet-effective",
  ...codeSets(GUIDES.map(({ root }) => root)),
];

/** The words with hyphens that stand in quotes in a room: rules, all but a few. */
function words(room: string): string[] {
  const names = readdirSync(join(SOURCE, room)).filter((name) => name.endsWith(".ts"));
  const texts = names
    .filter((name) => name !== TABLE)
    .map((name) => readFileSync(join(SOURCE, room, name), "utf8"));
  return texts.flatMap((text) =>
    [...text.matchAll(/"([a-z][a-z0-9]*(?:-[a-z0-9]+)+)"/g)].map(([, word = ""]) => word),
  );
}

describe("advice", () => {
  const rules = new Set(
    [...words("x12"), ...words("guides")].filter((word) => !NO_RULES.includes(word)),
  );

  it("is given on every rule of the reader", () => {
    expect(rules.size).to.be.above(90);
    const silent = [...rules].filter((code) => {
      const advice = adviceOn({ severity: "error", code, message: "" });
      return advice === undefined || !/^[A-Z].*\.$/.test(advice);
    });
    expect(silent).to.deep.equal([]);
  });

  it("is given on no rule that is gone", () => {
    const table = readFileSync(join(SOURCE, "guides", TABLE), "utf8");
    const listed = [...table.matchAll(/^ {2}"([a-z0-9-]+)":/gm)].map(([, code = ""]) => code);
    expect(listed).to.have.length.above(90);
    expect(listed.filter((code) => !rules.has(code))).to.deep.equal([]);
  });

  it("leaves what a finding says itself", () => {
    const finding = { severity: "error", code: "file-empty", message: "", fix: "Wait." } as const;
    expect(adviceOn(finding)).to.equal("Wait.");
  });
});
