import { expect } from "chai";
import { type SegmentValue, SegmentWriter, STANDARD_DELIMITERS } from "../../src/edi/x12/index.ts";

function written(...segments: readonly SegmentValue[]): string {
  const writer = new SegmentWriter(STANDARD_DELIMITERS);
  for (const segment of segments) writer.write(segment);
  return writer.take();
}

describe("SegmentWriter", () => {
  it("leaves out what is empty at the end of elements, components and repetitions", () => {
    expect(
      written(
        ["AAA", "", "1", "", ["", "2", ""], ["", ""], { repeat: ["", ""] }, ""],
        ["BBB", { repeat: ["", ["1", "", "2", ""], "3", ""] }],
        ["CCC"],
      ),
    ).to.equal("AAA**1**:2~\nBBB*^1::2^3~\nCCC~\n");
  });

  it("writes values of any length and alphabet in their order", () => {
    const values = [
      "a".repeat(65_530),
      "\u00e9\u00ff",
      "b".repeat(200_000),
      "\u0141\u{1F600}",
      "c",
    ];
    const text = written(["NTE", ...values], ["NTE", values.slice().reverse()]);
    expect(
      text === `NTE*${values.join("*")}~\nNTE*${values.slice().reverse().join(":")}~\n`,
    ).to.equal(true);
  });

  it("gives what it wrote once", () => {
    const writer = new SegmentWriter(STANDARD_DELIMITERS);
    writer.write(["ONE", "1"]);
    expect(writer.take()).to.equal("ONE*1~\n");
    writer.write(["TWO"]);
    expect([writer.take(), writer.take()]).to.deep.equal(["TWO~\n", ""]);
  });

  it("names each value that holds a delimiter or control character, beyond Latin-1 too", () => {
    const writer = new SegmentWriter(STANDARD_DELIMITERS);
    writer.write(["AAA", "a*b", ["", "\u0141:"], { repeat: ["x", ["y", "\n"]] }, "^"]);
    expect(writer.collisions).to.deep.equal([
      { element: 1, component: 0, repetition: 1 },
      { element: 2, component: 2, repetition: 1 },
      { element: 3, component: 2, repetition: 2 },
      { element: 4, component: 0, repetition: 1 },
    ]);
  });
});
