/** The X12 of a life: its 837, and an 835 file for each arrival. */
import { type ClaimText, claimFile } from "../app/claim-file.ts";
import { interchange } from "../app/edi-text.ts";
import {
  type Adjusted,
  type ClaimSent,
  type ClaimTold,
  PAYERS,
  type ServiceTold,
  type SetTold,
} from "./told.ts";

/** The 837 of claims; lines carry their place as REF*6R. */
export function claimsFile(claims: readonly ClaimSent[]): string {
  return claimFile(claims.map(claimText));
}

function claimText({ number, lines, payers, voided }: ClaimSent): ClaimText {
  const named = payers.map((turn) => [turn, PAYERS[turn].id, PAYERS[turn].name] as const);
  const [first, ...others] = named;
  return {
    number,
    lines: lines.map(({ code, modifier, charge }) => {
      const procedure = modifier === "" ? code : `${code}:${modifier}`;
      return `${procedure} ${amount(charge)}`;
    }),
    ...(voided ? { frequency: "8" } : {}),
    ...(first === undefined ? {} : { payer: first }),
    others,
  };
}

/** An 835 file of these sets; the control number makes the envelope of a copy another one. */
export function remittancesFile(sets: readonly SetTold[], control: number): string {
  const damage = (segments: string[]) => {
    let set = -1;
    return segments.map((segment) => {
      if (segment.startsWith("ST*")) set += 1;
      const damaged = segment.startsWith("SE*") && sets[set]?.counted === false;
      return damaged ? segment.replace(/^SE\*\d+/, "SE*3") : segment;
    });
  };
  return interchange("835", sets.map(setSegments), {
    control: String(control).padStart(9, "0"),
    damage,
  });
}

function setSegments(set: SetTold): string[] {
  const { id, name } = PAYERS[set.payer];
  return [
    `BPR*${set.handling}*${amount(set.payment)}*C*${set.method}************${set.date}`,
    `TRN*1*${set.trace}*1${id}`,
    "DTM*405*20260314",
    `N1*PR*${name}*XV*${id}`,
    `N3*${set.street}`,
    "N4*BOSTON*MA*02101",
    "PER*BL*HELP*TE*5550199",
    "N1*PE*ELM CLINIC*XX*1234567893",
    ...(set.claims.length === 0 ? [] : ["LX*1"]),
    ...set.claims.flatMap(claimSegments),
    ...set.plbs.map(
      ({ reason, reference, cents }) =>
        `PLB*1234567893*20261231*${reason}:${reference}*${amount(cents)}`,
    ),
  ];
}

function claimSegments(told: ClaimTold): string[] {
  const share = told.share === undefined ? "" : amount(told.share);
  const { number, status, charge, paid, icn } = told;
  return [
    `CLP*${number}*${status}*${amount(charge)}*${amount(paid)}*${share}*12*${icn}*11*1`,
    ...casSegments(told.adjustments),
    "NM1*QC*1*AMPLE*ANN",
    ...told.services.flatMap(serviceSegments),
  ];
}

function serviceSegments(service: ServiceTold): string[] {
  const { code, modifier, submitted, charge, paid, units = "" } = service;
  const procedure = `HC:${code}${modifier === "" ? "" : `:${modifier}`}`;
  const svc = ["SVC", procedure, amount(charge), amount(paid), "", units];
  if (submitted !== undefined) svc.push(`HC:${submitted}`);
  return [
    svc.join("*").replace(/\*+$/, ""),
    ...(service.dated ? ["DTM*472*20260302"] : []),
    ...casSegments(service.adjustments),
    ...(service.control === undefined ? [] : [`REF*6R*${service.control}`]),
  ];
}

/** Neighbours of one group share a CAS, six at most (RFI 1814). */
function casSegments(adjustments: readonly Adjusted[]): string[] {
  const segments: { group: string; triples: string[] }[] = [];
  for (const { group, reason, cents } of adjustments) {
    const last = segments.at(-1);
    const triple = `${reason}*${amount(cents)}`;
    if (last?.group === group && last.triples.length < 6) last.triples.push(triple);
    else segments.push({ group, triples: [triple] });
  }
  return segments.map(({ group, triples }) => `CAS*${group}*${triples.join("**")}`);
}

function amount(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
