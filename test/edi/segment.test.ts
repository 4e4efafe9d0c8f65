import { expect } from "chai";
import fc from "fast-check";
import { Passage, Segment, STANDARD_DELIMITERS } from "../../src/edi/x12/index.ts";

function segmentOf(text: string): Segment {
  return new Segment(new Passage(text, STANDARD_DELIMITERS), 1);
}

describe("segment", () => {
  it("numbers elements from 1 and reads what is absent as empty", () => {
    const clp = segmentOf("CLP*PCN*1**9");
    expect(clp.id).to.equal("CLP");
    expect([1, 2, 3, 4, 5, 9].map((number) => clp.element(number))).to.deep.equal([
      "PCN",
      "1",
      "",
      "9",
      "",
      "",
    ]);
    expect(clp.elementCount).to.equal(4);
  });

  it("answers the same in any order of asking as a plain split does", () => {
    const text = fc.stringMatching(/^[A-Z]{2,3}(\*[A-Z0-9:]{0,6}){0,12}$/);
    const order = fc.array(fc.integer({ min: 1, max: 14 }), { maxLength: 30 });
    const property = fc.property(text, order, (line, numbers) => {
      const segment = segmentOf(line);
      const plain = line.split("*");
      expect(segment.elementCount).to.equal(plain.length - 1);
      for (const number of numbers) expect(segment.element(number)).to.equal(plain[number] ?? "");
    });
    fc.assert(property, { verbose: true });
  });

  it("answers the same of an element however it is asked", () => {
    const element = fc.oneof(
      fc.constantFrom("", "CO", "45", "HC:99213", "HC:99214", "é1", "12345678901", "123456789012"),
      fc.stringMatching(/^[ -)+-}]{0,16}$/),
    );
    const property = fc.property(fc.array(element, { maxLength: 12 }), (elements) => {
      const segment = segmentOf(["SVC", ...elements].join("*"));
      for (let number = 1; number <= elements.length + 2; number += 1) {
        const plain = elements[number - 1] ?? "";
        expect(segment.sharedElement(number)).to.equal(plain);
        expect(segment.element(number)).to.equal(plain);
        expect(segment.read(number, (text, start, end) => text.slice(start, end))).to.equal(plain);
        expect(segment.holds(number)).to.equal(plain !== "");
        expect(segment.reaches(number)).to.equal(number <= elements.length);
      }
      expect(segment.id).to.equal("SVC");
    });
    fc.assert(property, { verbose: true });
  });

  it("splits composites and repetitions", () => {
    const svc = segmentOf("SVC*HC:99213:25*AB:C^DE:F");
    expect(svc.components(1)).to.deep.equal(["HC", "99213", "25"]);
    expect([1, 3, 4].map((component) => svc.component(1, component))).to.deep.equal([
      "HC",
      "25",
      "",
    ]);
    expect(svc.repetitions(2)).to.deep.equal(["AB:C", "DE:F"]);
    expect(svc.component(2, 2)).to.equal("C");
    expect(svc.components(5)).to.deep.equal([""]);
  });
});
