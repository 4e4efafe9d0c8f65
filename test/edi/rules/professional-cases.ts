import { type Case, dental, type Edit, professional, WITH_PATIENT } from "./case.ts";

const AMBULANCE: Edit = ["HI*ABK", "CR1*LB*150**A*DH*12~HI*ABK"];
const PICK_UP = "NM1*PW*2~N3*1 MAIN~N4*DOVER*DE*199010000~";
const DROP_OFF = "NM1*45*2~N3*9 MAIN~N4*DOVER*DE*19901~";

export const professionalCases: readonly Case[] = [
  {
    rule: "anesthesia-not-in-minutes",
    base: professional,
    keeps: [["HC:99213*150*UN*1", "HC:00840*150*MJ*45"]],
    breaks: [["HC:99213*", "HC:00840*"]],
    place: "SV103",
  },
  {
    rule: "ambulance-places-missing",
    base: professional,
    keeps: [AMBULANCE, ["LX*1~", `${PICK_UP}${DROP_OFF}LX*1~`]],
    breaks: [AMBULANCE, ["LX*1~", `${PICK_UP}LX*1~`]],
    place: "NM1",
  },
  {
    rule: "acute-manifestation-missing",
    base: professional,
    keeps: [
      ["*CI~", "*MB~"],
      ["HI*ABK", "DTP*453*D8*20250205~CR2********M~HI*ABK"],
    ],
    breaks: [
      ["*CI~", "*MB~"],
      ["HI*ABK", "CR2********A~HI*ABK"],
    ],
    place: "DTP",
  },
  {
    rule: "hospital-visit-date-missing",
    base: professional,
    keeps: [["11:B:1*Y*A*Y*Y~", "21:B:1*Y*A*Y*Y~DTP*435*D8*20250209~"]],
    breaks: [["11:B:1*", "21:B:1*"]],
    place: "DTP",
  },
  {
    rule: "purchased-service-provider-missing",
    base: professional,
    keeps: [["20250210~", "20250210~PS1*P1*40~NM1*QB*2******XX*1234567893~"]],
    breaks: [["20250210~", "20250210~PS1*P1*40~"]],
    place: "NM1",
  },
  {
    rule: "screening-referral-missing",
    base: professional,
    keeps: [
      ["UN*1***1~", "UN*1***1****Y~"],
      ["HI*ABK", "CRC*ZZ*N*NU~HI*ABK"],
    ],
    breaks: [["UN*1***1~", "UN*1***1****Y~"]],
    place: "CRC",
  },
  {
    rule: "certification-dates-missing",
    base: professional,
    keeps: [["DTP*472*D8*20250210~", "CR3*I*MO*12~DTP*472*D8*20250210~DTP*463*D8*20250201~"]],
    breaks: [["DTP*472*D8*20250210~", "CR3*R*MO*12~DTP*472*D8*20250210~DTP*463*D8*20250201~"]],
    place: "DTP",
  },
  {
    rule: "necessity-form-unannounced",
    base: professional,
    keeps: [["DTP*472*D8*20250210~", "PWK*CT*AD~DTP*472*D8*20250210~LQ*UT*484.3~FRM*1A**56~"]],
    breaks: [["DTP*472*D8*20250210~", "DTP*472*D8*20250210~LQ*UT*484.3~FRM*1A**56~"]],
    place: "PWK",
  },
  {
    rule: "patient-facts-misplaced",
    base: professional,
    keeps: [["*CI~", "*CI~PAT*****D8*20250211~"]],
    breaks: [...WITH_PATIENT, ["*CI~", "*CI~PAT*****D8*20250211~"]],
    place: "PAT",
  },
];

const PREDETERMINATION: Edit = ["*Y*A*Y*Y~", "*Y*A*Y*Y**********PB~"];

export const dentalCases: readonly Case[] = [
  {
    rule: "dental-service-date-missing",
    base: dental,
    keeps: [PREDETERMINATION, ["DTP*472*D8*20250210~", ""]],
    breaks: [["DTP*472*D8*20250210~", ""]],
    place: "DTP",
  },
  {
    rule: "predetermination-dated",
    base: dental,
    keeps: [PREDETERMINATION, ["DTP*472*D8*20250210~", ""]],
    breaks: [PREDETERMINATION],
    place: "DTP",
  },
  {
    rule: "prior-placement-missing",
    base: dental,
    keeps: [
      ["150****1~", "150***R*1~"],
      ["DTP*472*D8*20250210~", "DTP*472*D8*20250210~DTP*441*D8*20150301~"],
    ],
    breaks: [["150****1~", "150***R*1~"]],
    place: "DTP",
  },
  {
    rule: "orthodontic-treatment-empty",
    base: dental,
    keeps: [["HI*ABK", "DN1*36~HI*ABK"]],
    breaks: [["HI*ABK", "DN1~HI*ABK"]],
    place: "DN101",
  },
];
