/** Small X12 texts for the tests of this folder. */
import { type EdiEvent, readEdiSync } from "../../src/edi/guides/index.ts";
import type { Finding, Segment } from "../../src/edi/x12/index.ts";

export const ISA =
  "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *250301*1200*^*" +
  "00501*000000001*0*T*:~";

/** ISA to IEA around groups that are text already. */
export function interchangeOf(...groups: string[]): string {
  return `${ISA}${groups.join("")}IEA*${groups.length}*000000001~`;
}

/** GS to GE around sets that are text already. */
export function groupOf(kind: string, version: string, ...sets: string[]): string {
  return `GS*${kind}*S*R*20250301*1200*1*X*${version}~${sets.join("")}GE*${sets.length}*1~`;
}

/** ST to SE around segments, with the right count. */
export function setOf(id: string, controlNumber: string, body: string, version = ""): string {
  const count = body.split("~").length + 1;
  const st =
    version === "" ? `ST*${id}*${controlNumber}~` : `ST*${id}*${controlNumber}*${version}~`;
  return `${st}${body}SE*${count}*${controlNumber}~`;
}

export const REMITTANCE_HEADER =
  "BPR*I*100*C*CHK************20250301~TRN*1*CHECK1*1512345678~N1*PR*PAYER~N3*1 MAIN~N4*" +
  "DOVER*DE*19901~" +
  "PER*BL*DESK*TE*3025550100~N1*PE*CLINIC*XX*1234567893~LX*1~";
export const CLAIM_PAYMENT =
  "CLP*PCN1*1*150*100*50*12*ICN1~NM1*QC*1*DOE*JANE~SVC*HC:99213*150*100~DTM*472*20250210~" +
  "CAS*PR*1*50~";

/** One 835 in its envelopes. */
export function remittance(body = REMITTANCE_HEADER + CLAIM_PAYMENT): string {
  return interchangeOf(groupOf("HP", "005010X221A1", setOf("835", "0001", body)));
}

export const PROFESSIONAL = "005010X222A1";
export const CLAIM_HEADER =
  "BHT*0019*00*BATCH1*20250301*1200*CH~NM1*41*2*CLINIC*****46*SUB1~PER*IC*DESK*TE*" +
  "3025550100~NM1*40*2*PAYER*****46*REC1~" +
  "HL*1**20*1~NM1*85*2*CLINIC*****XX*1234567893~N3*1 MAIN~N4*DOVER*DE*199010000~REF*EI*510123456~";
export const SUBSCRIBER =
  "HL*2*1*22*0~SBR*P*18*******CI~NM1*IL*1*DOE*JANE****MI*W1~N3*2 MAIN~N4*DOVER*DE*19901~" +
  "DMG*D8*19800101*F~NM1*PR*2*PAYER*****PI*P1~";
export const CLAIM =
  "CLM*PCN1*150***11:B:1*Y*A*Y*Y~HI*ABK:J069~LX*1~SV1*HC:99213*150*UN*1***1~DTP*472*D8*20250210~";

/** One 837P in its envelopes. */
export function claims(body = CLAIM_HEADER + SUBSCRIBER + CLAIM): string {
  return interchangeOf(groupOf("HC", PROFESSIONAL, setOf("837", "0001", body, PROFESSIONAL)));
}

export interface Reading {
  readonly events: readonly EdiEvent[];
  readonly findings: readonly Finding[];
}

/** All events of a text, and all findings wherever they were told. */
export function read(text: string, check = false): Reading {
  return readBytes(Buffer.from(text), check);
}

export function readBytes(bytes: Uint8Array, check = false): Reading {
  const events = [...readEdiSync(bytes, { check })];
  return { events, findings: findingsOf(events) };
}

function findingsOf(events: Iterable<EdiEvent>): Finding[] {
  return [...events].flatMap((event) => {
    if (event.kind === "finding") return [event.finding];
    return "findings" in event ? [...event.findings] : [];
  });
}

/** `code@SEGMENT05` of each finding. */
export function codesOf(findings: readonly Finding[]): string[] {
  return findings.map(({ code, segment, element, component }) => {
    const number = element === undefined ? "" : String(element).padStart(2, "0");
    const place = `${segment ?? ""}${number}`;
    return `${code}@${place}${component === undefined ? "" : `-${component}`}`;
  });
}

/** The code of the 999 or TA1 of each finding: `IK304:3`. */
export function answersOf(findings: readonly Finding[]): string[] {
  return findings.map(({ acknowledgement }) =>
    acknowledgement === undefined ? "" : `${acknowledgement.in}:${acknowledgement.code}`,
  );
}

/** What was read, in one comparable line an event. */
export function summaryOf(events: Iterable<EdiEvent>): string[] {
  const told = (findings: readonly Finding[]) => findings.map((finding) => finding.code).join(" ");
  return [...events].map((event) => {
    switch (event.kind) {
      case "loop":
        return `loop ${event.loop.id} ${event.loop.segments.map(placed).join(" ")}`;
      case "transactionSetEnd":
        return [
          `end ${event.intact} ${event.segmentCount}`,
          ...event.root.segments.map(placed),
          told(event.findings),
        ].join(" ");
      case "finding":
        return `finding ${event.finding.code}`;
      case "interchange":
        return `interchange ${JSON.stringify(event.interchange)}`;
      case "functionalGroupEnd":
      case "interchangeEnd":
        return `${event.kind} ${told(event.findings)}`;
      default:
        return event.kind;
    }
  });
}

function placed(segment: Segment): string {
  return `${segment}@${segment.offset}#${segment.position}`;
}
