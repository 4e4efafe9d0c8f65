/** Rules of claims that more than one payer shares: who comes when, and what each has paid. */
import type { Segment } from "../../x12/index.ts";
import type { Loop } from "../loop.ts";
import { allAdjustedCents, centsIn } from "./amount.ts";
import { CLAIMS, chargeElement, coverageOf, serviceOf } from "./claim.ts";
import { type Breach, type LoopRule, missing, NONE, off, wrong } from "./rule.ts";

/** SBR01 of the payer that pays first, and of a payer whose place is not known. */
const FIRST_OR_UNKNOWN: readonly string[] = ["P", "U"];

export const otherPayerRules: readonly LoopRule[] = [
  {
    name: "other-payer-missing",
    guides: CLAIMS,
    loops: ["2300"],
    demands:
      "A claim to a payer that is not the first (SBR01 is S, T …) tells of the others (2320).",
    fix: "Add loop 2320 for each payer that comes before this one.",
    source: "005010X222A1 2000B SBR01, 2320; likewise X223A2, X224A2",
    snip: 4,
    severity: "error",
    breaches: (claim) => {
      const sequence = coverageOf(claim)?.element(1) ?? "";
      if (sequence === "" || FIRST_OR_UNKNOWN.includes(sequence)) return NONE;
      return claim.loop("2320") === undefined ? [missing("SBR", "2320")] : NONE;
    },
  },
  {
    name: "payer-sequence-repeated",
    guides: CLAIMS,
    loops: ["2300"],
    demands: "No two payers of a claim have the same place in turn (SBR01), unless it is unknown.",
    fix: "Give each payer of the claim a place in turn of its own.",
    source: "005010X222A1 2000B, 2320 SBR01; likewise X223A2, X224A2",
    snip: 4,
    severity: "error",
    breaches: (claim) => {
      if (claim.loop("2320") === undefined) return NONE;
      const seen = new Set([coverageOf(claim)?.element(1)]);
      const repeated: Breach[] = [];
      for (const other of claim.loopsOf("2320")) {
        const sbr = other.segment("SBR");
        const sequence = sbr?.element(1) ?? "U";
        const isSecond = sequence !== "U" && seen.has(sequence);
        if (isSecond && sbr !== undefined) repeated.push({ ...wrong(sbr, 1), loop: "2320" });
        seen.add(sequence);
      }
      return repeated;
    },
  },
  {
    name: "other-payer-paid-missing",
    guides: CLAIMS,
    loops: ["2320"],
    demands: "A payer that has adjusted the claim (CAS, 2430) tells what it has paid in AMT*D.",
    fix: "Add AMT*D with what the other payer has paid, be it 0.",
    source: "005010X222A1 2320 AMT*D; likewise X223A2, X224A2",
    snip: 4,
    severity: "error",
    // The lines stand behind: those with this payer's adjudication are known when the claim ends.
    breaches: (other) =>
      other.segment("CAS") !== undefined && other.segment("AMT", "D") === undefined
        ? [missing("AMT")]
        : NONE,
  },
  {
    name: "other-payer-date-missing",
    guides: CLAIMS,
    loops: ["2300"],
    demands: "The day of another payer's decision stands in its 2330B or in its lines (DTP*573).",
    fix: "Add DTP*573 with the date of the other payer's remittance.",
    source: "005010X222A1 2330B DTP*573, 2430 DTP*573; likewise X223A2, X224A2",
    snip: 4,
    severity: "error",
    breaches: (claim) =>
      adjudicated(claim).flatMap(({ payer, lines }) => {
        const isDated = payer?.segment("DTP", "573") !== undefined || lines.length > 0;
        return isDated ? [] : [missing("DTP", "2330B")];
      }),
  },
  {
    name: "other-payer-unbalanced",
    guides: CLAIMS,
    loops: ["2300"],
    demands:
      "What another payer paid (AMT*D) is what it paid for the lines, else the charge, less CAS.",
    fix: "Copy payments and adjustments from the other payer's remittance, to the cent.",
    source: "005010X222A1 1.4.4.1.1, 2320 AMT*D; likewise X223A2, X224A2",
    snip: 3,
    severity: "error",
    breaches: (claim) =>
      adjudicated(claim).flatMap((decision) => {
        const rest = isExplained(decision) ? restOf(claim, decision) : 0;
        return rest !== 0 ? [{ ...off(decision.paid, 2, rest), loop: "2320" }] : NONE;
      }),
  },
  {
    name: "other-payer-adjustments-missing",
    guides: CLAIMS,
    loops: ["2300"],
    demands:
      "Another payer that paid (AMT*D) less than the charge tells why, in CAS of 2320 or 2430.",
    fix: "Add the adjustments of the other payer's remittance.",
    source: "005010X222A1 2320 CAS, 2430 CAS; likewise X223A2, X224A2",
    snip: 4,
    severity: "warning",
    breaches: (claim) =>
      adjudicated(claim).flatMap((decision) => {
        const rest = isExplained(decision) ? 0 : restOf(claim, decision);
        return rest !== 0 ? [missing("CAS", "2320")] : NONE;
      }),
  },
  {
    name: "other-payer-line-unbalanced",
    guides: CLAIMS,
    loops: ["2400"],
    demands: "What another payer paid for a line (SVD02) and adjusted (CAS) is the line's charge.",
    fix: "Copy payment and adjustments of the line from the other payer's remittance.",
    source: "005010X222A1 1.4.4.1.2; likewise X223A2, X224A2",
    snip: 3,
    severity: "error",
    breaches: lineBalances,
  },
  {
    name: "line-payer-unknown",
    guides: CLAIMS,
    loops: ["2300"],
    demands:
      "The payer of a line's adjudication (SVD01) is one of the claim's other payers (2330B).",
    fix: "Write into SVD01 what NM109 of the payer's loop 2330B says.",
    source: "005010X222A1 2430 SVD01; likewise X223A2, X224A2",
    snip: 4,
    severity: "error",
    breaches: unknownPayers,
  },
];

