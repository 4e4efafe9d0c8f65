import { expect } from "chai";
import { answerClaims, OUTCOMES, syntheticEncounters } from "../../src/practice-payer/index.ts";
import { claimFiles, withMember } from "./claim-files.ts";
import { imbalancesOf, remittancesOf } from "./remittance-checker.ts";

const TODAY = "2025-11-20";
const OPTIONS = { seed: "forced", today: TODAY, startingControlNumber: 1 };

/** A commercial claim of several lines without other coverage: every outcome suits it. */
const ENCOUNTER = syntheticEncounters({ count: 200, seed: "forced", today: TODAY }).find(
  ({ claimInformation, tradingPartnerServiceId }) =>
    claimInformation.serviceLines.length >= 3 && tradingPartnerServiceId === "90003",
);

describe("an outcome forced by member id", () => {
  const answersTo = (memberId: string) => {
    if (ENCOUNTER === undefined) throw new Error("the seed gives such an encounter");
    const { files } = answerClaims(claimFiles([withMember(ENCOUNTER, memberId)], TODAY), OPTIONS);
    const text = (kind: string) =>
      files.filter((file) => file.kind === kind).map((file) => file.text);
    return { remittances: text("835").flatMap(remittancesOf), claims277: text("277CA").join("") };
  };
  const adjustmentsOf = (memberId: string) =>
    answersTo(memberId)
      .remittances.flatMap(({ claims }) => claims)
      .flatMap(({ adjustments, lines }) => [
        ...adjustments,
        ...lines.flatMap((line) => line.adjustments),
      ])
      .map(({ group, reason }) => `${group}-${reason}`);

  for (const { name, refusal } of OUTCOMES.filter((outcome) => outcome.refusal)) {
    it(`${name} is reachable and denies the whole claim`, () => {
      const prefix = name.toUpperCase().replaceAll("-", "_");
      const { remittances } = answersTo(`${prefix}_77`);
      const [claim, ...more] = remittances.flatMap(({ claims }) => claims);
      expect(more).to.deep.equal([]);
      expect(claim?.paid).to.equal(0);
      expect(new Set(adjustmentsOf(prefix))).to.deep.equal(
        new Set([`${refusal?.groupCode}-${refusal?.reasonCode}`]),
      );
      const text = JSON.stringify(claim?.segments);
      for (const remark of refusal?.remarkCodes ?? []) expect(text).to.include(remark);
      expect(claim?.lines.length === 0).to.equal(refusal?.level === "claim");
      expect(remittances.flatMap(imbalancesOf)).to.deep.equal([]);
    });
  }

  for (const { name, rejection } of OUTCOMES.filter((outcome) => outcome.rejection)) {
    it(`${name} is answered by a 277CA and no 835`, () => {
      const { remittances, claims277 } = answersTo(name.toUpperCase().replaceAll("-", "_"));
      expect(remittances).to.deep.equal([]);
      expect(claims277).to.include(`STC*${rejection?.category}:${rejection?.status}:`);
      expect(claims277).to.not.include("REF*1K");
    });
  }

  it("PAID_ pays, PARTIAL_ denies a line, SILENT_ says nothing but the 999", () => {
    expect(answersTo("PAID_1").remittances[0]?.payment).to.be.greaterThan(0);
    const [partial] = answersTo("PARTIAL_1").remittances.flatMap(({ claims }) => claims);
    expect(partial?.paid).to.be.greaterThan(0);
    expect(partial?.lines.filter(({ paid }) => paid === 0)).to.have.length(1);
    expect(answersTo("SILENT_1")).to.deep.equal({ remittances: [], claims277: "" });
  });

  it("CAPITATED_ pays nothing under CO-24, BUNDLED_ lifts by OA-94, INTEREST_ pays L6", () => {
    expect(new Set(adjustmentsOf("CAPITATED_1"))).to.deep.equal(new Set(["CO-24"]));
    expect(adjustmentsOf("BUNDLED_1")).to.include.members(["OA-94", "CO-97"]);
    expect(answersTo("INTEREST_1").remittances[0]?.plb[0]?.code).to.equal("L6");
  });

  it("REVERSED_ reverses and corrects later and carries the difference forward", () => {
    const [first, second] = answersTo("REVERSED_1").remittances;
    expect(first?.claims.map(({ status }) => status)).to.deep.equal(["1"]);
    expect(second?.claims.map(({ status }) => status)).to.deep.equal(["22", "1"]);
    expect(second?.plb.map(({ code }) => code)).to.deep.equal(["FB"]);
  });

  it("RECOVERED_ reverses, and leaves the money with the practice until later", () => {
    const [first, second] = answersTo("RECOVERED_1").remittances;
    const [claim] = first?.claims ?? [];
    expect(second?.claims.map(({ status }) => status)).to.deep.equal(["22"]);
    expect(second?.plb).to.deep.equal([
      { code: "WO", reference: claim?.payerNumber, cents: -(claim?.paid ?? 0) },
    ]);
  });

  it("CORRECTED_INSURED_ names the member id under which the patient was found", () => {
    const text = JSON.stringify(answersTo("CORRECTED_INSURED_1").remittances);
    expect(text).to.include('"NM1","74"');
  });

  it("is also forced by patient control number, and an unknown name is refused", () => {
    if (ENCOUNTER === undefined) throw new Error("the seed gives such an encounter");
    const files = claimFiles([ENCOUNTER], TODAY);
    const number = ENCOUNTER.claimInformation.patientControlNumber ?? "";
    const script = (name: string) => ({ ...OPTIONS, behaviours: { claims: { [number]: name } } });
    const answer = answerClaims(files, script("denied-197")).files;
    expect(answer.find(({ kind }) => kind === "835")?.text).to.include("CAS*CO*197*");
    expect(() => answerClaims(files, script("denied-0"))).to.throw(RangeError);
  });

  it("reaches partial denial of a single line by fewer units or a lower level", () => {
    const single = syntheticEncounters({ count: 200, seed: "forced", today: TODAY }).filter(
      ({ claimInformation }) => claimInformation.serviceLines.length === 1,
    );
    const forced = single.map((encounter, index) => withMember(encounter, `PARTIAL_${index}`));
    const { files } = answerClaims(claimFiles(forced, TODAY), {
      ...OPTIONS,
      behaviours: { irregularities: [] },
    });
    const remittances = files
      .filter(({ kind }) => kind === "835")
      .flatMap(({ text }) => remittancesOf(text));
    expect(remittances.flatMap(imbalancesOf)).to.deep.equal([]);
    const reasons = remittances
      .flatMap(({ claims }) => claims.flatMap(({ lines }) => lines))
      .flatMap(({ adjustments }) => adjustments.map(({ reason }) => reason));
    expect(reasons).to.include("150");
  });
});
