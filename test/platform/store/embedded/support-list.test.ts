import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { ACCUMULATORS } from "../../../../src/platform/store/embedded/accumulators.ts";
import { COMMANDS } from "../../../../src/platform/store/embedded/commands/index.ts";
import { OPERATORS as EXPRESSIONS } from "../../../../src/platform/store/embedded/expression.ts";
import { LOGICAL, OPERATORS } from "../../../../src/platform/store/embedded/match.ts";
import { STAGES } from "../../../../src/platform/store/embedded/stages.ts";
import {
  PUSH_MODIFIERS,
  UPDATE_OPERATORS,
} from "../../../../src/platform/store/embedded/update-operators.ts";
import { triedShapes } from "../shape-record.ts";
import { supportList } from "./support-list.ts";

const README = new URL("../../../../src/platform/store/embedded/README.md", import.meta.url);
const [START, END] = ["<!-- support list -->\n\n", "\n\n<!-- end of the support list -->"];

/** Tried by other tests: the plan is the store's own, and only old drivers send the old greeting. */
const TRIED_ELSEWHERE: ReadonlySet<string> = new Set(["explain", "ismaster"]);

/** The words of the tried shapes of some commands. */
function wordsOf(commands: RegExp): ReadonlySet<string> {
  const shapes = Object.values(triedShapes()).flat();
  const words = shapes
    .filter((shape) => commands.test(shape))
    .flatMap((shape) => shape.split(/[\s()[\]=]+/));
  return new Set(words);
}

/** What is on the list, and the commands in whose shapes it must occur. */
const LISTED: readonly (readonly [of: string, names: Iterable<string>, commands: RegExp])[] = [
  ["commands", Object.keys(COMMANDS).filter((name) => !TRIED_ELSEWHERE.has(name)), /^/],
  ["filters", [...Object.keys(LOGICAL), ...Object.keys(OPERATORS)], /^(find|delete) /],
  ["updates", [...Object.keys(UPDATE_OPERATORS), ...PUSH_MODIFIERS], /^update /],
  ["stages", Object.keys(STAGES), /^aggregate /],
  ["accumulators", Object.keys(ACCUMULATORS), /^aggregate /],
  ["expressions", Object.keys(EXPRESSIONS), /^aggregate /],
];

describe("embedded store: support list", () => {
  for (const [of, names, commands] of LISTED) {
    it(`has a conformance case for each of its ${of}`, () => {
      const words = wordsOf(commands);
      expect([...names].filter((name) => !words.has(name))).to.deep.equal([]);
    });
  }

  it("is in the README as the store's tables have it (UPDATE_GOLDEN=1 writes it)", () => {
    const text = readFileSync(README, "utf8");
    const [before = "", rest = ""] = text.split(START);
    const [list = "", after = ""] = rest.split(END);
    if (process.env.UPDATE_GOLDEN === "1") {
      writeFileSync(README, before + START + supportList() + END + after);
    } else expect(list).to.equal(supportList());
  });
});
