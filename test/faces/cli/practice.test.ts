import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { openStore } from "../../../src/platform/store/index.ts";
import { testKeys } from "../../keys.ts";
import {
  claimwright,
  freshFolder,
  type Run,
  sample,
  samples,
  start,
  summaryOf,
} from "./claimwright.ts";

describe("claimwright from synthetic encounters to posted money", () => {
  const folder = freshFolder();
  const data = ["--data", join(folder.path, "data"), "--json"];
  const sent = join(folder.path, "sent");
  const received = join(folder.path, "received");
  const filesOf = (directory: string) =>
    readdirSync(directory)
      .sort()
      .map((name) => join(directory, name));
  after(() => folder.remove());

  it("generates, is answered, posts what proves, and balances to zero", async () => {
    const order = ["--count", "30", "--seed", "7", "--today", "2026-03-01"];
    const made = await claimwright("simulate", "encounters", ...order, "-o", folder.path, "--json");
    expect(made.code, made.err).to.equal(0);
    const encounters = join(folder.path, "encounters.json");
    const generated = await claimwright("generate", encounters, "-o", sent, ...data);
    const claims = summaryOf(generated);
    expect(Number(claims.claims) + Number(claims.held)).to.equal(30);
    expect(filesOf(sent)).to.have.length(Number(claims.batches));
    const checked = await claimwright("validate", ...filesOf(sent), "--json");
    expect(checked.code, checked.out).to.equal(0);
    const answer = ["--seed", "7", "-o", received, "--json"];
    const answered = await claimwright("simulate", "payer", ...filesOf(sent), ...answer);
    expect(answered.code, answered.err).to.equal(0);
    const ingested = summaryOf(await claimwright("ingest", ...filesOf(received), ...data));
    expect(ingested.findings).to.equal(0);
    expect(ingested.posted).to.be.greaterThan(20);
    expect(ingested.paidCents).to.be.greaterThan(0);
    const balance = await claimwright("ledger", "trial-balance", ...data);
    expect(balance.lines[0]).to.include({ totalCents: 0 });
    expect(balance.lines[0]?.accounts).to.include({
      revenue: -Number(claims.chargeCents),
      "cash-in-transit": Number(ingested.paidCents),
    });
  });

  it("holds the same encounters when they come a second time", async () => {
    const encounters = join(folder.path, "encounters.json");
    const again = await claimwright("generate", encounters, "-o", sent, ...data);
    expect(again.code).to.equal(1);
    expect(summaryOf(again)).to.include({ claims: 0, batches: 0 });
  });
});

/** Calls that no command can understand. */
const NONSENSE = [
  ["no command", []],
  ["a command that is unknown", ["reconcile"]],
  ["a missing file argument", ["ingest"]],
  ["an option that is unknown", ["parse", "x.835", "--colour"]],
  ["a count that is no number", ["demo", "--no-serve", "--count", "many"]],
  ["a port that is none", ["serve", "--port", "http"]],
  ["a day that is none", ["simulate", "payer", "x", "-o", "y", "--today", "2026-02-30"]],
  ["a month that is none", ["report", "denial-rate", "--from", "2026-13"]],
  ["a breakdown that is unknown", ["report", "denial-rate", "--by", "weather"]],
  ["a kind that is unknown", ["denials", "list", "--kind", "joy"]],
  ["an outcome that is unknown", ["denials", "resolve", "x", "--outcome", "lost"]],
  ["a rebuild that does not say --check", ["rebuild"]],
] as const;

describe("claimwright and its words", () => {
  let runs: readonly Run[];
  before(async () => {
    runs = await Promise.all(NONSENSE.map(([, args]) => claimwright(...args)));
  });

  for (const [index, [what]] of NONSENSE.entries()) {
    it(`refuses ${what} with exit 2 and words on standard error`, () => {
      const run = runs[index];
      expect(run).to.include({ code: 2, out: "" });
      expect(run?.err).to.match(/error: |Usage: /);
      expect(run?.err).not.to.match(/\n\s+at /);
    });
  }

  it("prints its help with exit 0, every command of the contract in it", async () => {
    const { code, out } = await claimwright("--help");
    expect(code).to.equal(0);
    const commands = "demo serve parse validate generate ingest remits claims denials ledger audit";
    for (const command of `${commands} report codes rules users store simulate rebuild`.split(
      " ",
    )) {
      expect(out).to.match(new RegExp(`^  ${command}\\b`, "m"));
    }
  });

  it("ends quietly when its reader has gone", async () => {
    const child = start("parse", ...samples("03", "09", "1"), "--json");
    let err = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      err += text;
    });
    child.stdout.destroy();
    const code = await new Promise((done) => child.on("close", done));
    expect(err).to.equal("");
    expect(code).to.equal(0);
  });
});

describe("claimwright and its data folder", () => {
  const folder = freshFolder();
  const data = ["--data", folder.path, "--json"];
  before(() => claimwright("ingest", sample("01"), ...data));
  after(() => folder.remove());

  it("belongs to one process at a time: the second ends with exit 2 and says why", async () => {
    const service = start("serve", "--port", "0", "--data", folder.path);
    await new Promise((listening) => service.stdout.once("data", listening));
    try {
      for (const [room, command] of [
        ["claims", "list"],
        ["store", "verify"],
      ] as const) {
        const second = await claimwright(room, command, ...data);
        expect(second.code).to.equal(2);
        expect(second.err).to.match(/in use by process \d+; end that process first/);
        expect(second.err).not.to.match(/\n\s+at /);
      }
    } finally {
      service.kill("SIGTERM");
      await new Promise((closed) => service.once("close", closed));
    }
    expect((await claimwright("claims", "list", ...data)).code).to.equal(0);
  });

  it("has an audit chain that names the first record that was tampered with", async () => {
    const whole = await claimwright("audit", "verify", ...data);
    expect(whole.code).to.equal(0);
    const store = await openStore({ directory: folder.path }, testKeys());
    try {
      const events = store.connection.collection("auditEvents");
      const changed = await events.updateOne({ sequence: 2 }, { $set: { outcome: "failure" } });
      expect(changed.modifiedCount).to.equal(1);
    } finally {
      await store.close();
    }
    const broken = await claimwright("audit", "verify", ...data);
    expect(broken.code).to.equal(1);
    expect(broken.lines[0]).to.deep.include({
      ok: false,
      firstBad: { sequence: 2, reason: "altered" },
    });
  });
});
