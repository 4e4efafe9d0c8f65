import { expect } from "chai";
import fc from "fast-check";
import { X12Interchange, X12Parser } from "node-x12";
import { guide835 } from "../../src/edi/guides/835.ts";
import { guide837P } from "../../src/edi/guides/837p.ts";
import { type Loop, writeTransactionSet } from "../../src/edi/guides/index.ts";
import {
  type Delimiters,
  type LoopValue,
  type SegmentValue,
  STANDARD_DELIMITERS,
  writeInterchange,
} from "../../src/edi/x12/index.ts";
import { read } from "./small-files.ts";

const PLAIN: Delimiters = { ...STANDARD_DELIMITERS, lineBreak: "" };

function loop(id: string, segments: readonly SegmentValue[], loops: readonly LoopValue[] = []) {
  return { id, segments, loops };
}

const CLAIM = loop(
  "2300",
  [
    ["CLM", "PCN1", "150", "", "", ["11", "B", "1"], "Y", "A", "Y", "Y", "", "", ""],
    ["HI", ["ABK", "J069", "", ""]],
  ],
  [
    loop("2400", [
      ["LX", "1"],
      ["SV1", ["HC", "99213", "25", "", ""], "150", "UN", "1", "", "", ["1"]],
      ["DTP", "472", "D8", "20250210"],
    ]),
  ],
);

const CLAIMS = loop(
  "ST",
  [["BHT", "0019", "00", "BATCH1", "20250301", "1200", "CH"]],
  [
    loop("1000A", [
      ["NM1", "41", "2", "CLINIC", "", "", "", "", "46", "SUB1"],
      ["PER", "IC", "DESK", "TE", "3025550100"],
    ]),
    loop("1000B", [["NM1", "40", "2", "PAYER", "", "", "", "", "46", "REC1"]]),
    loop(
      "2000A",
      [["HL", "1", "", "20", "1"]],
      [
        loop("2010AA", [
          ["NM1", "85", "2", "CLINIC", "", "", "", "", "XX", "1234567893"],
          ["N3", "1 MAIN"],
          ["N4", "DOVER", "DE", "199010000"],
          ["REF", "EI", "510123456"],
        ]),
        loop(
          "2000B",
          [
            ["HL", "2", "1", "22", "0"],
            ["SBR", "P", "18", "", "", "", "", "", "", "CI"],
          ],
          [
            loop("2010BA", [
              ["NM1", "IL", "1", "DOE", "JANE", "", "", "", "MI", "W1"],
              ["N3", "2 MAIN"],
              ["N4", "DOVER", "DE", "19901"],
              ["DMG", "D8", "19800101", "F"],
            ]),
            loop("2010BB", [["NM1", "PR", "2", "PAYER", "", "", "", "", "PI", "P1"]]),
            CLAIM,
          ],
        ),
      ],
    ),
  ],
);

const HEADER = {
  senderQualifier: "ZZ",
  senderId: "SENDER",
  receiverQualifier: "ZZ",
  receiverId: "RECEIVER",
  date: "250301",
  time: "1200",
  controlNumber: "42",
  usage: "T",
} as const;

function fileOf(transactionSets: readonly string[], delimiters: Delimiters = PLAIN): string {
  return writeInterchange({
    ...HEADER,
    delimiters,
    groups: [
      {
        functionalIdentifier: "HC",
        senderCode: "SENDER",
        receiverCode: "RECEIVER",
        date: "20250301",
        time: "1200",
        controlNumber: "7",
        version: "005010X222A1",
        transactionSets,
      },
    ],
  });
}

function shuffled(value: LoopValue): LoopValue {
  return {
    id: value.id,
    segments: [...value.segments].reverse(),
    loops: [...value.loops].reverse().map(shuffled),
  };
}

/** A loop as read, as a value to write again. */
function loopValueOf(read: Loop, inner: readonly Loop[] = read.loops): LoopValue {
  const own = read.segments.filter(({ id }) => id !== "ST" && id !== "SE");
  return {
    id: read.id,
    segments: own.map((segment): SegmentValue => {
      const elements = [];
      for (let number = 1; number <= segment.elementCount; number += 1) {
        elements.push({
          repeat: segment.repetitions(number).map((one) => one.split(segment.delimiters.component)),
        });
      }
      return [segment.id, ...elements];
    }),
    loops: inner.map((one) => loopValueOf(one)),
  };
}

