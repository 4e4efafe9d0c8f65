import { expect } from "chai";
import { checkPassword, hashPassword, isAcceptable } from "../../../src/app/people/password.ts";

const ANN = { email: "ann.example@example.org", name: "Ann Example" };

describe("passwords", () => {
  it("6.2.1 6.2.9 have 15 to 128 characters", () => {
    const long = "correct horse battery staple ".repeat(5);
    expect(isAcceptable(long.slice(0, 14), ANN)).to.equal(false);
    for (const length of [15, 64, 128])
      expect(isAcceptable(long.slice(0, length), ANN)).to.equal(true);
    expect(isAcceptable(long.slice(0, 129), ANN)).to.equal(false);
  });

  it("6.2.5 may be of any characters", () => {
    for (const password of [
      "lowercase letters only",
      "482 915 037 261 846",
      "żółta gęś i ćma 🦆 🦢",
      "~!@#$%^&*()_+{}|",
    ]) {
      expect(isAcceptable(password, ANN), password).to.equal(true);
    }
  });

  it("6.1.2 6.2.11 are not made of the person's name or address, or of the program's name", () => {
    for (const password of [
      "ann.example@example.org",
      "Ann Example 1234",
      "annexample-annexample",
      "Claimwright-2026",
      "claimwrightclaimwright",
    ]) {
      expect(isAcceptable(password, ANN), password).to.equal(false);
    }
  });

  it("6.2.8 are verified as they were typed, to the last character", async () => {
    const password = `${"x y z ".repeat(12)}Last`;
    const hash = await hashPassword(password);
    expect(await checkPassword(hash, password)).to.equal(true);
    for (const other of [
      password.toLowerCase(),
      password.slice(0, -1),
      password.slice(0, 72),
      ` ${password}`,
      password.trimEnd().concat(" "),
    ]) {
      expect(await checkPassword(hash, other), JSON.stringify(other)).to.equal(false);
    }
  });
});
