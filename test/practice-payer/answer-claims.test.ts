import { expect } from "chai";
import { read277ca, readEdiSync, readGroupAcknowledgement } from "../../src/edi/guides/index.ts";
import {
  type AnswerFile,
  answerClaims,
  syntheticEncounters,
} from "../../src/practice-payer/index.ts";
import { claimFiles } from "./claim-files.ts";
import {
  type CheckedClaim,
  imbalancesOf,
  remittancesOf,
  segmentsOf,
} from "./remittance-checker.ts";

const TODAY = "2025-11-20";
const SENT = "2025-10-15";
const OPTIONS = { seed: "answers", today: TODAY, startingControlNumber: 500 };

/** Claims whose services lie before the day on which they are sent. */
const ENCOUNTERS = syntheticEncounters({ count: 260, seed: "answered", today: SENT });

const sum = (items: readonly { readonly cents: number }[]) =>
  items.reduce((total, { cents }) => total + cents, 0);

describe("answerClaims", () => {
  const sent = claimFiles(ENCOUNTERS, SENT);
  const { files } = answerClaims(sent, OPTIONS);
  const ofKind = (kind: AnswerFile["kind"]) => files.filter((file) => file.kind === kind);
  const originals = ofKind("835").filter(({ name }) => !name.includes("again"));
  const remittances = originals.flatMap(({ text }) => remittancesOf(text));
  const claims = remittances.flatMap((remittance) => remittance.claims);

  it("gives the same files for the same bytes, and others for another seed", () => {
    expect(answerClaims(sent, OPTIONS).files).to.deep.equal(files);
    const other = answerClaims(sent, { ...OPTIONS, seed: "other" }).files;
    expect(other.map(({ text }) => text)).to.not.deep.equal(files.map(({ text }) => text));
  });

  it("writes only what the guides allow", () => {
    for (const { name, text } of files) {
      const findings = [...readEdiSync(new TextEncoder().encode(text), { check: true })].flatMap(
        (event) => ("findings" in event ? event.findings : []),
      );
      // A wrong NPI that a claim brought comes back in its answer; what balances is proven below.
      const own = findings.filter(({ code, snip }) => code !== "npi-invalid" && snip !== 3);
      expect(own, name).to.deep.equal([]);
    }
  });

  it("balances every remittance but the one that is wrong on purpose", () => {
    const wrong = remittances.filter((remittance) => imbalancesOf(remittance).length > 0);
    const residuals = wrong.map(imbalancesOf);
    expect(residuals).to.have.deep.members([["BPR02 1000"], ["SVC[1] -500", "CLP -500"]]);
    expect(files.filter(({ description }) => description.includes("BPR02"))).to.have.length(1);
  });

  it("never pays less than nothing, and says so by NON and H", () => {
    for (const { payment, method, header } of remittances) {
      const bpr = header.find(([id]) => id === "BPR") ?? [];
      expect(payment).to.be.at.least(0);
      expect(method === "NON").to.equal(payment === 0);
      expect(bpr[1]).to.equal(payment === 0 ? "H" : "I");
    }
    expect(remittances.some(({ payment }) => payment === 0)).to.be.true;
  });

  it("numbers every payment and every file once, in the order of their days", () => {
    expect(new Set(remittances.map(({ trace }) => trace)).size).to.equal(remittances.length);
    const numbers = files
      .filter(({ name }) => !name.includes("again"))
      .map(({ text }) => text.slice(90, 99));
    expect(numbers).to.deep.equal(numbers.map((_, index) => String(500 + index).padStart(9, "0")));
    const days = remittances.map(({ date }) => date);
    expect(days).to.deep.equal(days.toSorted());
    expect(days.every((day) => day > "20251015" && day <= "20251120")).to.be.true;
    const names = files.map(({ name }) => name);
    expect(names).to.deep.equal(names.toSorted());
  });

  it("looks like life: four of five paid, a tenth denied whole, few in part", () => {
    const first = new Map(claims.toReversed().map((claim) => [claim.number, claim]));
    const share = (test: (claim: CheckedClaim) => boolean) =>
      [...first.values()].filter(test).length / ENCOUNTERS.length;
    expect(share(({ paid }) => paid > 0)).to.be.within(0.76, 0.92);
    expect(share(deniedWhole)).to.be.within(0.08, 0.14);
    expect(share((claim) => claim.paid > 0 && claim.lines.some(refusedLine))).to.be.within(
      0.01,
      0.09,
    );
  });

  it("denies for a dozen reasons and more", () => {
    const reasons = claims.filter(deniedWhole).flatMap(({ adjustments, lines }) => {
      const [first] = [...adjustments, ...lines.flatMap((line) => line.adjustments)];
      return first === undefined ? [] : [`${first.group}-${first.reason}`];
    });
    expect(new Set(reasons).size).to.be.at.least(12);
  });

  it("returns REF*6R for every line it was sent", () => {
    const lines = claims.flatMap((claim) => claim.lines.map((line) => ({ claim, line })));
    expect(lines.length).to.be.greaterThan(400);
    for (const { claim, line } of lines) {
      const foreign = claim.number.startsWith("OLDSYSTEM");
      if (!foreign) expect(line.controlNumber).to.match(new RegExp(`^${claim.number}L[1-6]$`));
    }
  });

  it("states the patient's share as the sum of PR, and units as they were paid", () => {
    for (const { status, segment, adjustments, lines } of claims) {
      const all = [...adjustments, ...lines.flatMap((line) => line.adjustments)];
      const share = sum(all.filter(({ group }) => group === "PR"));
      const stated = segment[5] ?? "";
      if (status === "22") expect(stated).to.equal("");
      else expect(stated === "" ? 0 : Math.round(Number(stated) * 100)).to.equal(share);
      for (const line of lines.filter(refusedLine)) {
        expect(line.segment[5]).to.equal("0");
        expect(Number(line.segment[7])).to.be.greaterThan(0);
      }
    }
  });

  it("reverses by the exact negation, after the payment and before the correction", () => {
    const reversals = claims.filter(({ status }) => status === "22");
    expect(reversals.length).to.be.at.least(2);
    for (const reversal of reversals) {
      const at = claims.indexOf(reversal);
      const original = claims
        .slice(0, at)
        .find((each) => each.payerNumber === reversal.payerNumber && each.status !== "22");
      expect(original, "the payment comes first").to.not.equal(undefined);
      expect(amountsOf(reversal)).to.deep.equal(amountsOf(original).map((cents) => -cents || 0));
    }
    const corrections = claims.filter(({ payerNumber }) => /^.{12}R$/.test(payerNumber));
    expect(corrections.length).to.be.at.least(1);
    for (const correction of corrections) {
      const before = claims[claims.indexOf(correction) - 1];
      expect([before?.status, before?.number]).to.deep.equal(["22", correction.number]);
    }
  });

  it("opens a recovery or carried balance as a negative and closes it by its reference", () => {
    const entries = remittances.flatMap(({ plb }) => plb);
    for (const code of ["FB", "WO"]) {
      const own = entries.filter((entry) => entry.code === code);
      expect(own.length, code).to.be.at.least(2);
      for (const { reference } of own) {
        const chain = own.filter((entry) => entry.reference === reference);
        expect(chain[0]?.cents, `${code} opens`).to.be.lessThan(0);
        expect(sum(chain), `${code} ${reference}`).to.equal(0);
      }
    }
    for (const { trace, plb } of remittances) {
      const opened = plb.filter(({ code, cents }) => code === "FB" && cents < 0);
      expect(opened.every(({ reference }) => reference === trace)).to.be.true;
    }
  });

  it("pays interest by PLB L6, the opposite of AMT*I", () => {
    let interest = 0;
    for (const { claims: told, plb } of remittances) {
      const stated = told
        .flatMap(({ segments }) => segments.filter(([id, code]) => id === "AMT" && code === "I"))
        .reduce((total, segment) => total + Math.round(Number(segment[2]) * 100), 0);
      expect(sum(plb.filter(({ code }) => code === "L6"))).to.equal(-stated || 0);
      interest += stated;
    }
    expect(interest).to.be.greaterThan(0);
  });

  it("sequesters 2 % only where the Medicare-like payer pays", () => {
    const sequestered = remittances.filter((remittance) =>
      remittance.claims.some(({ lines }) => lines.some((line) => reasonOf(line, "253") !== 0)),
    );
    expect(new Set(sequestered.map(({ payer }) => payer))).to.deep.equal(new Set(["90001"]));
    for (const line of sequestered.flatMap((each) => each.claims).flatMap(({ lines }) => lines)) {
      const taken = reasonOf(line, "253");
      expect(Math.abs(taken * 100 - (line.paid + taken) * 2)).to.be.at.most(50);
    }
  });

  it("forwards to a secondary payer, who accounts for the full charge with OA-23", () => {
    const forwarded = claims.filter(({ status }) => status === "19");
    expect(forwarded.length).to.be.at.least(5);
    for (const first of forwarded) {
      expect(first.segments.some(([id, role]) => id === "NM1" && role === "TT")).to.be.true;
      const second = claims.find(({ status, number }) => status === "2" && number === first.number);
      expect(second?.charge).to.equal(first.charge);
      const other = ENCOUNTERS.find(
        (each) => each.claimInformation.patientControlNumber === first.number,
      )?.claimInformation.otherSubscriberInformation?.[0]?.otherSubscriberName;
      expect(second?.segments.find(([id, role]) => id === "NM1" && role === "QC")?.[9]).to.equal(
        other?.otherInsuredIdentifier,
      );
      const settled = first.charge - shareOf(first);
      const prior = (second?.lines ?? []).reduce((total, line) => total + reasonOf(line, "23"), 0);
      expect(prior).to.equal(settled);
      expect(second?.paid).to.be.at.most(shareOf(first));
    }
  });

  it("bundles by OA-94 and CO-97 that cancel out, and splits a claim in two", () => {
    const bundled = claims.filter(({ lines }) => lines.some((line) => reasonOf(line, "94") !== 0));
    expect(bundled.length).to.be.at.least(1);
    for (const { lines } of bundled) {
      const all = lines.flatMap(({ adjustments }) => adjustments);
      const lifted = sum(all.filter(({ group, reason }) => group === "OA" && reason === "94"));
      expect(lifted).to.equal(-sum(all.filter(({ reason }) => reason === "97")));
      const absorbed = lines.filter((line) => reasonOf(line, "97") !== 0);
      expect(absorbed.every(({ segment }) => segment[6] !== "" && segment[6] !== segment[1])).to.be
        .true;
    }
    const parts = claims.filter(({ payerNumber }) => /^.{12}[AB]$/.test(payerNumber));
    const number = parts[0]?.number;
    const own = parts.filter((part) => part.number === number);
    expect(own.map(({ payerNumber }) => payerNumber.at(-1))).to.have.members(["A", "B"]);
    const encounter = ENCOUNTERS.find(
      (each) => each.claimInformation.patientControlNumber === number,
    );
    const charged = own.reduce((total, { charge }) => total + charge, 0);
    const asked = Math.round(Number(encounter?.claimInformation.claimChargeAmount) * 100);
    expect(charged).to.equal(asked);
  });

  it("tells of one claim that is not ours and sends one file twice", () => {
    const ours = new Set(ENCOUNTERS.map((each) => each.claimInformation.patientControlNumber));
    expect(claims.filter(({ number }) => !ours.has(number))).to.have.length(1);
    const [again, ...more] = files.filter(({ name }) => name.includes("again"));
    expect(more).to.deep.equal([]);
    expect(originals.some(({ text }) => text === again?.text)).to.be.true;
  });

  it("acknowledges: one TA1 as asked, a 999 for each file, REF*1K for what is accepted", () => {
    expect(ofKind("TA1")).to.have.length(1);
    expect(ofKind("999")).to.have.length(sent.length);
    const text = ofKind("277CA")
      .map((file) => file.text)
      .join("");
    const accepted = segmentsOf(text).filter(([id, code]) => id === "REF" && code === "1K");
    const refused = segmentsOf(text).filter(([id, , , action]) => id === "STC" && action === "U");
    const silent = ENCOUNTERS.length - accepted.length - refused.length;
    expect(silent).to.equal(2);
    expect(refused.length).to.be.within(2, 9);
    expect(new Set(refused.map(([, code = ""]) => code.slice(0, 2)))).to.deep.equal(
      new Set(["A3", "A6", "A7"]),
    );
    const numbers = new Set(accepted.map(([, , number]) => number));
    const told = claims.filter(({ status }) => status === "1" || status === "4");
    const same = told.filter(({ payerNumber }) => numbers.has(payerNumber.slice(0, 12)));
    expect(same.length).to.be.at.least(told.length - 1);
  });
});

