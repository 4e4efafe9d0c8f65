/**
 * Builders of segments and loops, and the segment shapes that several guides share. Element sizes
 * and syntax notes are those of X12 005010; names are our own words.
 */
import {
  an,
  codes,
  composite,
  date,
  id,
  money,
  n0,
  quantity,
  R,
  r,
  reference,
  S,
  times,
  unused,
} from "./elements.ts";
import type { GuideElement, GuideLoop, GuideSegment, Usage } from "./guide.ts";
import { GUIDE_VERSION, TRANSACTION_SET } from "./meanings/acknowledgements.ts";
import { AMOUNT, QUANTITY } from "./meanings/amounts.ts";
import { DATE, DATE_FORMAT } from "./meanings/dates.ts";
import {
  CHILDREN,
  CONTACT_NUMBER,
  CONTACT_PURPOSE,
  IDENTIFIER,
  LEVEL,
  PERSON_OR_ORGANIZATION,
  RELATED_ENTITY,
  ROLE,
} from "./meanings/parties.ts";
import { REFERENCE } from "./meanings/references.ts";

/** No limit on how often a position may stand. */
export const MANY = Number.POSITIVE_INFINITY;

/** Syntax notes of X12: P all or none, R at least one, E at most one, C if then, L if then any. */
const SYNTAX: Readonly<Record<string, string>> = {
  BPR: "P0607 C0809 P1213 C1415 P1819 C2021",
  CAS: casSyntax(),
  CR1: "P0102 P0506",
  CR2: "P0102 C0403 P0506",
  CR3: "P0203",
  CTP: "P0405 C0607 C0902 C1002 C1103",
  CUR:
    "C0807 C0907 L101112 C1110 C1210 L131415 C1413 C1513 L161718 C1716 C1816 " +
    "L192021 C2019 C2119",
  DMG: "P0102 P1011 C1105",
  DN2: "P0405",
  DTM: "R020305 C0403 P0506",
  EB: "P0910",
  EQ: "R0102",
  FRM: "R02030405",
  HCP: "R0113 P0910 P1112",
  HSD: "P0102 C0605",
  III: "P0102 L030405",
  INS: "P1112",
  LIN: "P0405 P0607 P0809 P1011 P1213 P1415 P1617 P1819 P2021 P2223 P2425 P2627 P2829 P3031",
  LQ: "C0102",
  MEA: "R03050608 L050412 L060412 L07030506 E0803 P1112",
  MPI: "P0607",
  MSG: "C0302",
  N1: "R0203 P0304",
  N4: "E0207 C0605 C0704",
  NM1: "P0809 C1110 C1203",
  PAT: "P0506 P0708",
  PER: "P0304 P0506 P0708",
  PLB: "P0506 P0708 P0910 P1112 P1314",
  PRV: "P0203",
  PWK: "P0506",
  QTY: "E0204 R0204",
  REF: "R0203",
  SV1: "P0304",
  SV2: "R0102 P0405",
  TOO: "P0102",
  SV5: "R0405 C0604",
};

/** The element that tells positions of one segment apart, where it is not the first. */
const KEY: Readonly<Record<string, { element: number; component?: number }>> = {
  CTX: { element: 1, component: 1 },
  HI: { element: 1, component: 1 },
  HL: { element: 3 },
  PWK: { element: 2 },
};

/** A segment position with the standard's syntax notes. */
export function segment(
  segmentId: string,
  name: string,
  usage: Usage,
  repeat: number,
  elements: readonly GuideElement[],
): GuideSegment {
  const syntax = SYNTAX[segmentId];
  const position = { kind: "segment", id: segmentId, name, usage, repeat, elements } as const;
  return syntax === undefined ? position : { ...position, syntax: syntax.split(" ") };
}

/**
 * A loop position. Where one segment id stands more than once among the segments and loops that may
 * follow within the loop, each of them is given the codes by which it is known (`when`). Neighbours
 * of one id are one position of the standard, so files may bring them in any order.
 */
