import { type Case, type Edit, professional } from "./case.ts";

/** Medicare paid 100 of 150 first; the patient owes the rest. */
const FIRST_PAYER =
  "SBR*P*18*******MB~CAS*PR*2*50~AMT*D*100~OI***Y***Y~NM1*IL*1*DOE*JANE****MI*X1~" +
  "NM1*PR*2*FIRST*****PI*P0~DTP*573*D8*20250220~";
const SECOND: Edit = ["SBR*P*18", "SBR*S*18"];
const AFTER_FIRST: readonly Edit[] = [SECOND, ["LX*1~", `${FIRST_PAYER}LX*1~`]];
/** The same decision, told line by line. */
const LINE_OF_FIRST = "SVD*P0*100*HC:99213**1~CAS*PR*2*50~DTP*573*D8*20250220~";
const HALF_OF_FIRST = "SVD*P0*50*HC:99213**1~CAS*PR*2*25~DTP*573*D8*20250220~";
const LINE_BY_LINE: readonly Edit[] = [
  SECOND,
  ["LX*1~", `${FIRST_PAYER.replace("CAS*PR*2*50~", "")}LX*1~`],
  ["DTP*472*D8*20250210~", `DTP*472*D8*20250210~${LINE_OF_FIRST}`],
];

export const otherPayerCases: readonly Case[] = [
  {
    rule: "other-payer-missing",
    base: professional,
    keeps: AFTER_FIRST,
    breaks: [SECOND],
    place: "SBR",
  },
  {
    rule: "payer-sequence-repeated",
    base: professional,
    keeps: AFTER_FIRST,
    breaks: [["LX*1~", `${FIRST_PAYER}LX*1~`]],
    place: "SBR01",
  },
  {
    rule: "other-payer-paid-missing",
    base: professional,
    keeps: AFTER_FIRST,
    breaks: [...AFTER_FIRST, ["AMT*D*100~", ""]],
    place: "AMT",
  },
  {
    rule: "other-payer-date-missing",
    base: professional,
    keeps: [...LINE_BY_LINE, ["PI*P0~DTP*573*D8*20250220~", "PI*P0~"]],
    breaks: [...AFTER_FIRST, ["DTP*573*D8*20250220~", ""]],
    place: "DTP",
  },
  {
    rule: "other-payer-unbalanced",
    base: professional,
    keeps: AFTER_FIRST,
    breaks: [...AFTER_FIRST, ["AMT*D*100~", "AMT*D*99~"]],
    place: "AMT02",
  },
  {
    rule: "other-payer-adjustments-missing",
    base: professional,
    keeps: [...AFTER_FIRST, ["CAS*PR*2*50~AMT*D*100~", "AMT*D*150~"]],
    breaks: [...AFTER_FIRST, ["CAS*PR*2*50~AMT*D*100~", "AMT*D*100~"]],
    place: "CAS",
  },
  {
    rule: "other-payer-line-unbalanced",
    base: professional,
    // The payer split the line into two.
    keeps: [...LINE_BY_LINE, [LINE_OF_FIRST, HALF_OF_FIRST + HALF_OF_FIRST]],
    breaks: [...LINE_BY_LINE, ["CAS*PR*2*50~", "CAS*PR*2*40~"]],
    place: "SVD02",
  },
  {
    rule: "line-payer-unknown",
    base: professional,
    keeps: LINE_BY_LINE,
    breaks: [...AFTER_FIRST, ["20250210~", `20250210~${LINE_OF_FIRST.replace("P0", "P9")}`]],
    place: "SVD01",
  },
];
