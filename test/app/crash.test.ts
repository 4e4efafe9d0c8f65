import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { verifyAudit } from "../../src/app/audit.ts";
import { trialBalance } from "../../src/app/ledger.ts";
import { newIds } from "../../src/app/open-app.ts";
import { openStore } from "../../src/platform/store/index.ts";
import { testKeys } from "../keys.ts";
import { bigRemittance } from "./big-remittance.ts";
import { appOn, Practice } from "./practice.ts";

const CLAIMS = 1500;
const ROUNDS = 6;
const OPEN_WITHIN_MS = 30_000;
const CHILD = fileURLToPath(new URL("./ingest-child.ts", import.meta.url));

/** A number from 0 to 1 that follows from a seed. */
function chance(seed: number): number {
  const mixed = Math.imul(seed + 0x9e3779b9, 0x85ebca6b) >>> 0;
  return (Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) >>> 0) / 2 ** 32;
}

describe("posting in a process that is killed", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "cw-crash-"));
  const data = join(folder, "data");
  const file = join(folder, "big.835");
  const seed = Number(process.env.CRASH_SEED ?? Date.now() % 100_000);

  before(function () {
    if (process.env.MONGODB_URI !== undefined) this.skip();
    writeFileSync(file, bigRemittance(CLAIMS).remittanceFile);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Starts an ingest and kills it so many milliseconds after it said a word; tells whether it was done by then. */
  function ingestAndKill(practiceId: string, word: string, afterMs: number): Promise<boolean> {
    const child = spawn(process.execPath, ["--import", "tsx", CHILD, data, practiceId, file], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    let done = false;
    let aimed = false;
    child.stdout.on("data", (chunk: Buffer) => {
      const text = String(chunk);
      if (!aimed && text.includes(word)) {
        aimed = true;
        setTimeout(() => child.kill("SIGKILL"), afterMs);
      }
      if (text.includes("done")) done = true;
    });
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => {
        child.kill("SIGKILL");
        reject(new Error("the process did not open its store"));
      }, OPEN_WITHIN_MS);
      child.once("exit", () => {
        clearTimeout(deadline);
        resolve(done);
      });
    });
  }

  it(`posts every claim payment exactly once, killed at ${ROUNDS} random moments (seed ${seed})`, async () => {
    const big = bigRemittance(CLAIMS);
    const open = async () => {
      const store = await openStore({ directory: data }, testKeys());
      const app = appOn(
        store,
        newIds(() => Date.now()),
      );
      return { store, practice: new Practice(app, "crash") };
    };
    const first = await open();
    await first.practice.ingest(big.claimFile);
    await first.store.close();
    const decided: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      // The first dies somewhere before its first commit or about it, the others in a later chunk.
      const word = round === 0 ? "open" : "chunk";
      const finished = await ingestAndKill("crash", word, Math.floor(chance(seed + round) * 250));
      const { store, practice } = await open();
      const remittance = await practice.store.remittances.findOne({ traceNumber: "BIG" });
      const adjudicated = await practice.store.adjudications.count({});
      expect(adjudicated, `round ${round}`).to.equal(remittance?.decided ?? 0);
      decided.push(adjudicated);
      expect((await verifyAudit(practice.app, practice.actor)).ok, `round ${round}`).to.equal(true);
      await store.close();
      if (finished) break;
    }
    expect(
      decided.some((count) => count > 0 && count < CLAIMS),
      `${decided}`,
    ).to.equal(true);
    const { store, practice } = await open();
    await practice.ingest(big.remittanceFile, "big.835");
    const numbers = (await practice.store.adjudications.find({})).map(
      ({ patientControlNumber }) => patientControlNumber,
    );
    expect(numbers, `decided after each kill: ${decided}`).to.have.length(CLAIMS);
    expect(new Set(numbers)).to.have.property("size", CLAIMS);
    const { accounts, totalCents } = await trialBalance(practice.app, practice.actor);
    expect(totalCents).to.equal(0);
    expect(accounts["cash-in-transit"]).to.equal(big.paidCents);
    expect(await practice.store.workItems.count({})).to.equal(big.denials);
    expect((await practice.audited())["claim.post"]).to.equal(CLAIMS);
    expect(await verifyAudit(practice.app, practice.actor)).to.include({ ok: true });
    expect(await practice.differences()).to.equal(0);
    expect(await practice.remittance("BIG")).to.include({ status: "posted", posted: CLAIMS });
    await store.close();
  });
});