describe("writeTransactionSet", () => {
  it("writes loops with ST and SE, without trailing empty elements and components", () => {
    const { text, segmentCount, findings } = writeTransactionSet(guide837P, CLAIMS, {
      controlNumber: "0001",
      delimiters: PLAIN,
    });
    expect(findings).to.deep.equal([]);
    expect(text.split("~").slice(0, 3)).to.deep.equal([
      "ST*837*0001*005010X222A1",
      "BHT*0019*00*BATCH1*20250301*1200*CH",
      "NM1*41*2*CLINIC*****46*SUB1",
    ]);
    expect(text).to.include("~CLM*PCN1*150***11:B:1*Y*A*Y*Y~HI*ABK:J069~LX*1~SV1*HC:99213:25*150*");
    expect(text.endsWith(`SE*${segmentCount}*0001~`)).to.equal(true);
    expect(text.split("~")).to.have.length(segmentCount + 1);
  });

  it("puts segments and loops into the guide's order", () => {
    const options = { controlNumber: "0001" };
    const ordered = writeTransactionSet(guide837P, CLAIMS, options).text;
    expect(writeTransactionSet(guide837P, shuffled(CLAIMS), options).text).to.equal(ordered);
  });

  it("writes PLB behind the claim payments", () => {
    const root = loop(
      "ST",
      [
        ["PLB", "1", "20251231", ["WO", "X"], "1"],
        ["BPR", "I", "0", "C", "NON"],
      ],
      [loop("2000", [["LX", "1"]], [loop("2100", [["CLP", "P", "1", "0", "0", "", "12", "I"]])])],
    );
    const { text } = writeTransactionSet(guide835, root, { controlNumber: "1", delimiters: PLAIN });
    const ids = text.split("~").map((line) => line.split("*")[0]);
    expect(ids).to.deep.equal(["ST", "BPR", "LX", "CLP", "PLB", "SE", ""]);
    expect(text).to.match(/^ST\*835\*1~/);
  });

  it("reads back without a finding, to the same loops", () => {
    const { text } = writeTransactionSet(guide837P, CLAIMS, { controlNumber: "0001" });
    const { events, findings } = read(fileOf([text], STANDARD_DELIMITERS), true);
    expect(findings).to.deep.equal([]);
    const unit = events.find((event) => event.kind === "loop");
    if (unit?.kind !== "loop") return expect.fail("no claim");
    const claim = loopValueOf(unit.loop);
    const again = writeTransactionSet(
      guide837P,
      loop("ST", [], [loop("2000A", [], [loop("2000B", [], [claim])])]),
      { controlNumber: "0001" },
    ).text;
    const lines = (all: string) => all.split("\n").slice(1, -2).join("\n");
    expect(text).to.include(lines(again));
  });

  it("writes nothing when a value holds a delimiter, and names the place", () => {
    for (const character of ["*", ":", "~", "^", "\n", "\u0000"]) {
      const root = loop("ST", [["BHT", "0019", "00", `B${character}1`]]);
      const { text, findings } = writeTransactionSet(guide837P, root, { controlNumber: "0001" });
      expect(text).to.equal("");
      expect(findings).to.have.length(1);
      expect(findings[0]).to.deep.include({
        code: "delimiter-in-value",
        acknowledgement: { in: "IK403", code: "6" },
        segment: "BHT",
        position: 2,
        element: 3,
      });
    }
  });

  it("names the component and repetition of a value that holds a delimiter", () => {
    const root = loop("ST", [["BHT", "0019", { repeat: ["00", ["A", "B*"]] }]]);
    const { findings } = writeTransactionSet(guide837P, root, { controlNumber: "0001" });
    expect(findings[0]).to.deep.include({ element: 2, component: 2, repetition: 2 });
  });

  it("takes a segment or loop without a place for a programmer's error", () => {
    const options = { controlNumber: "0001" };
    const bad = [
      loop("ST", [["CLM", "1"]]),
      loop("ST", [], [loop("2300", [])]),
      loop("ST", [], [loop("1000A", [["NM1", "XX"]])]),
    ];
    for (const root of bad) {
      expect(() => writeTransactionSet(guide837P, root, options)).to.throw("has no place");
    }
  });

  it("writes and reads any text that holds no delimiter", () => {
    const name = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
      .filter((text) => !/[*:^~\p{Cc}\p{Cs}]/u.test(text));
    const property = fc.property(name, (value) => {
      const root = loop(
        "ST",
        [],
        [loop("1000B", [["NM1", "40", "2", value, "", "", "", "", "46"]])],
      );
      const { text } = writeTransactionSet(guide837P, root, { controlNumber: "0001" });
      const { events } = read(fileOf([text]));
      const end = events.find((event) => event.kind === "transactionSetEnd");
      const nm1 =
        end?.kind === "transactionSetEnd" ? end.root.loop("1000B")?.segment("NM1") : undefined;
      expect(nm1?.element(3)).to.equal(value);
    });
    fc.assert(property, { verbose: true });
  });
});

describe("writeInterchange", () => {
  const { text } = writeTransactionSet(guide837P, CLAIMS, {
    controlNumber: "0001",
    delimiters: PLAIN,
  });

  it("writes an ISA of fixed width and trailers with the right counts", () => {
    const file = fileOf([text, text.replaceAll("*0001", "*0002")]);
    expect(file.slice(0, 106)).to.equal(
      "ISA*00*          *00*          *ZZ*SENDER         " +
        "*ZZ*RECEIVER       *250301*1200*^*00501*000000042*0*T*:~",
    );
    expect(file).to.match(/GE\*2\*7~IEA\*1\*000000042~$/);
    expect(read(file, true).findings).to.deep.equal([]);
  });

  it("writes TA1 segments and no group", () => {
    const file = writeInterchange({
      ...HEADER,
      acknowledgements: [["TA1", "000000001", "250301", "1200", "A", "000"]],
      groups: [],
    });
    expect(file.split("\n").slice(1)).to.deep.equal([
      "TA1*000000001*250301*1200*A*000~",
      "IEA*0*000000042~",
      "",
    ]);
  });

  it("asserts header values that cannot stand in an ISA", () => {
    const bad = [{ senderId: "SIXTEEN CHARACTERS" }, { senderId: "A*B" }, { controlNumber: "x" }];
    for (const header of bad) {
      expect(() => writeInterchange({ ...HEADER, ...header, groups: [] })).to.throw();
    }
  });

  it("is read back by node-x12 with the same segments", () => {
    const file = fileOf([text]);
    const parsed = new X12Parser(true).parse(file);
    if (!(parsed instanceof X12Interchange)) return expect.fail("no interchange");
    const [set] = parsed.functionalGroups[0]?.transactions ?? [];
    expect(set?.segments.map((segment) => segment.toString())).to.deep.equal(
      text
        .split("~")
        .slice(1, -2)
        .map((line) => `${line}~`),
    );
  });
});
