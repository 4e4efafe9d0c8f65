import { expect } from "chai";
import {
  answersOf,
  CLAIM_PAYMENT,
  codesOf,
  groupOf,
  interchangeOf,
  REMITTANCE_HEADER,
  read,
  remittance,
  setOf,
} from "./small-files.ts";

const BODY = REMITTANCE_HEADER + CLAIM_PAYMENT;
const VERSION = "005010X221A1";

function endsOf(text: string) {
  return read(text).events.filter((event) => event.kind === "transactionSetEnd");
}

function findingsAt(text: string, kind: "functionalGroupEnd" | "interchangeEnd") {
  return read(text).events.flatMap((event) => (event.kind === kind ? [...event.findings] : []));
}

describe("envelopes", () => {
  it("describe interchange, group and set, without padding", () => {
    const [interchange, group, set] = read(remittance()).events;
    expect(interchange).to.deep.include({ kind: "interchange" });
    if (interchange?.kind !== "interchange") return;
    expect(interchange.interchange).to.deep.include({
      senderQualifier: "ZZ",
      senderId: "SENDER",
      receiverId: "RECEIVER",
      date: "250301",
      time: "1200",
      controlNumber: "000000001",
      usage: "T",
      version: "00501",
      acknowledgmentRequested: false,
      ordinal: 1,
    });
    expect(group).to.deep.include({ kind: "functionalGroup" });
    if (set?.kind !== "transactionSet") expect.fail("no set");
    expect(set.set).to.deep.include({
      id: "835",
      controlNumber: "0001",
      implementation: VERSION,
      ordinal: 1,
    });
    expect(set.set.guide?.name).to.equal("835");
    expect(set.set.group.functionalIdentifier).to.equal("HP");
  });

  it("find nothing in a file in order", () => {
    expect(read(remittance()).findings).to.deep.equal([]);
  });

  it("make a set not intact when SE01 is off by one, and leave its sibling alone", () => {
    const bad = setOf("835", "0001", BODY).replace(/SE\*(\d+)/, (_, n) => `SE*${Number(n) + 1}`);
    const text = interchangeOf(groupOf("HP", VERSION, bad, setOf("835", "0002", BODY)));
    const ends = endsOf(text);
    expect(ends.map(({ intact }) => intact)).to.deep.equal([false, true]);
    expect(codesOf(ends[0]?.findings ?? [])).to.deep.equal(["segment-count-mismatch@SE01"]);
    expect(answersOf(ends[0]?.findings ?? [])).to.deep.equal(["IK502:4"]);
    expect(ends.map(({ segmentCount }) => segmentCount)).to.deep.equal([15, 15]);
  });

  it("take leading zeros of a count for what they are", () => {
    const text = remittance().replace("SE*15*", "SE*0015*");
    expect(endsOf(text)[0]?.intact).to.equal(true);
  });

  it("make a set not intact when SE02 is not ST02, or SE01 is no number", () => {
    const wrong = endsOf(remittance().replace(/SE\*15\*0001/, "SE*15*0002"));
    expect(wrong[0]?.intact).to.equal(false);
    expect(answersOf(wrong[0]?.findings ?? [])).to.deep.equal(["IK502:3"]);
    const noNumber = endsOf(remittance().replace(/SE\*15\*0001/, "SE*1e1*0001"));
    expect(noNumber[0]?.intact).to.equal(false);
  });

  it("make a set not intact when SE is missing, and still open the next one", () => {
    const open = setOf("835", "0001", BODY).replace(/SE\*.*$/, "");
    const ends = endsOf(interchangeOf(groupOf("HP", VERSION, open, setOf("835", "0002", BODY))));
    expect(ends.map(({ intact }) => intact)).to.deep.equal([false, true]);
    expect(answersOf(ends[0]?.findings ?? [])).to.include("IK502:2");
  });

  it("tell a wrong count or control number of GE on the group and leave sets intact", () => {
    const text = remittance().replace("GE*1*1~", "GE*2*9~");
    expect(endsOf(text)[0]?.intact).to.equal(true);
    expect(endsOf(text)[0]?.findings).to.deep.equal([]);
    const findings = findingsAt(text, "functionalGroupEnd");
    expect(answersOf(findings)).to.deep.equal(["AK905:5", "AK905:4"]);
  });

  it("tell a wrong count or control number of IEA on the interchange", () => {
    const text = remittance().replace("IEA*1*000000001", "IEA*3*000000002");
    expect(endsOf(text)[0]?.intact).to.equal(true);
    const findings = findingsAt(text, "interchangeEnd");
    expect(answersOf(findings)).to.deep.equal(["TA105:021", "TA105:001"]);
  });

  it("tell a control number that is used twice", () => {
    const set = setOf("835", "0001", BODY);
    const group = groupOf("HP", VERSION, set, set);
    const { findings } = read(interchangeOf(group, group));
    expect(answersOf(findings)).to.deep.equal(["IK502:23", "IK502:23", "AK905:19"]);
  });

  it("deliver the complete sets of a file cut off, and the open one as far as it goes", () => {
    const text = interchangeOf(
      groupOf("HP", VERSION, setOf("835", "0001", BODY), setOf("835", "0002", BODY)),
    );
    const cut = text.slice(0, text.lastIndexOf("CAS*PR") + 5);
    const { events, findings } = read(cut);
    expect(events.filter(({ kind }) => kind === "loop")).to.have.length(2);
    expect(endsOf(cut).map(({ intact }) => intact)).to.deep.equal([true, false]);
    expect(findings.map(({ code }) => code)).to.include.members([
      "segment-unterminated",
      "transaction-set-trailer-missing",
      "functional-group-trailer-missing",
      "file-ends-early",
    ]);
    expect(events.at(-1)?.kind).to.equal("interchangeEnd");
  });

  it("read a last trailer without its terminator", () => {
    const { events, findings } = read(remittance().slice(0, -1));
    expect(codesOf(findings)).to.deep.equal(["segment-unterminated@IEA"]);
    expect(findings[0]?.severity).to.equal("warning");
    expect(events.at(-1)?.kind).to.equal("interchangeEnd");
  });

  it("close an interchange whose IEA is missing when the next ISA comes", () => {
    const { events, findings } = read(
      remittance().replace(/IEA.*$/, "\n") + remittance().replaceAll("000000001", "000000002"),
    );
    expect(codesOf(findings)).to.deep.equal(["interchange-trailer-missing@IEA"]);
    expect(events.filter(({ kind }) => kind === "loop")).to.have.length(2);
  });

  it("count what stands at the end of a set by the set, not by the file", () => {
    const whole = remittance();
    const cut = whole.slice(0, whole.indexOf("~CAS*") + 5);
    const places = read(cut).findings.map(({ code, position }) => `${code} ${position ?? ""}`);
    expect(places).to.include("segment-unterminated 14");
    expect(places).to.include("transaction-set-trailer-missing 14");
    const [empty] = read(whole.replace("~CAS*", "~~CAS*")).findings;
    expect(empty).to.include({ code: "empty-segment", position: 14 });
  });

  it("tell of a trailer that is missing where it should stand, by the segments of the interchange", () => {
    const whole = remittance();
    const places = (text: string) =>
      read(text).findings.map(({ code, position }) => `${code} ${position ?? "nowhere"}`);
    // ISA and GS, fifteen segments of the set, GE and IEA.
    expect(places(whole.replace(/GE\*1\*1~/, ""))).to.deep.equal([
      "functional-group-trailer-missing 18",
    ]);
    expect(places(whole.replace(/IEA.*$/, ""))).to.deep.equal(["file-ends-early 19"]);
    const another = whole.replaceAll("000000001", "000000002");
    expect(places(whole.replace(/IEA.*$/, "") + another)).to.deep.equal([
      "interchange-trailer-missing 19",
    ]);
    expect(places(whole.slice(0, whole.indexOf("GE*")))).to.deep.equal([
      "functional-group-trailer-missing 18",
      "file-ends-early 18",
    ]);
  });

  it("tell of security without its trailer where set or group end", () => {
    const text = remittance().replace("SE*15*", "S3S*X~SE*16*").replace("ST*", "S4S*X~ST*");
    const lacking = read(text).findings.filter(({ code }) => code === "security-trailer-missing");
    expect(codesOf(lacking)).to.deep.equal([
      "security-trailer-missing@S3E",
      "security-trailer-missing@S4E",
    ]);
    expect(lacking.map(({ position }) => position)).to.deep.equal([16, 20]);
  });

  it("tell segments that stand outside of any set", () => {
    const text = remittance().replace("GE*1*1~", "N1*PR*LOST~GE*1*1~");
    const { events, findings } = read(text);
    expect(answersOf(findings)).to.deep.equal(["TA105:024"]);
    expect(endsOf(text)[0]?.intact).to.equal(true);
    expect(events.at(-1)?.kind).to.equal("interchangeEnd");
  });

  it("read a set outside of any group, with a finding", () => {
    const { events, findings } = read(
      interchangeOf(setOf("835", "0001", BODY)).replace("IEA*1", "IEA*0"),
    );
    expect(codesOf(findings)).to.include("functional-group-missing@ST");
    expect(events.filter(({ kind }) => kind === "transactionSetEnd")).to.have.length(1);
  });

  it("tell a version of the interchange that is not read here", () => {
    const { findings } = read(remittance().replace("*00501*", "*00200*"));
    expect(answersOf(findings)).to.deep.equal(["TA105:003"]);
  });

  it("count a set without a guide, and say which of its identifiers is not known", () => {
    const other = interchangeOf(groupOf("HI", "005010X217", setOf("278", "0001", "BHT*0007~")));
    expect(answersOf(read(other).findings)).to.deep.equal(["IK502:1", "AK905:1"]);
    const version = read(remittance().replace("X*005010X221A1", "X*004010X091A1"));
    expect(answersOf(version.findings)).to.deep.equal(["IK502:I6", "AK905:2"]);
    const [end] = version.events.filter((event) => event.kind === "transactionSetEnd");
    expect(end?.segmentCount).to.equal(15);
    expect(end?.intact).to.equal(true);
    expect(end?.root.segments.map(({ id }) => id)).to.deep.equal(["ST"]);
  });

  it("hand out the TA1 segments of an interchange", () => {
    const { events } = read(
      interchangeOf("TA1*000000905*250301*1200*A*000~").replace("IEA*1", "IEA*0"),
    );
    expect(events.map(({ kind }) => kind)).to.deep.equal([
      "interchange",
      "interchangeAcknowledgement",
      "interchangeEnd",
    ]);
  });
});
