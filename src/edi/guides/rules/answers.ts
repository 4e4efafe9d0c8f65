/** Rules of acknowledgments and of answers about claims and eligibility (999, 277CA, 270, 271). */
import { type LoopRule, missing, NONE, wrong } from "./rule.ts";

/** IK501: a set that was not rejected. */
const ACCEPTED: readonly string[] = ["A", "E"];
/** STC01-1 of a claim that goes on. */
const RECEIVED: readonly string[] = ["A0", "A1", "A2", "A5"];
const REJECTED: readonly string[] = ["A3", "A4", "A6", "A7", "A8"];
const CO_INSURANCE = "A";

export const answerRules: readonly LoopRule[] = [
  {
    name: "accepted-count-wrong",
    guides: ["999"],
    loops: ["ST"],
    demands: "AK904 counts the transaction sets that IK501 accepts, where all of them are listed.",
    fix: "Go by the verdict of each set, and ask the sender for a corrected answer.",
    source: "005010X231A1 AK9",
    snip: 4,
    severity: "warning",
    breaches: (root) => {
      const ak9 = root.segment("AK9");
      const verdicts = root.loopsOf("2000").map((set) => set.segment("IK5")?.element(1) ?? "");
      if (ak9 === undefined || verdicts.length !== Number(ak9.element(3))) return NONE;
      const accepted = verdicts.filter((verdict) => ACCEPTED.includes(verdict)).length;
      return accepted !== Number(ak9.element(4)) ? [wrong(ak9, 4)] : NONE;
    },
  },
  {
    name: "rejection-unexplained",
    guides: ["999"],
    loops: ["2000"],
    demands: "A set that was not accepted (IK501) has an error, in IK502 or in a segment.",
    fix: "Ask the receiver why the set was rejected.",
    source: "005010X231A1 2000 IK5",
    snip: 4,
    severity: "warning",
    breaches: (set) => {
      const ik5 = set.segment("IK5");
      if (ik5 === undefined || ik5.element(1) === "A" || ik5.element(2) !== "") return NONE;
      return set.loop("2100") === undefined ? [wrong(ik5, 2)] : NONE;
    },
  },
  {
    name: "status-contradicts-action",
    guides: ["277CA"],
    loops: ["2200B", "2200C", "2200D", "2220D"],
    demands: "What is accepted (STC03 is WQ) has a category of receipt, what is rejected (U) not.",
    fix: "Ask the sender which of the two holds; the claim is followed by its category.",
    source: "005010X214 2200D STC01-1, STC03",
    snip: 4,
    severity: "warning",
    breaches: (loop) =>
      loop.segmentsOf("STC").flatMap((stc) => {
        const category = stc.component(1, 1);
        const action = stc.element(3);
        const isContradicted =
          (action === "WQ" && REJECTED.includes(category)) ||
          (action === "U" && RECEIVED.includes(category));
        return isContradicted ? [wrong(stc, 3)] : [];
      }),
  },
  {
    name: "inquiry-missing",
    guides: ["270"],
    loops: ["2000C"],
    demands: "A request about the subscriber (HL04 is 0) says what is asked (2110C).",
    fix: "Add EQ with the kind of service, such as 30 for the coverage of the plan.",
    source: "005010X279A1 270 2110C",
    snip: 4,
    severity: "error",
    breaches: (subscriber) => {
      if (subscriber.segment("HL")?.element(4) !== "0") return NONE;
      const name = subscriber.loop("2100C");
      return name !== undefined && !name.loop("2110C") ? [missing("EQ", "2110C")] : NONE;
    },
  },
  {
    name: "bracket-missing",
    guides: ["271"],
    loops: ["2110C", "2110D"],
    demands: "Who has to do with a benefit (2120) stands between LS and LE.",
    fix: "Write LS*2120 before the first NM1 and LE*2120 behind the last.",
    source: "005010X279A1 271 2110C LS, LE",
    snip: 4,
    severity: "error",
    breaches: (benefit) => {
      const hasEntity = benefit.loops.some(({ id }) => id.startsWith("2120"));
      const ls = benefit.segment("LS");
      const le = benefit.segment("LE");
      if (!hasEntity && ls === undefined && le === undefined) return NONE;
      const lacking = [];
      if (ls === undefined) lacking.push(missing("LS"));
      if (le === undefined) lacking.push(missing("LE"));
      return lacking;
    },
  },
  {
    name: "co-insurance-without-percentage",
    guides: ["271"],
    loops: ["2110C", "2110D"],
    demands: "A co-insurance (EB01 is A) tells its percentage (EB08).",
    fix: "Ask the payer for the percentage.",
    source: "005010X279A1 271 2110C EB08",
    snip: 4,
    severity: "warning",
    breaches: ({ segments: [eb] }) => {
      if (eb?.id !== "EB" || eb.element(1) !== CO_INSURANCE) return NONE;
      return !eb.holds(8) ? [wrong(eb, 8)] : NONE;
    },
  },
];
