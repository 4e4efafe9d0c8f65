import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { trialBalance } from "../../src/app/posting/ledger.ts";
import { practices } from "./practice.ts";

/** Files that others published, beside the repository where they are present. */
const FOLDER = fileURLToPath(new URL("../../../shared/edi/", import.meta.url));
const MANIFEST = `${FOLDER}MANIFEST.tsv`;

interface Sample {
  readonly path: string;
  readonly clm: number;
  readonly clp: number;
  readonly version: string;
  readonly findings: string;
}

function samples(): Sample[] {
  if (!existsSync(MANIFEST)) return [];
  const [head = "", ...rows] = readFileSync(MANIFEST, "utf8").trimEnd().split("\n");
  const columns = head.split("\t");
  return rows.map((row) => {
    const cells = row.split("\t");
    const cell = (name: string) => cells[columns.indexOf(name)] ?? "";
    return {
      path: cell("path"),
      clm: Number(cell("clm")),
      clp: Number(cell("clp")),
      version: cell("gs08"),
      findings: cell("structural_findings"),
    };
  });
}

function bytesOf({ path }: Sample): Buffer {
  return readFileSync(`${FOLDER}${path}`);
}

describe("files of others", () => {
  const newPractice = practices();
  const all = samples().filter(({ path }) => /^83(5|7p)\//.test(path));

  before(function () {
    if (all.length === 0) this.skip();
  });

  it("B3 every sound 835, alone in a practice, ties to its payment and its cash", async () => {
    const sound = all.filter(
      ({ path, findings, version }) =>
        path.startsWith("835/") && findings === "" && version.startsWith("005010X221"),
    );
    expect(sound.length).to.be.greaterThan(5);
    let paid = 0;
    for (const sample of sound) {
      const practice = newPractice();
      const { summary } = await practice.ingest(bytesOf(sample), sample.path);
      const { paidCents, postedCents, unappliedCents, providerAdjustmentCents } = summary;
      const tied = postedCents + unappliedCents - providerAdjustmentCents;
      expect(tied, sample.path).to.equal(paidCents);
      const { accounts, totalCents } = await trialBalance(practice.app, practice.actor);
      expect(totalCents, sample.path).to.equal(0);
      expect(accounts["cash-in-transit"], sample.path).to.equal(paidCents);
      paid += paidCents;
    }
    expect(paid).to.be.greaterThan(0);
  });

  it("every 835 and 837P, sound or broken, is taken in or refused with findings, never thrown", async () => {
    for (const sample of all) {
      const practice = newPractice();
      const bytes = bytesOf(sample);
      const { summary, told } = await practice.ingest(bytes, sample.path);
      expect(await practice.differences(), sample.path).to.equal(0);
      const refused = told.some(({ code }) => code === "implementation-not-supported");
      if (!bytes.includes("ISA") || refused) {
        expect(summary.findings, sample.path).to.be.greaterThan(0);
        continue;
      }
      expect(summary.claimPayments, sample.path).to.equal(sample.clp);
      expect(summary.claims, sample.path).to.equal(sample.clm);
    }
  });
});