export function loop(
  loopId: string,
  name: string,
  usage: Usage,
  repeat: number,
  children: readonly (GuideSegment | GuideLoop)[],
  hierarchy?: { readonly levelCode: string; readonly parents: readonly string[] },
): GuideLoop {
  const position = {
    kind: "loop",
    id: loopId,
    name,
    usage,
    repeat,
    children: tellApart(children),
  } as const;
  return hierarchy === undefined ? position : { ...position, hierarchy };
}

/** ST, with the version in ST03 where the guide uses it. */
export function st(transactionSet: string, versions?: readonly string[]): GuideSegment {
  return segment("ST", "Start of the transaction set", R, 1, [
    id("Transaction set", R, 3, 3, [transactionSet], TRANSACTION_SET),
    an("Control number", R, 4, 9),
    ...(versions === undefined ? unused(1) : [an("Guide", R, 1, 35, versions, GUIDE_VERSION)]),
  ]);
}

/** SE. */
export function se(): GuideSegment {
  return segment("SE", "End of the transaction set", R, 1, [
    n0("Number of segments", R, 1, 10),
    an("Control number", R, 4, 9),
  ]);
}

/** HL: a hierarchical level; the top level has no parent. */
export function hl(name: string, level: string, parent: Usage, child: string): GuideSegment {
  return segment("HL", name, R, 1, [
    an("Number of this level", R, 1, 12),
    an("Number of the parent level", parent, 1, 12),
    id("Level", R, 1, 2, [level], LEVEL),
    child === ""
      ? id("Has children", "N", 1, 1)
      : id("Has children", R, 1, 1, codes(child), CHILDREN),
  ]);
}

/** A hierarchical level: its HL, and what stands in it. */
export function level(
  loopId: string,
  name: string,
  usage: Usage,
  levelCode: string,
  parents: readonly string[],
  childCodes: string,
  children: readonly (GuideSegment | GuideLoop)[],
): GuideLoop {
  const parent = parents.length === 0 ? "N" : R;
  return loop(
    loopId,
    name,
    usage,
    MANY,
    [hl(`${name} level`, levelCode, parent, childCodes), ...children],
    { levelCode, parents },
  );
}

/** What distinguishes one use of NM1 from another. */
export interface NameShape {
  /** NM102: `1` a person, `2` an organization. */
  readonly kinds: string;
  /** NM103; given names follow it where the name may be a person's. */
  readonly last?: Usage;
  /** NM106 and NM107; absent where the guide does not use them. */
  readonly prefix?: Usage;
  readonly suffix?: Usage;
  /** NM108 and NM109: usage and qualifiers; absent where the guide does not use them. */
  readonly id?: readonly [usage: Usage, qualifiers: string];
  /** NM110: what someone is to the member; absent where the guide does not use it. */
  readonly relationship?: Usage;
}

/** NM1: a person or organization in the role `entities`. */
export function nm1(name: string, usage: Usage, entities: string, shape: NameShape): GuideSegment {
  const last = shape.last ?? "N";
  const given = shape.kinds.includes("1") && last !== "N" ? S : "N";
  const [idUsage, qualifiers] = shape.id ?? ["N", undefined];
  return segment("NM1", name, usage, 1, [
    id("Role", R, 2, 3, codes(entities), ROLE),
    id("Person or organization", R, 1, 1, codes(shape.kinds), PERSON_OR_ORGANIZATION),
    an("Last name or organization", last, 1, 60),
    an("First name", given, 1, 35),
    an("Middle name", given, 1, 25),
    an("Prefix", shape.prefix ?? "N", 1, 10),
    an("Suffix", shape.suffix ?? "N", 1, 10),
    id("Kind of identifier", idUsage, 1, 2, qualifiers && codes(qualifiers), IDENTIFIER),
    an("Identifier", idUsage, 2, 80),
    ...(shape.relationship === undefined
      ? unused(1)
      : [id("Relationship", shape.relationship, 2, 2, RELATED_ENTITY)]),
    ...unused(2),
  ]);
}

