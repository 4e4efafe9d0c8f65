import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import type { GuideLoop } from "../../src/edi/guides/guide.ts";
import { GUIDES } from "../../src/edi/guides/guides.ts";
import { statusOfSet, verdictsOf } from "../../src/edi/guides/index.ts";
import {
  LOOP_RULES,
  type LoopRule,
  SET_RULES,
  type SetRule,
} from "../../src/edi/guides/rules/index.ts";
import { answerCases, remittanceCases } from "./rules/answer-cases.ts";
import { type Base, type Edit, professional } from "./rules/case.ts";
import { claimCases, levelCases } from "./rules/claim-cases.ts";
import { institutionalCases } from "./rules/institutional-cases.ts";
import { otherPayerCases } from "./rules/other-payer-cases.ts";
import { dentalCases, professionalCases } from "./rules/professional-cases.ts";
import { groupOf, interchangeOf, read, setOf } from "./small-files.ts";

const CASES = [
  ...claimCases,
  ...otherPayerCases,
  ...professionalCases,
  ...institutionalCases,
  ...dentalCases,
  ...remittanceCases,
  ...answerCases,
  ...levelCases,
];

const PAGE = new URL("../../docs/situational-rules.md", import.meta.url);

/** The table of the page, one row for each rule. */
function listOf(rules: readonly (LoopRule | SetRule)[]): string {
  const rows = rules.map(({ name, guides, loops, snip, severity, demands, fix, source }) => [
    `\`${name}\``,
    guides.join(", "),
    loops.join(", "),
    String(snip),
    severity,
    ...[demands, fix, source].map((words) => words.replaceAll("*", "\\*")),
  ]);
  const heads = ["Rule", "Guides", "Loops", "SNIP", "Severity", "Demands", "What to do", "Source"];
  return [heads, heads.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |\n`).join("");
}

function loopsOf(loop: GuideLoop): string[] {
  const inner = loop.children.flatMap((child) => (child.kind === "loop" ? loopsOf(child) : []));
  return [loop.id, ...inner];
}

function written({ set, group, version, body }: Base, edits: readonly Edit[]): string {
  let changed = body;
  for (const [before, after] of edits) {
    expect(changed, `${before} stands in the set`).to.include(before);
    changed = changed.replace(before, after);
  }
  const implementation = set === "835" ? "" : version;
  return interchangeOf(groupOf(group, version, setOf(set, "0001", changed, implementation)));
}

/** `rule@PLACE` of what is found. */
function foundIn(text: string): string[] {
  return read(text, true).findings.map(({ code, segment, element, component }) => {
    const number = element === undefined ? "" : String(element).padStart(2, "0");
    return `${code}@${segment}${number}${component === undefined ? "" : `-${component}`}`;
  });
}

describe("rules between segments", () => {
  const rules = [...LOOP_RULES, ...SET_RULES];

  for (const { rule, base, keeps, breaks, place } of CASES) {
    it(`${rule} (${base.version}) is kept, and broken at ${place}`, () => {
      expect(foundIn(written(base, keeps))).to.deep.equal([]);
      expect(foundIn(written(base, breaks))).to.deep.equal([`${rule}@${place}`]);
    });
  }

  it("have each a case here, a source, and words that say what to do", () => {
    const tested = new Set(CASES.map(({ rule }) => rule));
    expect(rules.map(({ name }) => name).filter((name) => !tested.has(name))).to.deep.equal([]);
    for (const { name, demands, fix, source } of rules) {
      expect(name).to.match(/^[a-z]+(-[a-z]+)+$/);
      for (const words of [demands, fix]) expect(words, name).to.match(/^[A-Z].+\.$/);
      expect(source, name).to.match(/^005010X\d{3}/);
    }
  });

  it("have a name each", () => {
    expect(new Set(rules.map(({ name }) => name)).size).to.equal(rules.length);
  });

  it("concern guides that are held, and loops that those have", () => {
    for (const { name, guides, loops } of rules) {
      for (const guide of guides) {
        const held = GUIDES.find((each) => each.name === guide);
        const ids = held === undefined ? [] : loopsOf(held.root);
        expect(
          loops.some((loop) => ids.includes(loop)),
          `${name} of ${guide}`,
        ).to.equal(true);
      }
    }
  });

  it("are listed in docs/situational-rules.md (UPDATE_GOLDEN=1 writes it)", () => {
    const text = readFileSync(PAGE, "utf8");
    const head = text.slice(0, text.indexOf("| Rule |"));
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(PAGE, head + listOf(rules));
    else expect(text.slice(head.length)).to.equal(listOf(rules));
  });

  it("tell by how much a balance is off, and never a name or number of the data", () => {
    const [finding] = read(written(professional, [["PCN1*150*", "PCN1*151.5*"]]), true).findings;
    expect(finding?.message).to.include("$1.50");
    expect(JSON.stringify(finding)).to.not.include("PCN1");
  });

  it("do not reject the claims beside one that breaks them, but are told by the 999", () => {
    const { events } = read(written(professional, [["11:B:1*", "11:B:8*"]]), true);
    const [set] = verdictsOf(events)[0]?.groups[0]?.sets ?? [];
    expect(set && statusOfSet(set)).to.equal("E");
    expect(set?.findings[0]?.acknowledgement).to.deep.equal({ in: "IK304", code: "I6" });
  });

  it("are not asked where elements are not checked", () => {
    expect(read(written(professional, [["11:B:1*", "11:B:8*"]])).findings).to.deep.equal([]);
  });
});
