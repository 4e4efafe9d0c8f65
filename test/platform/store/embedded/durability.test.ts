import { join } from "node:path";
import { expect } from "chai";
import { freshSeed } from "./dice.ts";
import { killRounds } from "./kill-rounds.ts";
import { temporaryFolder } from "./opened-store.ts";

const ROUNDS = 20;

describe("embedded store: durability", () => {
  const seed = freshSeed();

  it(`loses and doubles nothing acknowledged in ${ROUNDS} rounds of kill -9 (seed ${seed})`, async function () {
    this.timeout(180_000);
    const folder = temporaryFolder();
    const report = await killRounds(join(folder.path, "data"), ROUNDS, seed);
    folder.remove();
    expect(report.rounds).to.equal(ROUNDS);
    expect(report.acknowledged).to.be.greaterThan(ROUNDS);
    expect(report.resent.done + report.resent.notDone).to.be.greaterThan(0);
  });
});