/** What another payer has decided: its loops, its payment, and the lines with its SVD. */
interface Decision {
  readonly other: Loop;
  readonly payer: Loop | undefined;
  readonly paid: Segment;
  readonly lines: readonly Loop[];
}

const NOTHING: readonly Decision[] = [];

/** The decisions of other payers, which tell what they paid in AMT*D. */
function adjudicated(claim: Loop): readonly Decision[] {
  if (claim.loop("2320") === undefined) return NOTHING;
  // Gathered once: a broken file may have any number of payers, and of lines.
  const byPayer = new Map<string, Loop[]>();
  for (const line of adjudicationsOf(claim)) {
    const id = line.segment("SVD")?.element(1) ?? "";
    const lines = byPayer.get(id);
    if (lines === undefined) byPayer.set(id, [line]);
    else lines.push(line);
  }
  return claim.loopsOf("2320").flatMap((other) => {
    const paid = other.segment("AMT", "D");
    if (paid === undefined) return [];
    const payer = other.loop("2330B");
    const id = payer?.segment("NM1")?.element(9) ?? "";
    return [{ other, payer, paid, lines: byPayer.get(id) ?? [] }];
  });
}

/** The loops 2430 of all lines of a claim. */
function adjudicationsOf(claim: Loop): readonly Loop[] {
  return claim.loopsOf("2400").flatMap((line) => line.loopsOf("2430"));
}

function isExplained({ other, lines }: Decision): boolean {
  return lines.length > 0 || other.segment("CAS") !== undefined;
}

/** What the other payer should have paid less what it paid; 0 where an amount cannot be read. */
function restOf(claim: Loop, { other, paid, lines }: Decision): number {
  const clm = claim.segment("CLM");
  let due = lines.length === 0 ? clm && centsIn(clm, 2) : 0;
  for (const line of lines) {
    const svd = line.segment("SVD");
    const ofLine = svd && centsIn(svd, 2);
    due = due === undefined || ofLine === undefined ? undefined : due + ofLine;
  }
  const payment = centsIn(paid, 2);
  const adjusted = allAdjustedCents(other.segments);
  if (due === undefined || payment === undefined || adjusted === undefined) return 0;
  return due - adjusted - payment;
}

/** A payer may have split the line: then its adjudications are summed. */
function lineBalances(line: Loop): readonly Breach[] {
  if (line.loop("2430") === undefined) return NONE;
  const service = serviceOf(line);
  const charge = service && centsIn(service, chargeElement(service));
  if (charge === undefined) return NONE;
  const decided = new Map<string, { last: Segment; rest: number | undefined }>();
  for (const { segments } of line.loopsOf("2430")) {
    const [svd] = segments;
    if (svd?.id !== "SVD") continue;
    const payer = svd.element(1);
    const paid = centsIn(svd, 2);
    const adjusted = allAdjustedCents(segments);
    const before = decided.get(payer) ?? { last: svd, rest: charge };
    // Of a bundled line the payer has adjusted what another line was charged.
    const isKnown = before.rest !== undefined && paid !== undefined && !svd.holds(6);
    const rest =
      isKnown && adjusted !== undefined ? (before.rest ?? 0) - paid - adjusted : undefined;
    decided.set(payer, { last: svd, rest });
  }
  return [...decided.values()].flatMap(({ last, rest = 0 }) =>
    rest !== 0 ? [{ ...off(last, 2, rest), loop: "2430" }] : NONE,
  );
}

/** Payers that lines name (SVD01) and the claim does not; the claim's are gathered once for all. */
function unknownPayers(claim: Loop): readonly Breach[] {
  const adjudications = adjudicationsOf(claim);
  if (adjudications.length === 0) return NONE;
  const payers = new Set(
    claim.loopsOf("2320").map((other) => other.loop("2330B")?.segment("NM1")?.element(9)),
  );
  return adjudications.flatMap(({ segments: [svd] }) => {
    if (svd === undefined || payers.has(svd.element(1))) return [];
    return [{ ...wrong(svd, 1), loop: "2430" }];
  });
}
