/** Pieces of work that are made to fail at every store operation: what is there before, and the work itself. */
import { generateClaims } from "../../../src/app/claims/generate-claims.ts";
import { importDeposits } from "../../../src/app/deposits/import-deposits.ts";
import { encounterWith, plainEncounter } from "../../billing/claims/sample-encounters.ts";
import { claim, claimFile, GRANITE, MEDICAID } from "../claim-file.ts";
import { interchange } from "../edi-text.ts";
import { fileOf, type Practice } from "../practice.ts";
import { clp, type RemittanceText, remittanceFile, reversalOf } from "../remittance-file.ts";

/** Work on a practice; done again after it has failed, it must end as if it had never failed. */
export interface Scene {
  readonly name: string;
  /** What the practice holds before. */
  prepare(practice: Practice): Promise<unknown>;
  work(practice: Practice): Promise<unknown>;
}

const A3 = ["A3 1 300.00 240.00 ICN3", "99215 300.00 240.00 CO-45 60.00"] as const;
const A6 = ["A6 1 100.00 80.00 ICN6", "99213 100.00 80.00 CO-45 20.00"] as const;

const CLAIMS = claimFile([
  claim("A1", "99213 100.00"),
  claim("A2", "99214 200.00"),
  claim("A3", "99215 300.00"),
  { ...claim("A4", "99213 100.00"), payer: GRANITE, others: [MEDICAID] },
  claim("A6", "99213 100.00"),
]);

/** Posted before: what the remittance reverses, and a correction that waits for its reversal. */
const EARLIER = remittanceFile([
  {
    trace: "T0",
    payments: [
      clp(...A3),
      clp(...A6),
      clp("A6 1 100.00 90.00 ICN6B", "99213 100.00 90.00 CO-45 10.00"),
    ],
  },
]);

/** Paid, denied, reversed and corrected, released, not ours; known and unknown provider adjustments. */
const RICH: RemittanceText = {
  trace: "T1",
  payments: [
    clp("A1 1 100.00 70.00 ICN1", "99213 100.00 70.00 CO-45 20.00 PR-1 10.00"),
    clp("A2 1 200.00 0.00 ICN2", "99214 200.00 0.00 CO-197 200.00"),
    reversalOf(...A3),
    clp("A3 1 300.00 200.00 ICN3B", "99215 300.00 200.00 CO-45 60.00 PR-2 40.00"),
    clp("A4 1 100.00 60.00 ICN4", "99213 100.00 60.00 CO-45 20.00 PR-1 20.00"),
    reversalOf(...A6),
    clp("X1 1 400.00 300.00 ICN9 CO-45 100.00"),
  ],
  adjustments: ["ZZ:WHO 5.00", "WO:ICN3 10.00", "L6:INT -1.50"],
};

/** A second set that does not balance, and a third that repeats a claim and takes its payment back by PLB. */
const FILE = remittanceFile([
  RICH,
  { trace: "T2", bpr: "5.00", payments: [clp("X2 1 9.00 9.00 ICNX2")] },
  { trace: "T3", adjustments: ["FB:T1 -20.00"] },
]);

const PAID_CENTS = 70_00 - 240_00 + 200_00 + 60_00 - 80_00 + 300_00 - 5_00 - 10_00 + 1_50;

const bank = (...rows: readonly string[]) => ["date,amount,trace,payer", ...rows].join("\n");
const dollars = (cents: number) => (cents / 100).toFixed(2);

const deposited = (practice: Practice, text: string) =>
  importDeposits(practice.app, practice.actor, fileOf(text, "bank.csv"), () => undefined);

/** One remittance of everything, for which the money was there before. */
const posting: Scene = {
  name: "posting a remittance",
  async prepare(practice) {
    await practice.ingest(CLAIMS);
    await practice.ingest(EARLIER);
    await deposited(practice, bank(`2026-03-15,${dollars(PAID_CENTS)},T1,GRANITE HEALTH`));
  },
  work: (practice) => practice.ingest(FILE),
};

/** Claims that were sent elsewhere; one of them is what a parked payment waits for. */
const registering: Scene = {
  name: "registering claims",
  prepare: (practice) => practice.ingest(EARLIER),
  work: (practice) => practice.ingest(CLAIMS),
};

