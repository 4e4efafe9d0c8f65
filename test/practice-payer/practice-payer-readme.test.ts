import { readFileSync } from "node:fs";
import { expect } from "chai";
import { IRREGULARITIES, OUTCOMES } from "../../src/practice-payer/index.ts";

describe("the README of the practice payer", () => {
  const text = readFileSync("src/practice-payer/README.md", "utf8");
  const rows = [...text.matchAll(/^\| `([a-z0-9-]+)` +\| (?:`([A-Z0-9_]+)` +\| (\d+))?/gm)];

  it("lists every outcome with its member id and share, and every irregularity", () => {
    const listed = rows.filter(([, , member]) => member !== undefined);
    expect(listed.map(([, name, , share]) => [name, Number(share)])).to.deep.equal(
      OUTCOMES.map(({ name, permille }) => [name, permille]),
    );
    for (const [, name = "", member] of listed) {
      expect(member).to.equal(name.toUpperCase().replaceAll("-", "_"));
    }
    const others = rows.filter(([, , member]) => member === undefined);
    expect(others.map(([, name]) => name)).to.deep.equal([...IRREGULARITIES]);
  });

  it("tells shares that add up to all claims", () => {
    const total = OUTCOMES.reduce((sum, { permille }) => sum + permille, 0);
    expect(total).to.equal(1000);
  });
});
