import { expect } from "chai";
import { checkClaim, repairText } from "../../../src/billing/claims/index.ts";
import { ALL_CODES, plainEncounter, TODAY } from "./sample-encounters.ts";

const plain = plainEncounter();

function lastName(
  text: string,
  delimiters?: string,
): { name: string | undefined; codes: string[] } {
  const encounter = { ...plain, subscriber: { ...plain.subscriber, lastName: text } };
  const repaired = repairText(encounter, delimiters);
  return {
    name: repaired.encounter.subscriber.lastName,
    codes: repaired.findings.map(({ severity, code }) => `${severity} ${code}`),
  };
}

const REPAIRED = ["repair characters-repaired"];
const REFUSED = ["error characters-refused"];

describe("repairText", () => {
  const NAMES: [written: string, sent: string, findings: string[]][] = [
    ["O'Neil-Smith", "O'Neil-Smith", []],
    ["Éloïse", "Eloise", REPAIRED],
    ["Grüße", "Grusse", REPAIRED],
    ["Łukasz Đoković", "Lukasz Dokovic", REPAIRED],
    ["D’Arcy", "D'Arcy", REPAIRED],
    ["Ample*Smith", "Ample Smith", REPAIRED],
    ["Ample ~:^ Smith", "Ample Smith", REPAIRED],
    ["Ample\tSmith\n", "Ample Smith", REPAIRED],
    [" Ample ", "Ample", REPAIRED],
    ["Ample 🙂", "Ample", REPAIRED],
    ["ﬁnch", "finch", REPAIRED],
    ["Иванова", "Иванова", REFUSED],
    ["山田", "山田", REFUSED],
    ["***", "***", REFUSED],
  ];
  for (const [written, sent, findings] of NAMES) {
    it(`sends ${JSON.stringify(written)} as ${JSON.stringify(sent)}`, () => {
      expect(lastName(written)).to.deep.equal({ name: sent, codes: findings });
    });
  }

  it("gives the same value back when nothing is to be repaired", () => {
    expect(repairText(plain).encounter).to.equal(plain);
  });

  it("changes nothing in the value that it was given", () => {
    const given = { ...plain, subscriber: { ...plain.subscriber, lastName: "É*" } };
    const before = JSON.stringify(given);
    repairText(given);
    expect(JSON.stringify(given)).to.equal(before);
  });

  it("is settled: a repaired text needs no repair", () => {
    for (const [written, , findings] of NAMES) {
      const again = lastName(lastName(written).name ?? "");
      expect(again.codes).to.deep.equal(findings === REFUSED ? REFUSED : []);
    }
  });

  it("goes by the delimiters of the interchange", () => {
    expect(lastName("A|B:C", "|>^~")).to.deep.equal({ name: "A B:C", codes: REPAIRED });
  });

  it("frees an identifier of blanks and refuses what else is wrong with it", () => {
    const trimmed = { ...plain, subscriber: { ...plain.subscriber, memberId: " X1 " } };
    expect(repairText(trimmed).encounter.subscriber.memberId).to.equal("X1");
    const broken = { ...plain, subscriber: { ...plain.subscriber, memberId: "X*1" } };
    const { encounter, findings } = repairText(broken);
    expect(encounter.subscriber.memberId).to.equal("X*1");
    expect(findings.map(({ code }) => code)).to.deep.equal(["characters-refused"]);
    expect(findings[0]?.pointer).to.equal("/subscriber/memberId");
    expect(checkClaim(broken, { today: TODAY, codeSets: ALL_CODES }).held).to.equal(true);
  });

  it("leaves alone what is not sent", () => {
    const encounter = { ...plain, externalId: "É*", x: { tags: ["É"], custom: { note: "*" } } };
    const repaired = repairText(encounter);
    expect(repaired.findings).to.deep.equal([]);
    expect(repaired.encounter).to.equal(encounter);
  });
});
