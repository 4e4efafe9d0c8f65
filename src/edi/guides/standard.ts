/**
 * What X12 itself says where a guide says more: a 999 tells an error against the standard by another
 * code than an error against the guide, whose codes begin with I (X12 RFI 2502).
 */
import type { GuideElement, GuideLoop } from "./guide.ts";
import { GUIDES } from "./guides.ts";

/** The segments of a transaction set in X12 005010, and those that it requires anywhere. */
interface StandardSet {
  readonly segments: readonly string[];
  /** Required although they open no loop. */
  readonly mandatory: readonly string[];
}

const SETS: Readonly<Record<string, StandardSet>> = {
  "270": set(
    "ST BHT HL TRN NM1 REF N2 N3 N4 PER PRV DMG INS HI DTP MPI EQ AMT VEH III SE",
    "BHT SE",
  ),
  "271": set(
    "ST BHT HL TRN AAA NM1 REF N2 N3 N4 PER PRV DMG INS HI DTP MPI EB HSD MSG III LS LE SE",
    "BHT SE",
  ),
  "276": set("ST BHT HL SBR PAT DMG NM1 N2 N3 N4 PER TRN REF AMT DTP SVC SE", "BHT SE"),
  "277": set("ST BHT REF HL SBR PAT DMG NM1 N2 N3 N4 PER TRN STC QTY AMT DTP SVC SE", "BHT STC SE"),
  "835": set(
    "ST BPR NTE TRN CUR REF DTM N1 N2 N3 N4 PER RDM LX TS3 TS2 CLP CAS NM1 MIA MOA AMT QTY SVC LQ " +
      "PLB SE",
    "BPR NM1 SE",
  ),
  "837": set(
    "ST BHT REF NM1 N2 N3 N4 PER HL PRV SBR PAT DTP CUR DMG CLM CL1 DN1 DN2 PWK CN1 DSB UR AMT K3 " +
      "NTE CR1 CR2 CR3 CR4 CR5 CR6 CR7 CR8 CRC HI QTY HCP HSD CAS OI MIA MOA LX SV1 SV2 SV3 SV4 " +
      "SV5 SV6 SV7 MEA PS1 IMM LIN CTP SVD LQ FRM SE",
    "BHT SE",
  ),
  "997": set("ST AK1 AK2 AK3 AK4 AK5 AK9 SE", "AK1 AK5 AK9 SE"),
  "999": set("ST AK1 AK2 IK3 CTX IK4 IK5 AK9 SE", "AK1 IK5 AK9 SE"),
};

function set(segments: string, mandatory: string): StandardSet {
  return { segments: segments.split(" "), mandatory: mandatory.split(" ") };
}

/** Whether the standard has the segment in this transaction set, whatever a guide makes of it. */
export function isInSet(transactionSet: string, segment: string): boolean {
  return SETS[transactionSet]?.segments.includes(segment) === true;
}

/** Whether the standard requires the segment in this transaction set where its loop stands. */
export function isMandatory(transactionSet: string, segment: string): boolean {
  return SETS[transactionSet]?.mandatory.includes(segment) === true;
}

/** By segment, element and component: the codes that any guide allows there. */
let known: Map<string, Set<string>> | undefined;

/**
 * Whether some guide of the house allows the code in this element: then the standard has it, and
 * only the guide at hand does not use it (IK403 I6 instead of 7).
 */
export function isKnownCode(
  segment: string,
  element: number,
  component: number,
  code: string,
): boolean {
  known ??= gathered();
  return known.get(`${segment} ${element} ${component}`)?.has(code) === true;
}

function gathered(): Map<string, Set<string>> {
  const codes = new Map<string, Set<string>>();
  const add = (key: string, element: GuideElement) => {
    if (element.codes === undefined) return;
    const all = codes.get(key) ?? new Set();
    codes.set(key, all);
    for (const code of element.codes) all.add(code);
  };
  const visit = (loop: GuideLoop) => {
    for (const child of loop.children) {
      if (child.kind === "loop") {
        visit(child);
        continue;
      }
      child.elements.forEach((element, index) => {
        add(`${child.id} ${index + 1} 0`, element);
        element.components?.forEach((component, at) => {
          add(`${child.id} ${index + 1} ${at + 1}`, component);
        });
      });
    }
  };
  for (const guide of GUIDES) visit(guide.root);
  return codes;
}
