import { CLAIM } from "../small-files.ts";
import { answer } from "./answer-cases.ts";
import { type Case, dental, institutional, PATIENT, professional, WITH_PATIENT } from "./case.ts";

export const claimCases: readonly Case[] = [
  {
    rule: "subscriber-not-self",
    base: professional,
    keeps: WITH_PATIENT,
    breaks: [["SBR*P*18*", "SBR*P**"]],
    place: "SBR02",
  },
  {
    rule: "subscriber-address-missing",
    base: professional,
    keeps: [...WITH_PATIENT, ["N3*2 MAIN~N4*DOVER*DE*19901~", ""]],
    breaks: [["N3*2 MAIN~", ""]],
    place: "N3",
  },
  {
    rule: "subscriber-birth-missing",
    base: institutional,
    keeps: [],
    breaks: [["DMG*D8*19800101*F~", ""]],
    place: "DMG",
  },
  {
    rule: "subscriber-identifier-missing",
    base: dental,
    keeps: [["NM1*IL*1*DOE*JANE****MI*W1", "NM1*IL*2*ACME"]],
    breaks: [["NM1*IL*1*DOE*JANE****MI*W1", "NM1*IL*1*DOE*JANE"]],
    place: "NM109",
  },
  {
    rule: "billing-address-not-street",
    base: professional,
    keeps: [["N3*1 MAIN~", "N3*1 POBOX LANE~"]],
    breaks: [["N3*1 MAIN~", "N3*P.O. BOX 12~"]],
    place: "N301",
  },
  {
    rule: "patient-level-for-subscriber",
    base: professional,
    // A family: the subscriber has a claim too.
    keeps: [
      ["HL*2*1*22*0~", "HL*2*1*22*1~"],
      ["DTP*472*D8*20250210~", `DTP*472*D8*20250210~${PATIENT}${CLAIM}`],
    ],
    breaks: [...WITH_PATIENT, ["SBR*P**", "SBR*P*18*"]],
    place: "HL03",
  },
  {
    rule: "billing-provider-unidentified",
    base: professional,
    keeps: [
      ["NM1*85*2*CLINIC*****XX*1234567893", "NM1*85*2*CLINIC"],
      ["PI*P1~", "PI*P1~REF*G2*77~"],
    ],
    breaks: [["NM1*85*2*CLINIC*****XX*1234567893", "NM1*85*2*CLINIC"]],
    place: "REF",
  },
  {
    rule: "claim-charge-unbalanced",
    base: professional,
    keeps: [["CLM*PCN1*150*", "CLM*PCN1*150.00*"]],
    breaks: [["CLM*PCN1*150*", "CLM*PCN1*150.01*"]],
    place: "CLM02",
  },
  {
    rule: "original-reference-missing",
    base: professional,
    keeps: [
      ["11:B:1*", "11:B:7*"],
      ["HI*ABK", "REF*F8*ICN1~HI*ABK"],
    ],
    breaks: [["11:B:1*", "11:B:8*"]],
    place: "REF",
  },
  {
    rule: "accident-date-missing",
    base: professional,
    keeps: [
      ["*Y*A*Y*Y~", "*Y*A*Y*Y**OA~"],
      ["HI*ABK", "DTP*439*D8*20250201~HI*ABK"],
    ],
    breaks: [["*Y*A*Y*Y~", "*Y*A*Y*Y**EM:OA~"]],
    place: "DTP",
  },
  {
    rule: "accident-place-missing",
    base: dental,
    keeps: [["*Y*A*Y*Y~", "*Y*A*Y*Y**AA:::DE~DTP*439*D8*20250201~"]],
    breaks: [["*Y*A*Y*Y~", "*Y*A*Y*Y**AA~DTP*439*D8*20250201~"]],
    place: "CLM11-4",
  },
  {
    rule: "attachment-number-missing",
    base: institutional,
    keeps: [["HI*ABK", "PWK*OB*AA~PWK*OZ*EL***AC*A1~HI*ABK"]],
    breaks: [["HI*ABK", "PWK*OB*EL~HI*ABK"]],
    place: "PWK06",
  },
  {
    rule: "service-line-number-wrong",
    base: professional,
    keeps: [["LX*1~", "LX*01~"]],
    breaks: [["LX*1~", "LX*2~"]],
    place: "LX01",
  },
  {
    rule: "first-referral-not-dn",
    base: professional,
    keeps: [["LX*1~", "NM1*DN*1*ROE~NM1*P3*1*POE~LX*1~"]],
    breaks: [["LX*1~", "NM1*P3*1*POE~LX*1~"]],
    place: "NM101",
  },
  {
    rule: "screening-answer-contradictory",
    base: professional,
    keeps: [["HI*ABK", "CRC*ZZ*N*NU~HI*ABK"]],
    breaks: [["HI*ABK", "CRC*ZZ*Y*NU~HI*ABK"]],
    place: "CRC03",
  },
  {
    rule: "diagnosis-pointer-dangling",
    base: professional,
    keeps: [
      ["ABK:J069", "ABK:J069*ABF:R059"],
      ["UN*1***1~", "UN*1***1:2~"],
    ],
    breaks: [["UN*1***1~", "UN*1***1:2~"]],
    place: "SV107-2",
  },
  {
    rule: "codes-with-gaps",
    base: professional,
    keeps: [["ABK:J069", "ABK:J069*ABF:R059"]],
    breaks: [["ABK:J069", "ABK:J069**ABF:R059"]],
    place: "HI02",
  },
  {
    rule: "diagnosis-versions-mixed",
    base: professional,
    keeps: [["ABK:J069", "BK:4659*BF:7862"]],
    breaks: [["ABK:J069", "ABK:J069*BF:7862"]],
    place: "HI02-1",
  },
];

export const levelCases: readonly Case[] = [
  {
    rule: "level-number-wrong",
    base: professional,
    keeps: WITH_PATIENT,
    breaks: [["HL*2*1*22*0~", "HL*3*1*22*0~"]],
    place: "HL01",
  },
  {
    rule: "level-children-contradicted",
    base: institutional,
    keeps: WITH_PATIENT,
    breaks: [["HL*2*1*22*0~", "HL*2*1*22*1~"]],
    place: "HL04",
  },
  {
    rule: "answer-children-contradicted",
    base: answer,
    keeps: [],
    breaks: [["HL*3*2*22*0~", "HL*3*2*22*1~"]],
    place: "HL04",
  },
];
