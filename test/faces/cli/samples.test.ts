import { expect } from "chai";
import { claimwright, freshFolder, type Run, sample, samples, summaryOf } from "./claimwright.ts";

const CLAIMS = ["01", "02", "03", "04"];
const ANSWERS = ["05", "06", "07", "08", "09", "1"];

/** paid + contractual + other + patient + open − credit. */
function settled(claim: Readonly<Record<string, unknown>>): number {
  const of = (field: string) => Number(claim[field]);
  return (
    of("paidCents") +
    of("contractualCents") +
    of("otherAdjustmentCents") +
    of("patientResponsibilityCents") +
    of("openInsuranceCents") -
    of("creditCents")
  );
}

describe("claimwright ingest of edi-samples", () => {
  const folder = freshFolder();
  const data = ["--data", folder.path, "--json"];
  let claims: Run;
  let answers: Run;
  before(async () => {
    claims = await claimwright("ingest", ...samples(...CLAIMS), ...data);
    answers = await claimwright("ingest", ...samples(...ANSWERS), ...data);
  });
  after(() => folder.remove());

  it("registers the claims of 837s without a finding", () => {
    expect(claims.code, claims.err).to.equal(0);
    expect(summaryOf(claims)).to.include({ claims: 13, findings: 0, transactionSets: 4 });
  });

  it("posts remittances to the cent, parks the one that does not prove, and exits 1", () => {
    expect(answers.code, answers.err).to.equal(1);
    expect(summaryOf(answers)).to.include({
      claimPayments: 16,
      posted: 15,
      parked: 1,
      remittances: 10,
      parkedRemittances: 1,
      duplicates: 0,
      paidCents: 103405,
      postedCents: 103230,
      unappliedCents: 0,
      providerAdjustmentCents: -175,
    });
  });

  it("names the reason and the residual of what it parks", () => {
    const parked = answers.lines.filter(({ kind }) => kind === "parked");
    expect(parked).to.have.length(1);
    expect(parked[0]).to.include({ reason: "transaction-unbalanced", residualCents: 1000 });
  });

  it("adds up in the summary of every file", () => {
    const files = answers.lines.filter(({ kind }) => kind === "file");
    expect(files).to.have.length(15);
    for (const file of files) {
      const { postedCents, unappliedCents, providerAdjustmentCents, paidCents } = file;
      expect(
        Number(postedCents) + Number(unappliedCents) - Number(providerAdjustmentCents),
        String(file.file),
      ).to.equal(paidCents);
    }
  });

  it("changes nothing when the same files come again", async () => {
    const before = await claimwright("ledger", "trial-balance", ...data);
    const again = await claimwright("ingest", ...samples(...CLAIMS, ...ANSWERS), ...data);
    expect(summaryOf(again)).to.include({ posted: 0, remittances: 0, paidCents: 0, findings: 0 });
    expect(again.lines.filter(({ kind }) => kind === "posting")).to.have.length(0);
    expect(summaryOf(again).duplicates).to.be.greaterThan(10);
    const after = await claimwright("ledger", "trial-balance", ...data);
    expect(after.out).to.equal(before.out);
    expect(after.lines[0]).to.include({ totalCents: 0 });
    expect(after.lines[0]?.accounts).to.include({ "cash-in-transit": 103405 });
  });

  it("shows every claim with its money adding up to its charge", async () => {
    const list = await claimwright("claims", "list", ...data);
    const rows = list.lines.filter(({ kind }) => kind === "claim");
    expect(rows).to.have.length(13);
    for (const row of rows) {
      expect(settled(row), String(row.patientControlNumber)).to.equal(row.chargeCents);
    }
  });

  it("leaves a reversed and corrected claim as if the correction alone had come", async () => {
    const { lines } = await claimwright("claims", "show", "CW-1006", ...data);
    expect(lines[0]).to.include({
      chargeCents: 24950,
      paidCents: 14242,
      contractualCents: 7708,
      patientResponsibilityCents: 3000,
      openInsuranceCents: 0,
    });
    expect(settled(lines[0] ?? {})).to.equal(24950);
    expect(lines[0]?.adjudications).to.have.length(3);
  });

  it("shows a parked remittance with its residual and without a certificate", async () => {
    const { lines } = await claimwright("remits", "show", "LKEFT0011", ...data);
    expect(lines[0]).to.include({ status: "parked", postedCents: 0, bprCents: 9392 });
    expect(lines[0]?.certificate).to.equal(null);
    expect(lines[0]).to.have.nested.property("parked[0].residualCents", 1000);
  });

  it("shows the certificate of a posted remittance with no residual", async () => {
    const { lines } = await claimwright("remits", "show", "LKEFT0007", ...data);
    expect(lines[0]).to.have.nested.property("certificate.transaction.residualCents", 0);
    expect(lines[0]).to.have.nested.property("certificate.ledger.cashCents", 10825);
  });

  it("takes an item of the queue through assign, note and resolve", async () => {
    const list = await claimwright("denials", "list", "--kind", "denial", ...data);
    expect(list.lines).to.have.length(1);
    const [item] = list.lines;
    expect(item).to.include({
      patientControlNumber: "CW-1005",
      groupCode: "CO",
      reasonCode: "50",
      amountCents: 34800,
      status: "open",
      assignee: null,
    });
    const id = String(item?.id);
    const assigned = await claimwright("denials", "assign", id, "robin", ...data);
    expect(assigned.lines[0]).to.include({ assignee: "robin", status: "in-progress" });
    await claimwright("denials", "note", id, "Chart asked for", ...data);
    const outcome = ["--outcome", "upheld", "--note", "No more to do"];
    const resolved = await claimwright("denials", "resolve", id, ...outcome, ...data);
    expect(resolved.code, resolved.err).to.equal(0);
    const shown = await claimwright("denials", "show", id, ...data);
    expect(shown.lines[0]).to.include({ status: "resolved", outcome: "upheld" });
    expect(JSON.stringify(shown.lines[0]?.notes)).to.contain("Chart asked for");
    const again = await claimwright("denials", "resolve", id, ...outcome, ...data);
    expect(again.code).to.equal(2);
  });

  it("counts one whole denial of eleven first decisions", async () => {
    const { lines } = await claimwright("report", "denial-rate", "--by", "payer", ...data);
    expect(lines[0]).to.include({ numerator: 1, denominator: 11 });
    expect(lines[0]?.definition).to.be.a("string");
  });

  it("holds its projections against the journal, and its audit chain", async () => {
    const rebuilt = await claimwright("rebuild", "--check", ...data);
    expect(rebuilt.code, rebuilt.err).to.equal(0);
    expect(summaryOf(rebuilt)).to.include({ claims: 13, differing: 0, unledgered: 0 });
    const audit = await claimwright("audit", "verify", ...data);
    expect(audit.code).to.equal(0);
    expect(audit.lines[0]).to.include({ ok: true, firstBad: null });
  });
});