/** N3 and N4: a postal address, required or situational as a whole. */
export function address(name: string, usage: Usage): [GuideSegment, GuideSegment] {
  return [
    segment("N3", `${name}: street`, usage, 1, [
      an("Address line 1", R, 1, 55),
      an("Address line 2", S, 1, 55),
    ]),
    segment("N4", `${name}: city, state, ZIP`, usage, 1, [
      an("City", R, 2, 30),
      id("State or province", S, 2, 2, "state"),
      id("ZIP or postal code", S, 3, 15),
      id("Country", S, 2, 3, "country"),
      ...unused(2),
      id("Part of a country", S, 1, 3, "country-subdivision"),
    ]),
  ];
}

/** REF: a reference number; `otherPayer` where REF04 may name the payer to which it belongs. */
export function ref(
  name: string,
  usage: Usage,
  repeat: number,
  qualifiers: string,
  otherPayer: "other-payer" | undefined = undefined,
): GuideSegment {
  return segment("REF", name, usage, repeat, [
    id("Kind of reference", R, 2, 3, codes(qualifiers), REFERENCE),
    reference("Reference number", R),
    ...unused(1),
    ...(otherPayer === undefined ? unused(1) : [belongsTo()]),
  ]);
}

/** DTP: a date, or a range of dates where the format RD8 is allowed. */
export function dtp(
  name: string,
  usage: Usage,
  repeat: number,
  qualifiers: string,
  formats = "D8",
): GuideSegment {
  return segment("DTP", name, usage, repeat, [
    id("Kind of date", R, 3, 3, codes(qualifiers), DATE),
    id("Format of the date", R, 2, 3, codes(formats), DATE_FORMAT),
    an("Date or range of dates", R, 1, 35),
  ]);
}

/** DTM: a date. */
export function dtm(name: string, usage: Usage, repeat: number, qualifiers: string): GuideSegment {
  return segment("DTM", name, usage, repeat, [
    id("Kind of date", R, 3, 3, codes(qualifiers), DATE),
    date("Date", R),
    ...unused(4),
  ]);
}

/** AMT: an amount of a named kind. */
export function amt(name: string, usage: Usage, repeat: number, kinds: string): GuideSegment {
  return segment("AMT", name, usage, repeat, [
    id("Kind of amount", R, 1, 3, codes(kinds), AMOUNT),
    money("Amount", R),
    ...unused(1),
  ]);
}

/** QTY: a quantity of a named kind. */
export function qty(name: string, usage: Usage, repeat: number, kinds: string): GuideSegment {
  return segment("QTY", name, usage, repeat, [
    id("Kind of quantity", R, 2, 2, codes(kinds), QUANTITY),
    quantity("Quantity", R),
    ...unused(2),
  ]);
}

/** PER: whom to contact, with up to three numbers; each pair is usage and kinds of number. */
export function per(
  name: string,
  usage: Usage,
  repeat: number,
  purpose: string,
  contactName: Usage,
  numbers: readonly (readonly [usage: Usage, kinds: string])[],
): GuideSegment {
  return segment("PER", name, usage, repeat, [
    id("Purpose of the contact", R, 2, 2, [purpose], CONTACT_PURPOSE),
    an("Name of the contact", contactName, 1, 60),
    ...numbers.flatMap(([numberUsage, kinds], index) => [
      id(`Kind of number ${index + 1}`, numberUsage, 2, 2, codes(kinds), CONTACT_NUMBER),
      an(`Number ${index + 1}`, numberUsage, 1, 256),
    ]),
    ...unused(7 - 2 * numbers.length),
  ]);
}

