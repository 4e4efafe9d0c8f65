/**
 * Files out of the short texts of the examples. A block holds one file: `837` lines, one a claim, or `835` lines,
 * each with the segments of its remittance below it. `!` lines damage the written file.
 */
import { type ClaimText, claimSet, GRANITE, type PayerText } from "../app/claim-file.ts";
import { centsOf, dollarsOf, interchange } from "../app/edi-text.ts";

const PAYERS: Readonly<Record<string, PayerText>> = {
  GRANITE,
  MEDICAID: ["S", "MEDICAID", "STATE MEDICAID"],
  VETERANS: ["T", "VETERANS", "VETERANS AID"],
};

const TURNS = ["P", "S", "T"] as const;

/** The file that a block describes. */
export function fileOfBlock(block: string): string {
  const lines = block
    .split("\n")
    .flatMap((line) => (line.startsWith("!") ? [line] : line.split("~")))
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const rest = lines.filter((line) => !line.startsWith("!"));
  const edits = lines.filter((line) => line.startsWith("!"));
  const outer = edits.filter((line) => TRAILER.test(line));
  const inner = edits.filter((line) => !TRAILER.test(line));
  const damage = (segments: string[]) => outer.reduce(edited, segments);
  if (!rest[0]?.startsWith("837")) {
    const sets = remittances(rest).map((set, index) =>
      (index === 0 ? inner : []).reduce(edited, set),
    );
    return interchange("835", sets, { damage });
  }
  const set = inner.reduce(edited, claimSet(rest.map(claimOf)));
  if (!rest[0].startsWith("837I ")) return interchange("837", [set], { damage });
  return interchange("837", [set.flatMap(institutionalSegment)], {
    damage: (segments) => damage(segments.map((each) => each.replace("X222A1", "X223A2"))),
  });
}

/** Damage to what is around the segments of a set, whose count it does not change. */
const TRAILER = /^! *(SE|GE|IEA)\b/;

/** `! SE*9 => SE*9*0001` replaces the first segment that begins so, `! SE*9 =>` takes it out. */
function edited(segments: string[], edit: string): string[] {
  const [begin = "", to = ""] = edit
    .slice(1)
    .split("=>")
    .map((part) => part.trim());
  const at = segments.findIndex((segment) => segment.startsWith(begin));
  if (at < 0) throw new Error(`no segment begins with ${begin}`);
  return segments.flatMap((segment, index) =>
    index !== at ? segment : to === "" ? [] : to.split("~"),
  );
}

/** `837 A1 = 99213 100.00 + 85025 50.00, to GRANITE then MEDICAID, frequency 7 for ICN1`. */
function claimOf(line: string): ClaimText {
  const [head = "", ...options] = line.split(",").map((part) => part.trim());
  const [names = "", lines = ""] = head.split(" = ");
  const option = (word: string) =>
    options.find((each) => each.startsWith(`${word} `))?.slice(word.length + 1);
  const [first = "GRANITE", ...others] = (option("to") ?? "GRANITE").split(" then ");
  const [frequency, original] = (option("frequency") ?? "1").split(" for ");
  const payer = (name: string, turn: number): PayerText => {
    const [, id, words] = PAYERS[name] ?? GRANITE;
    return [TURNS[turn] ?? "P", id, words];
  };
  return {
    number: names.split(" ")[1] ?? "",
    lines: lines.split(" + "),
    frequency: frequency ?? "1",
    payer: payer(first, 0),
    others: others.map((name, index) => payer(name, index + 1)),
    ...(original === undefined ? {} : { original }),
  };
}

/** A professional claim's segments as those of an emergency room: `0450/99283` is revenue code and procedure. */
function institutionalSegment(segment: string): string[] {
  const [id = "", ...elements] = segment.split("*");
  if (id === "CLM") {
    return [
      [id, ...elements].join("*").replace("11:B:1", "13:A:1").replace("*Y*A*Y*Y", "**A*Y*Y"),
      "DTP*434*RD8*20260302-20260302",
      "CL1*1*1*01",
    ];
  }
  if (id === "HI") return ["HI*BK:E119", "HI*PR:E119", "NM1*71*1*BEND*AMY****XX*1234567893"];
  if (id !== "SV1") return [segment];
  const [revenue, code] = (elements[0] ?? "").replace("HC:", "").split("/");
  return [`SV2*${revenue}*${code === undefined ? "" : `HC:${code}`}*${elements[1]}*UN*1`];
}

/** The segments of each remittance; a line `835 T1 …` begins one. */
function remittances(lines: readonly string[]): string[][] {
  const sets: { head: string; body: string[] }[] = [];
  for (const line of lines) {
    if (line.startsWith("835 ")) sets.push({ head: line, body: [] });
    else sets.at(-1)?.body.push(line);
  }
  return sets.map(({ head, body }) => remittance(head, body));
}

/**
 * `835 T1 from GRANITE pays 80.00 by NON as H on 20260315`: trace, then what is not as usual. BPR02 is what
 * balances unless it is given.
 */
function remittance(head: string, body: readonly string[]): string[] {
  const [, trace = "", ...words] = head.split(" ");
  const said = (word: string) => {
    const at = words.indexOf(word);
    return at < 0 ? undefined : words[at + 1];
  };
  const [, id, name] = PAYERS[said("from") ?? "GRANITE"] ?? GRANITE;
  const pays = said("pays") ?? dollarsOf(balance(body));
  const claims = body.filter((segment) => !segment.startsWith("PLB*"));
  return [
    `BPR*${said("as") ?? "I"}*${pays}*C*${said("by") ?? "ACH"}************${said("on") ?? "20260315"}`,
    `TRN*1*${trace}*1${id}`,
    "DTM*405*20260314",
    `N1*PR*${name}*XV*${id}`,
    "N3*9 GRANITE WAY",
    "N4*BOSTON*MA*02101",
    "PER*BL*HELP*TE*5550199",
    "N1*PE*ELM CLINIC*XX*1234567893",
    ...(claims.length === 0 ? [] : ["LX*1"]),
    ...withPatients(claims),
    ...body
      .filter((segment) => segment.startsWith("PLB*"))
      .map((segment) => segment.replace("PLB*", "PLB*1234567893*20261231*")),
  ];
}

/** The patient's name behind the adjustments of each claim, where the guide wants it. */
function withPatients(segments: readonly string[]): string[] {
  const named: string[] = [];
  let claim = false;
  for (const segment of segments) {
    if (claim && !segment.startsWith("CAS*")) {
      named.push("NM1*QC*1*AMPLE*ANN");
      claim = false;
    }
    claim ||= segment.startsWith("CLP*");
    named.push(segment);
  }
  return claim ? [...named, "NM1*QC*1*AMPLE*ANN"] : named;
}

/** Σ CLP04 − Σ PLB amounts, in cents. */
function balance(body: readonly string[]): number {
  let cents = 0;
  for (const segment of body) {
    const [id, ...elements] = segment.split("*");
    if (id === "CLP") cents += centsOf(elements[3] ?? "");
    if (id === "PLB") {
      for (let at = 1; at < elements.length; at += 2) cents -= centsOf(elements[at] ?? "");
    }
  }
  return cents;
}