function refusedLine(line: CheckedClaim["lines"][number]): boolean {
  const explained = ["45", "253", "24", "94", "23"];
  return (
    line.paid === 0 &&
    line.charge > 0 &&
    line.adjustments.some(
      ({ reason, cents }) => cents === line.charge && !explained.includes(reason),
    )
  );
}

function deniedWhole({ status, paid, adjustments, lines }: CheckedClaim): boolean {
  if (status === "22" || paid !== 0) return false;
  return adjustments.length > 0 || (lines.length > 0 && lines.every(refusedLine));
}

function reasonOf(line: CheckedClaim["lines"][number], reason: string): number {
  return sum(line.adjustments.filter((adjustment) => adjustment.reason === reason));
}

function shareOf({ adjustments, lines }: CheckedClaim): number {
  const all = [...adjustments, ...lines.flatMap((line) => line.adjustments)];
  return sum(all.filter(({ group }) => group === "PR"));
}

function amountsOf(claim: CheckedClaim | undefined): number[] {
  if (claim === undefined) return [];
  const lines = claim.lines.flatMap(({ charge, paid, adjustments }) => [
    charge,
    paid,
    ...adjustments.map(({ cents }) => cents),
  ]);
  return [claim.charge, claim.paid, ...claim.adjustments.map(({ cents }) => cents), ...lines];
}

describe("the acknowledgments of the practice payer", () => {
  it("are read by the engine's own readers", () => {
    const files = claimFiles(ENCOUNTERS.slice(0, 12), SENT);
    const answer = answerClaims(files, OPTIONS).files;
    const events = (kind: AnswerFile["kind"]) =>
      answer
        .filter((file) => file.kind === kind)
        .flatMap(({ text }) => [...readEdiSync(new TextEncoder().encode(text))]);
    const statuses = events("999").flatMap((event) =>
      event.kind === "transactionSetEnd" ? [readGroupAcknowledgement(event.root).status] : [],
    );
    expect(statuses).to.deep.equal(files.map(() => "A"));
    const claims = events("277CA").flatMap((event) =>
      event.kind === "loop" ? [read277ca(event.loop)] : [],
    );
    expect(claims.map(({ patientControlNumber }) => patientControlNumber)).to.have.members(
      ENCOUNTERS.slice(0, 12).map((each) => each.claimInformation.patientControlNumber),
    );
    expect(
      claims.every(({ action, payerClaimControlNumber }) => {
        return (action === "WQ") === (payerClaimControlNumber !== "");
      }),
    ).to.be.true;
  });
});