const SUBMITTER = {
  organizationName: "Elm Street Family Medicine",
  submitterIdentification: "ELMSTREET",
  contactInformation: { name: "Billing", phoneNumber: "217-555-0100" },
};

const visit = (externalId: string, payerId: string, npi = "1234567893") => {
  const { billing, subscriber } = plainEncounter();
  return encounterWith(
    { patientControlNumber: `P-${externalId}` },
    {
      externalId,
      submitter: SUBMITTER,
      tradingPartnerServiceId: payerId,
      billing: { ...billing, npi },
      subscriber: { ...subscriber, memberId: `M${externalId}` },
    },
  );
};

const ENCOUNTERS = JSON.stringify([
  visit("V1", "60054"),
  visit("V2", "60054"),
  visit("V3", "87726"),
  visit("V4", "87726", "1234567890"),
]);

/** Encounters of two payers become two files; one is held. */
const generating: Scene = {
  name: "generating claims and sending batches",
  prepare: async () => undefined,
  work: (practice) => generateClaims(practice.app, practice.actor, ENCOUNTERS, () => undefined),
};

const ANSWER_999 = interchange(
  "999",
  [["AK1*HC*42*005010X222A1", "AK2*837*0001*005010X222A1", "IK5*A", "AK9*A*1*1*1"]],
  { control: "000000900", sender: "RECEIVER", receiver: "SENDER" },
);
const ANSWER_277 = interchange(
  "277",
  [
    [
      "BHT*0085*08*1*20260320*1200*TH",
      "HL*1**20*1",
      "NM1*PR*2*GRANITE HEALTH*****PI*GRANITE",
      "TRN*1*R1",
      "DTP*050*D8*20260320",
      "DTP*009*D8*20260320",
      "HL*2*1*21*1",
      "NM1*41*2*ELM CLINIC*****46*ELMCLINIC",
      "TRN*2*1",
      "STC*A1:19:PR*20260320*WQ*300",
      "HL*3*2*19*1",
      "NM1*85*2*ELM CLINIC*****XX*1234567893",
      "TRN*1*0",
      ...["A1 A2:20 WQ", "A2 A7:21 U"].flatMap((text, index) => {
        const [number, status, action] = text.split(" ");
        return [
          `HL*${index + 4}*3*PT`,
          "NM1*QC*1*AMPLE*ANN****MI*M1",
          `TRN*2*${number}`,
          `STC*${status}*20260320*${action}*100`,
          "DTP*472*D8*20260302",
        ];
      }),
    ],
  ],
  { sender: "RECEIVER", receiver: "SENDER" },
);

/** A 999 and a 277CA that accepts one claim and rejects another. */
const acknowledging: Scene = {
  name: "taking acknowledgements",
  prepare: (practice) =>
    practice.ingest(
      claimFile([claim("A1", "99213 100.00"), claim("A2", "99214 200.00")], {
        control: "000000042",
      }),
    ),
  async work(practice) {
    await practice.ingest(ANSWER_999);
    await practice.ingest(ANSWER_277);
  },
};

/** Deposits of which one is matched by its trace, one by its amount, and one by nothing. */
const depositing: Scene = {
  name: "taking deposits in and matching them",
  async prepare(practice) {
    await practice.ingest(remittanceFile([{ trace: "D1", adjustments: ["L6 -80.00"] }]));
    await practice.ingest(remittanceFile([{ trace: "D2", adjustments: ["L6 -90.00"] }]));
  },
  work: (practice) =>
    deposited(
      practice,
      bank(
        "2026-03-16,80.00,D1,GRANITE HEALTH",
        "2026-03-16,90.00,,GRANITE HEALTH",
        "2026-03-16,70.00,,GRANITE HEALTH",
      ),
    ),
};

/** Every piece of work whose fail points are tried. */
export const SCENES: readonly Scene[] = [
  posting,
  registering,
  generating,
  acknowledging,
  depositing,
];

/** The scene of a name. */
export function sceneOf(name: string): Scene {
  const found = SCENES.find((scene) => scene.name === name);
  if (found === undefined) throw new Error(`no scene is called ${name}`);
  return found;
}