describe("claimwright ingest in the wrong order", () => {
  const folder = freshFolder();
  const data = ["--data", folder.path, "--json"];
  after(() => folder.remove());

  it("keeps payments of unknown claims unapplied, and posts them when those come", async () => {
    const early = await claimwright("ingest", sample("09"), ...data);
    expect(early.code).to.equal(1);
    expect(summaryOf(early)).to.include({ posted: 0, parked: 3, unappliedCents: 38010 });
    const late = await claimwright("ingest", ...samples("01", "02", "03"), ...data);
    expect(late.code, late.err).to.equal(0);
    expect(summaryOf(late)).to.include({ released: 3 });
    const { lines } = await claimwright("ledger", "trial-balance", ...data);
    expect(lines[0]).to.include({ totalCents: 0 });
    expect(lines[0]?.accounts).to.include({ "unapplied-insurance": 0, "cash-in-transit": 38010 });
    const claim = await claimwright("claims", "show", "CW-1001", ...data);
    expect(claim.lines[0]).to.include({ paidCents: 10508, patientResponsibilityCents: 3000 });
  });
});

describe("claimwright parse and validate of edi-samples", () => {
  it("parses every sample without a finding, the summary last", async () => {
    const run = await claimwright("parse", ...samples("0", "1"), "--json");
    expect(run.code, run.err).to.equal(0);
    expect(summaryOf(run)).to.include({ claims: 13, claimPayments: 16, findings: 0 });
    const kinds = new Set(run.lines.map(({ kind }) => kind));
    expect([...kinds]).to.include.members(["claim", "claimPayment", "acknowledgement"]);
  });

  it("finds the missing NPI of one sample, and the ten dollars of another", async () => {
    const run = await claimwright("validate", sample("04"), sample("19"), "--json");
    expect(run.code).to.equal(1);
    const findings = run.lines.filter(({ kind }) => kind === "finding");
    expect(findings.map(({ code }) => code)).to.deep.equal([
      "syntax-note-broken",
      "transaction-unbalanced",
    ]);
    expect(findings[0]).to.include({ segment: "NM1", position: 8, element: 9, snip: 1 });
  });

  it("writes a 999 that itself reads and checks clean", async () => {
    const folder = freshFolder();
    try {
      const run = await claimwright("validate", sample("04"), "--ack", folder.path, "--json");
      const written = run.lines.find(({ kind }) => kind === "acknowledgement");
      const back = await claimwright("validate", String(written?.file), "--json");
      expect(back.code, back.out).to.equal(0);
      const parsed = await claimwright("parse", String(written?.file), "--json");
      const answer = parsed.lines.find(({ kind }) => kind === "acknowledgement");
      expect(answer).to.include({ acknowledgement: "999", status: "R", groupControlNumber: "104" });
    } finally {
      folder.remove();
    }
  });
});
