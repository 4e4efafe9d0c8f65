import { type Case, type Edit, institutional } from "./case.ts";

const OUTPATIENT: readonly Edit[] = [
  ["11:A:1", "13:A:1"],
  ["DTP*096*TM*1100~", ""],
  ["DTP*435*DT*202502100900~", ""],
  ["HI*ABJ:R509~", ""],
  ["CL1*1*", "CL1*3*"],
];
const ONE_DAY: Edit = ["20250210-20250212", "20250210-20250210"];
const OPERATING = "NM1*72*1*POE*ANN****XX*1234567893~";
const PROCEDURE = "HI*BBR:0DTJ4ZZ:D8:20250211~";

export const institutionalCases: readonly Case[] = [
  {
    rule: "admission-date-missing",
    base: institutional,
    keeps: [...OUTPATIENT, ONE_DAY],
    breaks: [["DTP*435*DT*202502100900~", ""]],
    place: "DTP",
  },
  {
    rule: "discharge-hour-missing",
    base: institutional,
    keeps: [
      ["DTP*096*TM*1100~", ""],
      ["11:A:1", "11:A:2"],
      ["CL1*1*1*01", "CL1*1*1*30"],
    ],
    breaks: [["DTP*096*TM*1100~", ""]],
    place: "DTP",
  },
  {
    rule: "admission-type-missing",
    base: institutional,
    keeps: [],
    breaks: [["CL1*1*1*01", "CL1**1*01"]],
    place: "CL101",
  },
  {
    rule: "point-of-origin-missing",
    base: institutional,
    keeps: [...OUTPATIENT, ONE_DAY, ["13:A:1", "14:A:1"], ["CL1*3*1*01", "CL1*3**01"]],
    breaks: [["CL1*1*1*01", "CL1*1**01"]],
    place: "CL102",
  },
  {
    rule: "admitting-diagnosis-missing",
    base: institutional,
    keeps: [...OUTPATIENT, ONE_DAY],
    breaks: [["HI*ABJ:R509~", ""]],
    place: "HI",
  },
  {
    rule: "visit-reason-missing",
    base: institutional,
    keeps: [
      ...OUTPATIENT,
      ONE_DAY,
      ["CL1*3*", "CL1*1*"],
      ["0120**150*DA*2", "0450*HC:99283*150*UN*1"],
      ["NM1*71", "HI*APR:R509~NM1*71"],
    ],
    breaks: [
      ...OUTPATIENT,
      ONE_DAY,
      ["CL1*3*", "CL1*1*"],
      ["0120**150*DA*2", "0450*HC:99283*150*UN*1"],
    ],
    place: "HI",
  },
  {
    rule: "attending-provider-missing",
    base: institutional,
    keeps: [
      ...OUTPATIENT,
      ONE_DAY,
      ["NM1*71*1*ROE*JOHN****XX*1234567893~", ""],
      ["0120**150*DA*2", "0540*HC:A0429*150*UN*1"],
    ],
    breaks: [["NM1*71*1*ROE*JOHN****XX*1234567893~", ""]],
    place: "NM1",
  },
  {
    rule: "other-operating-alone",
    base: institutional,
    keeps: [["LX*1~", `${OPERATING}NM1*ZZ*1*LOE~LX*1~`]],
    breaks: [["LX*1~", "NM1*ZZ*1*LOE~LX*1~"]],
    place: "NM1",
  },
  {
    rule: "operating-physician-missing",
    base: institutional,
    keeps: [
      ["NM1*71", `${PROCEDURE}NM1*71`],
      ["LX*1~", `${OPERATING}LX*1~`],
    ],
    breaks: [["NM1*71", `${PROCEDURE}NM1*71`]],
    place: "NM1",
  },
  {
    rule: "principal-procedure-missing",
    base: institutional,
    keeps: [
      ["NM1*71", `${PROCEDURE}HI*BBQ:0DJD8ZZ:D8:20250211~NM1*71`],
      ["LX*1~", `${OPERATING}LX*1~`],
    ],
    breaks: [["NM1*71", "HI*BBQ:0DJD8ZZ:D8:20250211~NM1*71"]],
    place: "HI",
  },
  {
    rule: "line-date-missing",
    base: institutional,
    keeps: [...OUTPATIENT, ["0120**150*DA*2", "0300*HC:80053*150*UN*1~DTP*472*D8*20250211"]],
    breaks: [...OUTPATIENT, ["0120**150*DA*2", "0300*HC:80053*150*UN*1"]],
    place: "DTP",
  },
  {
    rule: "line-date-outside-statement",
    base: institutional,
    keeps: [["DA*2~", "DA*2~DTP*472*RD8*20250210-20250212~"]],
    breaks: [["DA*2~", "DA*2~DTP*472*RD8*20250210-20250213~"]],
    place: "DTP03",
  },
];
