/** What a case of a rule is made of, and the claims that cases change. */
import { CLAIM, CLAIM_HEADER, PROFESSIONAL, SUBSCRIBER } from "../small-files.ts";

/** A set in order by one guide, to be changed by each case. */
export interface Base {
  readonly set: string;
  readonly group: string;
  readonly version: string;
  readonly body: string;
}

export const professional: Base = {
  set: "837",
  group: "HC",
  version: PROFESSIONAL,
  body: CLAIM_HEADER + SUBSCRIBER + CLAIM,
};

export const institutional: Base = {
  set: "837",
  group: "HC",
  version: "005010X223A2",
  body:
    `${CLAIM_HEADER}${SUBSCRIBER}CLM*PCN1*150***11:A:1**A*Y*Y~DTP*096*TM*1100~` +
    "DTP*434*RD8*20250210-20250212~DTP*435*DT*202502100900~CL1*1*1*01~HI*ABK:J189:::::::Y~" +
    "HI*ABJ:R509~NM1*71*1*ROE*JOHN****XX*1234567893~LX*1~SV2*0120**150*DA*2~",
};

export const dental: Base = {
  set: "837",
  group: "HC",
  version: "005010X224A2",
  body:
    `${CLAIM_HEADER}${SUBSCRIBER}CLM*PCN1*150***11:B:1*Y*A*Y*Y~HI*ABK:K029~LX*1~` +
    "SV3*AD:D2150*150****1~TOO*JP*12*M:O~DTP*472*D8*20250210~",
};

/** What is changed in a base: the first text becomes the second. */
export type Edit = readonly [before: string, after: string];

/** A rule, a set that keeps it though it is asked, and one that breaks it at `place`. */
export interface Case {
  readonly rule: string;
  readonly base: Base;
  readonly keeps: readonly Edit[];
  readonly breaks: readonly Edit[];
  readonly place: string;
}

/** The subscriber is somebody else than the patient. */
export const PATIENT =
  "HL*3*2*23*0~PAT*19~NM1*QC*1*DOE*TIM~N3*2 MAIN~N4*DOVER*DE*19901~DMG*D8*20150101*M~";
export const WITH_PATIENT: readonly Edit[] = [
  ["HL*2*1*22*0~SBR*P*18*", "HL*2*1*22*1~SBR*P**"],
  ["CLM*", `${PATIENT}CLM*`],
];
