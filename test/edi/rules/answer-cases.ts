import { CLAIM_PAYMENT, REMITTANCE_HEADER } from "../small-files.ts";
import type { Base, Case } from "./case.ts";

const remittance: Base = {
  set: "835",
  group: "HP",
  version: "005010X221A1",
  body: REMITTANCE_HEADER + CLAIM_PAYMENT,
};

const acknowledgment: Base = {
  set: "999",
  group: "FA",
  version: "005010X231A1",
  body: "AK1*HC*1*005010X222A1~AK2*837*0001*005010X222A1~IK5*A~AK9*A*1*1*1~",
};

const claimAcknowledgment: Base = {
  set: "277",
  group: "HN",
  version: "005010X214",
  body:
    "BHT*0085*08*R1*20250301*1200*TH~HL*1**20*1~NM1*PR*2*PAYER*****PI*P1~TRN*1*T1~" +
    "DTP*050*D8*20250301~DTP*009*D8*20250301~HL*2*1*21*1~NM1*41*2*CLINIC*****46*S1~TRN*2*B1~" +
    "STC*A1:19:PR*20250301*WQ*150~HL*3*2*19*1~NM1*85*2*CLINIC*****XX*1234567893~HL*4*3*PT~" +
    "NM1*QC*1*DOE*JANE****MI*W1~TRN*2*PCN1~STC*A2:20:PR*20250301*WQ*150~DTP*472*D8*20250210~",
};

const request: Base = {
  set: "270",
  group: "HS",
  version: "005010X279A1",
  body:
    "BHT*0022*13*R1*20250301*1200~HL*1**20*1~NM1*PR*2*PAYER*****PI*P1~HL*2*1*21*1~" +
    "NM1*1P*2*CLINIC*****XX*1234567893~HL*3*2*22*0~NM1*IL*1*DOE*JANE****MI*W1~EQ*30~",
};

export const answer: Base = {
  set: "271",
  group: "HB",
  version: "005010X279A1",
  body:
    "BHT*0022*11*R1*20250301*1200~HL*1**20*1~NM1*PR*2*PAYER*****PI*P1~HL*2*1*21*1~" +
    "NM1*1P*2*CLINIC*****XX*1234567893~HL*3*2*22*0~NM1*IL*1*DOE*JANE****MI*W1~EB*1**30~",
};

export const remittanceCases: readonly Case[] = [
  {
    rule: "service-unbalanced",
    base: remittance,
    keeps: [["CAS*PR*1*50~", "CAS*PR*1*20**2*30~"]],
    breaks: [
      ["CAS*PR*1*50~", ""],
      ["NM1*QC", "CAS*PR*1*50~NM1*QC"],
    ],
    place: "SVC03",
  },
  {
    rule: "claim-unbalanced",
    base: remittance,
    keeps: [
      ["CLP*PCN1*1*150*100*50*", "CLP*PCN1*1*160*100*50*"],
      ["NM1*QC", "CAS*CO*45*10~NM1*QC"],
    ],
    breaks: [["CLP*PCN1*1*150*100*50*", "CLP*PCN1*1*151*100*50*"]],
    place: "CLP04",
  },
  {
    rule: "patient-share-unsupported",
    base: remittance,
    keeps: [["100*50*12*", "100**12*"]],
    breaks: [["100*50*12*", "100*49*12*"]],
    place: "CLP05",
  },
  {
    rule: "crossover-payer-missing",
    base: remittance,
    keeps: [
      ["CLP*PCN1*1*", "CLP*PCN1*19*"],
      ["SVC*", "NM1*TT*2*NEXT*****PI*N1~SVC*"],
    ],
    breaks: [["CLP*PCN1*1*", "CLP*PCN1*19*"]],
    place: "NM1",
  },
  {
    rule: "adjudication-twofold",
    base: remittance,
    keeps: [["SVC*", "MOA***MA01~SVC*"]],
    breaks: [["SVC*", "MIA*0****MA01~MOA***MA01~SVC*"]],
    place: "MOA",
  },
  {
    rule: "service-date-missing",
    base: remittance,
    keeps: [
      ["DTM*472*20250210~", ""],
      ["SVC*", "DTM*232*20250210~SVC*"],
    ],
    breaks: [["DTM*472*20250210~", ""]],
    place: "DTM",
  },
  {
    rule: "bank-details-missing",
    base: remittance,
    keeps: [
      [
        "C*CHK************20250301",
        "C*ACH*CCP*01*999999992*DA*1*1512345678**01*999988880*DA*2*20250301",
      ],
    ],
    breaks: [
      ["C*CHK************20250301", "C*ACH*CCP*01*999999992*DA*1***01*999988880*DA*2*20250301"],
    ],
    place: "BPR10",
  },
  {
    rule: "no-payment-with-amount",
    base: remittance,
    keeps: [
      ["BPR*I*100*C*CHK", "BPR*H*0*C*NON"],
      ["SVC*HC:99213*150*100~", "SVC*HC:99213*150*0~"],
      ["150*100*50*12*", "150*0*150*12*"],
      ["CAS*PR*1*50~", "CAS*PR*1*150~"],
    ],
    breaks: [["C*CHK", "C*NON"]],
    place: "BPR02",
  },
  {
    rule: "payer-identifiers-differ",
    base: remittance,
    keeps: [["C*CHK************", "C*CHK******1512345678******"]],
    breaks: [["C*CHK************", "C*CHK******1599999999******"]],
    place: "TRN03",
  },
  {
    rule: "transaction-unbalanced",
    base: remittance,
    keeps: [
      ["BPR*I*100*", "BPR*I*95.5*"],
      ["CAS*PR*1*50~", "CAS*PR*1*50~PLB*1234567893*20251231*WO:X*10*L6*-5.5~"],
    ],
    breaks: [["BPR*I*100*", "BPR*I*100.01*"]],
    place: "BPR02",
  },
];

export const answerCases: readonly Case[] = [
  {
    rule: "accepted-count-wrong",
    base: acknowledgment,
    keeps: [["AK9*A*1*1*1", "AK9*A*2*2*2"]],
    breaks: [["AK9*A*1*1*1", "AK9*A*1*1*0"]],
    place: "AK904",
  },
  {
    rule: "rejection-unexplained",
    base: acknowledgment,
    keeps: [
      ["IK5*A~", "IK5*R*5~"],
      ["AK9*A*1*1*1", "AK9*R*1*1*0"],
    ],
    breaks: [
      ["IK5*A~", "IK5*R~"],
      ["AK9*A*1*1*1", "AK9*R*1*1*0"],
    ],
    place: "IK502",
  },
  {
    rule: "status-contradicts-action",
    base: claimAcknowledgment,
    keeps: [["A2:20:PR*20250301*WQ", "A7:562:85*20250301*U"]],
    breaks: [["A2:20:PR*20250301*WQ", "A7:562:85*20250301*WQ"]],
    place: "STC03",
  },
  {
    rule: "inquiry-missing",
    base: request,
    keeps: [],
    breaks: [["EQ*30~", ""]],
    place: "EQ",
  },
  {
    rule: "bracket-missing",
    base: answer,
    keeps: [["EB*1**30~", "EB*1**30~LS*2120~NM1*P3*1*ROE~LE*2120~"]],
    breaks: [["EB*1**30~", "EB*1**30~LS*2120~NM1*P3*1*ROE~"]],
    place: "LE",
  },
  {
    rule: "co-insurance-without-percentage",
    base: answer,
    keeps: [["EB*1**30~", "EB*A**30*****0.2~"]],
    breaks: [["EB*1**30~", "EB*A**30~"]],
    place: "EB08",
  },
];
