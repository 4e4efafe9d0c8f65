/** 837P files out of short texts. */
import { centsOf, dollarsOf, type Envelope, interchange } from "./edi-text.ts";

/** A payer: sequence, identifier, name. */
export type PayerText = readonly ["P" | "S" | "T", string, string];

export const GRANITE: PayerText = ["P", "GRANITE", "GRANITE HEALTH"];
export const MEDICAID: PayerText = ["S", "MEDICAID", "STATE MEDICAID"];

/** One claim of a file. */
export interface ClaimText {
  readonly number: string;
  /** `99213 100.00`: procedure and charge; numbered 1, 2, 3. */
  readonly lines: readonly string[];
  readonly frequency?: string;
  /** REF*F8. */
  readonly original?: string;
  readonly payer?: PayerText;
  readonly others?: readonly PayerText[];
}

/** `claim("A1", "99213 100.00", "85025 50.00")`. */
export function claim(number: string, ...lines: readonly string[]): ClaimText {
  return { number, lines };
}

/** An 837P file of these claims, all in one transaction set. */
export function claimFile(claims: readonly ClaimText[], envelope: Envelope = {}): string {
  return interchange("837", [claimSet(claims)], envelope);
}

/** The segments of one 837P set, without ST and SE. */
export function claimSet(claims: readonly ClaimText[]): string[] {
  const header = [
    "BHT*0019*00*1*20260302*0900*CH",
    "NM1*41*2*ELM CLINIC*****46*ELMCLINIC",
    "PER*IC*BILLING*TE*5550100",
    "NM1*40*2*CLEARING*****46*CLEARING",
    "HL*1**20*1",
    "NM1*85*2*ELM CLINIC*****XX*1234567893",
    "N3*1 MAIN ST",
    "N4*SPRINGFIELD*IL*627011234",
    "REF*EI*123456789",
  ];
  return [...header, ...claims.flatMap((one, index) => claimSegments(one, index + 2))];
}

function claimSegments(one: ClaimText, level: number): string[] {
  const [sequence, payerId, payerName] = one.payer ?? GRANITE;
  const charge = one.lines.reduce((sum, line) => sum + centsOf(line.split(" ")[1] ?? ""), 0);
  return [
    `HL*${level}*1*22*0`,
    `SBR*${sequence}*18*******CI`,
    `NM1*IL*1*AMPLE*ANN****MI*M${one.number}`,
    "N3*2 OAK ST",
    "N4*SPRINGFIELD*IL*62701",
    "DMG*D8*19800229*F",
    `NM1*PR*2*${payerName}*****PI*${payerId}`,
    `CLM*${one.number}*${dollarsOf(charge)}***11:B:${one.frequency ?? "1"}*Y*A*Y*Y`,
    ...(one.original === undefined ? [] : [`REF*F8*${one.original}`]),
    "HI*ABK:E119",
    ...(one.others ?? []).flatMap(([turn, id, name]) => [
      `SBR*${turn}*18*******CI`,
      "OI***Y***Y",
      `NM1*IL*1*AMPLE*ANN****MI*M${one.number}`,
      `NM1*PR*2*${name}*****PI*${id}`,
    ]),
    ...one.lines.flatMap((line, index) => {
      const [code = "", amount = ""] = line.split(" ");
      return [
        `LX*${index + 1}`,
        `SV1*HC:${code}*${dollarsOf(centsOf(amount))}*UN*1***1`,
        "DTP*472*D8*20260302",
        `REF*6R*${index + 1}`,
      ];
    }),
  ];
}
