import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { strToU8, zipSync } from "fflate";
import {
  claimwright,
  freshFolder,
  type Line,
  type Run,
  sample,
  samples,
  summaryOf,
} from "./claimwright.ts";

/** A patient who must never be named by a finding or an error. */
const CANARY = /CANARYMANN|KANARIA|7CANARY77/;

const PAID = readFileSync(sample("09"), "utf8")
  .replace(/NM1\*QC\*1\*[A-Z]+\*[A-Z]+/g, "NM1*QC*1*CANARYMANN*KANARIA")
  .replace(/3XSAMPLE\d+/g, "7CANARY77");
const CLAIM = readFileSync(sample("01"), "utf8")
  .replace("SAMPLEWOOD*ADA", "CANARYMANN*KANARIA")
  .replace("3XSAMPLE001", "7CANARY77")
  .replaceAll("CW-1001", "CW-9001");

/** The remittance under a trace number of its own, with one thing wrong. */
function remittance(trace: string, wrong: string | RegExp, by: string): string {
  const text = PAID.replaceAll("LKEFT0001", trace);
  const bad = text.replace(wrong, by);
  if (bad === text) throw new Error("the fixture has nothing wrong");
  return bad;
}

interface BadFile {
  readonly name: string;
  readonly bytes: string | Uint8Array;
  /** The exit code of ingest, and the finding that validate and ingest both name. */
  readonly code: 1 | 2;
  readonly finding?: string;
  /** Where the finding says it is. */
  readonly place?: Readonly<Record<string, unknown>>;
}

const BAD: readonly BadFile[] = [
  {
    name: "cut off in the middle",
    bytes: PAID.replaceAll("LKEFT0001", "BAD01").slice(0, 900),
    code: 1,
    finding: "file-ends-early",
  },
  { name: "empty", bytes: "", code: 2 },
  {
    name: "binary",
    bytes: Uint8Array.from({ length: 4000 }, (_, at) => (at * 7919) % 251),
    code: 1,
    finding: "file-is-binary",
  },
  {
    name: "a ZIP archive",
    bytes: zipSync({ "09.835": strToU8(PAID) }),
    code: 1,
    finding: "file-is-zip",
  },
  {
    name: "with a segment count that is wrong",
    bytes: remittance("BAD02", /SE\*\d+\*/, "SE*99*"),
    code: 1,
    finding: "segment-count-mismatch",
    place: { segment: "SE", element: 1 },
  },
  {
    name: "with a trailer of another set",
    bytes: remittance("BAD03", /(SE\*\d+\*)0001/, "$10099"),
    code: 1,
    finding: "transaction-set-control-number-mismatch",
    place: { segment: "SE", element: 2 },
  },
  {
    name: "with an amount of 1e300",
    bytes: remittance("BAD04", "*105.08*", "*1e300*"),
    code: 1,
    finding: "amount-unreadable",
    place: { segment: "CLP", element: 4, position: 13 },
  },
  {
    name: "with an amount that is no number",
    bytes: remittance("BAD05", "*105.08*", "*CANARYMANN*"),
    code: 1,
    finding: "amount-unreadable",
    place: { segment: "CLP", element: 4 },
  },
  {
    name: "of version 4010",
    bytes: remittance("BAD06", /005010X221A1/g, "004010X091A1"),
    code: 1,
    finding: "implementation-not-supported",
    place: { segment: "ST", element: 3 },
  },
  {
    name: "of a claim with a charge of 1e300",
    bytes: CLAIM.replace("*196*", "*1e300*"),
    code: 1,
    finding: "claim-amount-invalid",
    place: { segment: "CLM", element: 2 },
  },
];

/** No stack trace, and nobody's name, wherever a person may read it. */
function expectDiscreet({ err, lines }: Run, name: string): void {
  const told = lines.filter(({ kind }) => kind !== "claim" && kind !== "claimPayment");
  expect(err, name).not.to.match(/\n\s+at |Error:/);
  expect(err, name).not.to.match(CANARY);
  expect(JSON.stringify(told), name).not.to.match(CANARY);
}

function expectFinding(lines: readonly Line[], { finding, place = {}, name }: BadFile): void {
  const found = lines.filter(({ kind, code }) => kind === "finding" && code === finding);
  expect(found, `${name}: ${finding}`).not.to.have.length(0);
  expect(found[0], name).to.include(place);
  expect(found[0]?.message, name).to.be.a("string");
}