/** CAS: up to six adjustments under one group code. */
export function cas(name: string, repeat: number, groups: string): GuideSegment {
  return segment("CAS", name, S, repeat, [
    id("Group", R, 1, 2, codes(groups), "adjustment-group"),
    ...times(6, (ordinal) => [
      id(`Reason ${ordinal}`, ordinal === 1 ? R : S, 1, 5, "carc"),
      money(`Amount ${ordinal}`, ordinal === 1 ? R : S),
      quantity(`Quantity ${ordinal}`, S),
    ]),
  ]);
}

/** MIA: how an inpatient claim was adjudicated; MIA02 is used by the 835 alone. */
export function mia(operatingOutlier: Usage): GuideSegment {
  return segment("MIA", "Inpatient adjudication", S, 1, [
    quantity("Covered days or visits", R),
    money("Operating outlier", operatingOutlier),
    quantity("Lifetime psychiatric days", S),
    money("DRG amount", S),
    reference("Remark 1", S, "rarc"),
    money("Disproportionate share", S),
    money("Pass-through, Medicare secondary", S),
    money("Capital", S),
    money("Capital, federal specific DRG", S),
    money("Capital, hospital specific DRG", S),
    money("Capital, disproportionate share DRG", S),
    money("Old capital", S),
    money("Capital, indirect medical education", S),
    money("Operating, hospital specific DRG", S),
    quantity("Cost report days", S),
    money("Operating, federal specific DRG", S),
    money("Capital outlier", S),
    money("Indirect teaching", S),
    money("Professional component not payable", S),
    ...times(4, (ordinal) => [reference(`Remark ${ordinal + 1}`, S, "rarc")]),
    money("Capital exception", S),
  ]);
}

/** MOA: how an outpatient claim was adjudicated, with up to five remark codes. */
export function moa(): GuideSegment {
  return segment("MOA", "Outpatient adjudication", S, 1, [
    r("Reimbursement rate", S, 1, 10),
    money("Payable under HCPCS", S),
    ...times(5, (ordinal) => [reference(`Remark ${ordinal}`, S, "rarc")]),
    money("End-stage renal disease payment", S),
    money("Professional component not payable", S),
  ]);
}

function belongsTo(): GuideElement {
  return composite("Payer to which it belongs", S, [
    id("Kind of identifier", R, 2, 3, ["2U"], REFERENCE),
    reference("Payer identifier", R),
    ...unused(4),
  ]);
}

function casSyntax(): string {
  const two = (position: number) => String(position).padStart(2, "0");
  return [5, 8, 11, 14, 17]
    .map((first) => [two(first), two(first + 1), two(first + 2)])
    .map(([a, b, c]) => `L${a}${b}${c} C${b}${a} C${c}${a}`)
    .join(" ");
}

function opener(child: GuideSegment | GuideLoop): GuideSegment {
  if (child.kind === "segment") return child;
  const first = child.children[0];
  if (first === undefined) throw new Error(`loop ${child.id} has no segment`);
  return opener(first);
}

function tellApart(
  children: readonly (GuideSegment | GuideLoop)[],
): readonly (GuideSegment | GuideLoop)[] {
  const ids = children.map((child) => opener(child).id);
  return children.map((child, index) => {
    const several = ids.filter((other) => other === ids[index]).length > 1;
    return several ? known(child) : child;
  });
}

function known(child: GuideSegment | GuideLoop): GuideSegment | GuideLoop {
  if (child.kind === "loop") {
    const [first, ...rest] = child.children;
    return first === undefined ? child : { ...child, children: [known(first), ...rest] };
  }
  const key = KEY[child.id] ?? { element: 1 };
  const element = child.elements[key.element - 1];
  const coded = key.component === undefined ? element : element?.components?.[key.component - 1];
  if (coded?.codes === undefined) throw new Error(`${child.id} ${child.name} has no codes`);
  return { ...child, when: { ...key, codes: coded.codes } };
}
