import { expect } from "chai";
import { isNpi } from "../../../src/edi/codes/index.ts";

describe("isNpi", () => {
  it("takes the example of the standard and no other last digit", () => {
    const right = [..."0123456789"].filter((digit) => isNpi(`123456789${digit}`));
    expect(right).to.deep.equal(["3"]);
  });

  it("takes ten digits only", () => {
    for (const text of ["", "123456789", "12345678930", "12345 7893", "123456789X"]) {
      expect(isNpi(text)).to.equal(false);
    }
  });
});
