/** Rules of hierarchical levels (HL), which all guides with levels share. */
import type { Loop } from "../loop.ts";
import { CLAIMS } from "./claim.ts";
import { NONE, type SetRule, type Watch, wrong } from "./rule.ts";

const OTHERS: readonly string[] = ["276", "277", "277CA", "270", "271"];
const LEVELS = ["2000A", "2000B", "2000C", "2000D", "2000E"];

const CHILDREN = {
  loops: LEVELS,
  demands: "HL04 is 1 where further levels stand below, and 0 where none does.",
  fix: "Correct HL04.",
  source: "005010X222A1 2000A, 2000B HL04; likewise X223A2, X224A2, X212, X214, X279A1",
  snip: 4,
} as const;

export const hierarchyRules: readonly SetRule[] = [
  {
    name: "level-number-wrong",
    guides: [...CLAIMS, ...OTHERS],
    loops: LEVELS,
    demands: "The levels of a transaction set are numbered from 1, one by one (HL01).",
    fix: "Number the levels anew from 1, and name the parents by their new numbers in HL02.",
    source: "005010X222A1 2000A HL01; likewise X223A2, X224A2, X212, X214, X279A1",
    snip: 4,
    severity: "error",
    watch: () => {
      let expected = 1;
      return {
        opened: (level) => {
          const hl = level.segment("HL");
          if (hl === undefined) return NONE;
          const number = hl.element(1);
          const isWrong = number !== String(expected);
          // What follows is judged by what stands there, so that one gap is told once.
          expected = (/^[0-9]{1,9}$/.test(number) ? Number(number) : expected) + 1;
          return isWrong ? [wrong(hl, 1)] : NONE;
        },
      };
    },
  },
  {
    ...CHILDREN,
    name: "level-children-contradicted",
    guides: CLAIMS,
    severity: "error",
    watch: watchChildren,
  },
  {
    ...CHILDREN,
    name: "answer-children-contradicted",
    guides: OTHERS,
    // Answers that refuse a level are sent with HL04 as it was in the request.
    severity: "warning",
    watch: watchChildren,
  },
];

function watchChildren(): Watch {
  const parents = new Set<Loop>();
  return {
    opened: ({ parent }) => {
      if (parent !== undefined) parents.add(parent);
      return NONE;
    },
    closed: (level) => {
      const hl = level.segment("HL");
      const hasChildren = parents.delete(level);
      const told = hl?.element(4) ?? "";
      if (hl === undefined || told === "") return NONE;
      return told !== (hasChildren ? "1" : "0") ? [wrong(hl, 4)] : NONE;
    },
  };
}