describe("claimwright and a file that is", () => {
  const folder = freshFolder();
  const data = ["--data", join(folder.path, "data"), "--json"];
  const books = () => claimwright("ledger", "trial-balance", ...data);
  let untouched: Run;
  before(async () => {
    await claimwright("ingest", ...samples("01", "02", "03"), ...data);
    untouched = await books();
  });
  after(() => folder.remove());

  const pathOf = (bad: BadFile) => join(folder.path, `bad-${BAD.indexOf(bad)}.edi`);

  for (const bad of BAD) {
    it(`${bad.name}: a finding or an error, exit ${bad.code}`, async () => {
      writeFileSync(pathOf(bad), bad.bytes);
      const run = await claimwright("ingest", pathOf(bad), ...data);
      expect(run.code, run.err).to.equal(bad.code);
      expectDiscreet(run, bad.name);
      if (bad.finding === undefined) expect(run.err).to.contain(pathOf(bad));
      else {
        expectFinding(run.lines, bad);
        expect(summaryOf(run)).to.include({ posted: 0, postedCents: 0, unappliedCents: 0 });
      }
    });
  }

  it("5.2.2 any of these: validate tells the same of each, and goes on to the next", async () => {
    for (const bad of BAD) writeFileSync(pathOf(bad), bad.bytes);
    const run = await claimwright("validate", ...BAD.map(pathOf), "--json");
    expect(run.code).to.equal(2);
    expectDiscreet(run, "validate");
    let rest = run.lines;
    for (const bad of BAD.filter(({ code }) => code === 1)) {
      const end = rest.findIndex(({ kind }) => kind === "file");
      expect(rest[end]?.file).to.equal(`bad-${BAD.indexOf(bad)}.edi`);
      expectFinding(rest.slice(0, end), bad);
      rest = rest.slice(end + 1);
    }
  });

  it("not there, or a folder: exit 2, and its name", async () => {
    mkdirSync(join(folder.path, "a-folder"));
    for (const name of ["missing.835", "a-folder"]) {
      const run = await claimwright("ingest", join(folder.path, name), ...data);
      expect(run.code).to.equal(2);
      expect(run.err).to.contain(name).and.to.contain("cannot be read");
      expectDiscreet(run, name);
    }
  });

  it("2.3.3 16.5.3 any of these leaves no half of itself: the books are as they were", async () => {
    const balance = await books();
    expect(balance.out).to.equal(untouched.out);
    expect(balance.lines[0]).to.include({ totalCents: 0 });
    const list = await claimwright("claims", "list", ...data);
    expect(summaryOf(list)).to.include({ claims: 12 });
  });

  it("one of several is told of, and the others are taken in all the same", async () => {
    const path = join(folder.path, "empty.835");
    writeFileSync(path, "");
    const bom = join(folder.path, "bom.835");
    writeFileSync(bom, `\uFEFF${PAID}`);
    const run = await claimwright("ingest", path, bom, ...data);
    expect(run.code).to.equal(2);
    expect(run.err).to.contain("empty.835");
    expect(summaryOf(run)).to.include({ posted: 3, paidCents: 38010, findings: 0 });
  });

  it("after prose, or before a wrong trailer: read all the same, with a finding", async () => {
    const prose = join(folder.path, "prose.835");
    writeFileSync(prose, `Dear biller, about Mrs CANARYMANN:\n${PAID}`);
    const other = join(folder.path, "trailer.835");
    writeFileSync(other, PAID.replace(/IEA\*1\*\d+/, "IEA*1*000000999"));
    const run = await claimwright("ingest", prose, other, ...data);
    expect(run.code).to.equal(1);
    expectDiscreet(run, "prose and trailer");
    const codes = run.lines.flatMap(({ kind, code }) => (kind === "finding" ? [code] : []));
    expect(codes).to.deep.equal(["text-before-interchange", "interchange-control-number-mismatch"]);
    expect(summaryOf(run)).to.include({ duplicates: 2, posted: 0 });
  });

  it("of a date that is no day, or of one number twice: a finding each", async () => {
    const date = join(folder.path, "date.837");
    writeFileSync(date, CLAIM.replaceAll("20260108", "20260231"));
    const twice = join(folder.path, "twice.837");
    const batch = readFileSync(sample("03"), "utf8").replace(/CW-10/g, "CW-70");
    writeFileSync(twice, batch.replaceAll("CW-7005", "CW-7004"));
    const run = await claimwright("ingest", date, twice, ...data);
    expect(run.code).to.equal(1);
    expectDiscreet(run, "claims");
    const codes = run.lines.flatMap(({ kind, code }) => (kind === "finding" ? [code] : []));
    expect(codes).to.include.members(["claim-date-invalid", "control-number-repeated"]);
    const list = await claimwright("claims", "list", ...data);
    const numbers = list.lines.map(({ patientControlNumber }) => patientControlNumber);
    expect(numbers.filter((number) => number === "CW-7004")).to.have.length(1);
  });
});

describe("claimwright generate and an encounter file", () => {
  const folder = freshFolder();
  const data = ["--data", join(folder.path, "data"), "--json"];
  after(() => folder.remove());

  for (const [name, text, finding] of [
    ["that is no JSON", 'CANARYMANN {"a', "encounter-json-invalid"],
    [
      "with a __proto__ key",
      '[{"__proto__":{"held":false},"subscriber":{"lastName":"CANARYMANN"}}]',
      "encounter-prototype-key",
    ],
  ] as const) {
    it(`${name}: a finding, exit 1, no claim and no file`, async () => {
      const path = join(folder.path, "encounters.json");
      writeFileSync(path, text);
      const run = await claimwright("generate", path, "-o", join(folder.path, "out"), ...data);
      expect(run.code, run.err).to.equal(1);
      expectDiscreet(run, name);
      const codes = run.lines.flatMap(({ kind, code }) => (kind === "finding" ? [code] : []));
      expect(codes).to.include(finding);
      expect(summaryOf(run)).to.include({ claims: 0, batches: 0 });
    });
  }
});
