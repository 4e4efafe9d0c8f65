import { expect } from "chai";
import { claim, claimFile } from "./claim-file.ts";
import { interchange } from "./edi-text.ts";
import { type Practice, practices } from "./practice.ts";

const TWO = [claim("A1", "99213 100.00"), claim("A2", "99214 200.00")];
const SENT = claimFile(TWO, { control: "000000042" });

function answer999(group: string, code: string, control = "000000900"): string {
  const segments = [
    `AK1*HC*${group}*005010X222A1`,
    "AK2*837*0001*005010X222A1",
    `IK5*${code}`,
    `AK9*${code}*1*1*${code === "R" ? 0 : 1}`,
  ];
  return interchange("999", [segments], { control, sender: "RECEIVER", receiver: "SENDER" });
}

/** The same as a payer of 004010 says it. */
function answer997(group: string, code: string): string {
  const accepted = code === "R" ? 0 : 1;
  const segments = [
    `AK1*HC*${group}`,
    "AK2*837*0001",
    `AK5*${code}`,
    `AK9*${code}*1*1*${accepted}`,
  ];
  return interchange("997", [segments], { sender: "RECEIVER", receiver: "SENDER" });
}

function answerTa1(control: string, code: string): string {
  const isa =
    "ISA*00*          *00*          *ZZ*RECEIVER       *ZZ*SENDER         *260320*1200*^*00501*000000901*0*P*:~";
  return `${isa}TA1*${control}*260320*1200*${code}*${code === "R" ? "010" : "000"}~IEA*0*000000901~`;
}

/** A 277CA that answers each claim as `A1 A2:20 ICN1`: number, category and status, payer's number. */
function answer277(...answers: readonly string[]): string {
  const segments = [
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
    ...answers.flatMap((text, index) => {
      const [number = "", status = "", icn] = text.split(" ");
      return [
        `HL*${index + 4}*3*PT`,
        "NM1*QC*1*AMPLE*ANN****MI*M1",
        `TRN*2*${number}`,
        `STC*${status}*20260320*${/^A[12]/.test(status) ? "WQ" : "U"}*100`,
        ...(icn === undefined ? [] : [`REF*1K*${icn}`]),
        "DTP*472*D8*20260302",
      ];
    }),
  ];
  return interchange("277", [segments], { sender: "RECEIVER", receiver: "SENDER" });
}

async function submissions(practice: Practice): Promise<string[]> {
  const claims = await practice.store.claims.find({}, { sort: { patientControlNumbers: 1 } });
  return claims.map(({ status }) => status.submission);
}

describe("answers to our 837s", () => {
  const newPractice = practices();

  async function sent(): Promise<Practice> {
    const practice = newPractice();
    await practice.ingest(SENT);
    return practice;
  }

  for (const [code, status, items] of [
    ["A", "received", 0],
    ["E", "received", 0],
    ["P", "received", 0],
    ["R", "rejected", 2],
  ] as const) {
    it(`a 999 of ${code} leaves every claim of the set ${status}, with ${items} items`, async () => {
      const practice = await sent();
      const { summary } = await practice.ingest(answer999("42", code));
      expect(summary).to.include({ acknowledgements: 1, findings: 0 });
      expect(await submissions(practice)).to.deep.equal([status, status]);
      expect(await practice.items()).to.have.length(items);
      const [batch] = await practice.store.batches.find({});
      expect(batch?.status).to.equal(status);
    });
  }

  for (const [code, status] of [
    ["A", "received"],
    ["R", "rejected"],
  ] as const) {
    it(`a 997 of ${code} leaves every claim of the set ${status}, as a 999 does`, async () => {
      const practice = await sent();
      const { summary } = await practice.ingest(answer997("42", code));
      expect(summary).to.include({ acknowledgements: 1, findings: 0 });
      expect(await submissions(practice)).to.deep.equal([status, status]);
      expect(await practice.items()).to.have.length(status === "rejected" ? 2 : 0);
    });

    it(`a TA1 of ${code} leaves every claim of the interchange ${status}`, async () => {
      const practice = await sent();
      await practice.ingest(answerTa1("000000042", code));
      expect(await submissions(practice)).to.deep.equal([status, status]);
    });
  }

  it("answers to other groups and interchanges change nothing", async () => {
    const practice = await sent();
    await practice.ingest(answer999("43", "R"));
    await practice.ingest(answerTa1("000000043", "R"));
    expect(await submissions(practice)).to.deep.equal(["sent", "sent"]);
    expect(await practice.items()).to.deep.equal([]);
  });

  it("a 277CA accepts one claim, with the payer's number, and rejects the other into an item", async () => {
    const practice = await sent();
    const { summary } = await practice.ingest(answer277("A1 A2:20 ICN1", "A2 A7:562:85"));
    expect(summary).to.include({ acknowledgements: 2, findings: 0 });
    expect(await submissions(practice)).to.deep.equal(["accepted", "rejected"]);
    expect((await practice.claim("A1")).payerClaimControlNumbers).to.deep.equal(["ICN1"]);
    const items = await practice.store.workItems.find({});
    expect(
      items.map(({ kind, patientControlNumber }) => [kind, patientControlNumber]),
    ).to.deep.equal([["rejection", "A2"]]);
    expect(await practice.differences()).to.equal(0);
  });

  it("a 277CA that answers one claim twice leaves it as the last answer says", async () => {
    const practice = await sent();
    await practice.ingest(answer277("A1 A1:19", "A1 A2:20 ICN1"));
    const shown = await practice.claim("A1");
    expect(shown.status.submission).to.equal("accepted");
    expect(shown.payerClaimControlNumbers).to.deep.equal(["ICN1"]);
    expect(shown.timeline.map(({ event }) => event)).to.deep.equal([
      "registered",
      "received",
      "accepted",
    ]);
  });

  it("the same answer again is a duplicate: no second item, no second line in the story", async () => {
    const practice = await sent();
    const answers = [
      answer999("42", "R"),
      answerTa1("000000042", "A"),
      answer277("A2 A3:21", "A1 A2:20"),
    ];
    for (const answer of answers) await practice.ingest(answer);
    const before = await practice.state();
    const { timeline } = await practice.claim("A2");
    for (const answer of answers) {
      expect((await practice.ingest(answer)).summary).to.include({ duplicates: 1 });
    }
    expect(await practice.state()).to.deep.equal(before);
    expect((await practice.claim("A2")).timeline).to.deep.equal(timeline);
  });

  it("a 999 to one of two senders who use the same control numbers concerns that one alone", async () => {
    const practice = await sent();
    const other = claimFile([claim("B1", "99213 100.00")], {
      control: "000000042",
      sender: "OTHERCLINIC",
    });
    await practice.ingest(other);
    await practice.ingest(answer999("42", "R"));
    expect(await submissions(practice)).to.deep.equal(["rejected", "rejected", "sent"]);
  });
});
