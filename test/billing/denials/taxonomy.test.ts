import { expect } from "chai";
import {
  classify,
  DENIAL_CATEGORIES,
  FURTHER_REASONS,
  isCalendarDate,
  reasonWords,
  remarkWords,
  TAXONOMY,
  TEAMS,
} from "../../../src/billing/denials/index.ts";
import { starterCodeSets } from "../../../src/edi/codes/index.ts";

/** DENIALS §3, category by category: the reason codes it lists. */
const DESIGN: Readonly<Record<string, readonly string[]>> = {
  "incorrect-patient-info": ["31", "140", "32", "33"],
  "no-active-coverage": ["26", "27", "200", "166", "177", "257"],
  "coordination-of-benefits": ["22", "136"],
  "incorrect-payer": ["109", "254", "270", "300"],
  "authorization-required": ["197", "198", "15", "39", "210", "243"],
  "referral-required": ["288", "287"],
  "timely-filing": ["29"],
  "duplicate-claim": ["18"],
  "billing-error": ["16"],
  "invalid-diagnosis": ["11", "146", "167", "9", "10", "12"],
  "incorrect-procedure": ["181", "189", "199", "8"],
  "invalid-modifier": ["4", "182"],
  bundled: ["97", "234", "236", "231", "B10", "190"],
  "frequency-limit": ["151", "222", "119", "149", "273", "35"],
  "incorrect-place-of-service": ["5", "58", "171"],
  "not-medically-necessary": ["50", "55", "56", "150", "152", "153", "154", "216"],
  "medical-records-requested": ["252", "163", "164", "250", "251", "226", "148"],
  "patient-information-requested": ["227"],
  "non-covered-benefit": ["96", "204", "49", "53", "170", "272", "258", "A1"],
  credentialing: ["B7", "185", "183", "184", "242", "279", "147", "299"],
  "provider-identifier": ["206", "207", "208"],
  "missing-ndc": ["211"],
  "third-party-liability": ["19", "20", "21", "201", "215"],
  "rebill-split": ["239", "268", "110", "135", "107"],
  "hospital-acquired": ["233", "249"],
  "appeal-closed": ["193", "138", "286"],
  pending: ["133"],
  "payer-initiated": ["129", "95"],
};

describe("classify", () => {
  for (const [category, codes] of Object.entries(DESIGN)) {
    it(`puts CO-${codes.join(", CO-")} under ${category}`, () => {
      const found = codes.map((code) => of("CO", code).category);
      expect(found).to.deep.equal(codes.map(() => category));
    });
  }

  const refined: readonly [string, string, string, string][] = [
    ["CO", "16", "N382", "incorrect-patient-info"],
    ["CO", "16", "MA04", "coordination-of-benefits"],
    ["CO", "16", "M51", "incorrect-procedure"],
    ["CO", "16", "M76", "invalid-diagnosis"],
    ["CO", "16", "M77", "incorrect-place-of-service"],
    ["CO", "16", "M119", "missing-ndc"],
    ["CO", "16", "N519", "invalid-modifier"],
    ["CO", "16", "N257", "provider-identifier"],
    ["CO", "16", "N290", "provider-identifier"],
    ["CO", "16", "M127", "medical-records-requested"],
    ["CO", "16", "N999", "billing-error"],
    ["CO", "109", "MA04", "coordination-of-benefits"],
    ["CO", "109", "N418", "incorrect-payer"],
  ];
  for (const [group, reason, remark, category] of refined) {
    it(`reads ${group}-${reason} with ${remark} as ${category}`, () => {
      expect(of(group, reason, remark).category).to.equal(category);
    });
  }

  it("gives an unprocessable claim no appeal: it goes out as a new claim", () => {
    const row = of("CO", "16", "MA130");
    expect(row.category).to.equal("billing-error");
    expect(row.fix).to.deep.equal(["correctable"]);
    expect(row.clock).to.equal("filing");
    expect(row.suggestedAction).to.contain("new claim (frequency 1), do not appeal");
  });

  it("lets MA130 take the appeal away and the other remark name what is wrong", () => {
    const row = of("CO", "11", "M76", "MA130");
    expect(row.category).to.equal("invalid-diagnosis");
    expect(row.fix).to.deep.equal(["correctable"]);
    expect(of("CO", "11", "M76").fix).to.include("appealable");
  });

  it("lets the group decide who pays for what a plan does not cover", () => {
    expect(of("PR", "96").suggestedAction).to.match(/^Bill the patient/);
    expect(of("CO", "96").suggestedAction).to.match(/appeal/);
  });

  it("asks for the patient's notice before a patient pays for what is not necessary", () => {
    expect(of("PR", "50").suggestedAction).to.contain("signed notice");
    expect(of("CO", "50").suggestedAction).to.match(/appeal with the records$/);
    expect(of("PR", "119")).to.include({ owner: "patient-financial" });
  });

  it("takes a payer-initiated reduction to contract management", () => {
    expect(of("PI", "50")).to.include({ category: "payer-initiated", owner: "contracts" });
    expect(of("PI", "45")).to.include({ category: "payer-initiated", clock: "appeal" });
  });

  it("corrects first what a corrected claim can cure, whoever initiated it", () => {
    expect(of("PI", "197").category).to.equal("authorization-required");
  });

  it("says so when nobody has listed a reason", () => {
    const row = of("CO", "9Z9");
    expect(row.category).to.equal("other");
    expect(row.suggestedAction).to.match(/^Look the reason code up/);
    expect(row.reasonCodes).to.deep.equal(["9Z9"]);
  });

  it("lets a remark decide before a group, whichever row comes first", () => {
    const [row] = TAXONOMY.rows;
    if (row === undefined) throw new Error("the taxonomy is empty");
    const byGroup = { ...row, reasonCodes: ["1"], groupCodes: ["PR"], category: "other" as const };
    const byRemark = {
      ...row,
      reasonCodes: ["1"],
      remarkCodes: ["N1"],
      category: "pending" as const,
    };
    const reason = { groupCode: "PR", reasonCode: "1", remarkCodes: ["N1"] };
    for (const rows of [
      [byGroup, byRemark],
      [byRemark, byGroup],
    ]) {
      expect(classify(reason, { version: "test", rows }).category).to.equal("pending");
    }
  });

  it("follows a taxonomy that a practice has edited", () => {
    const rows = TAXONOMY.rows.map((row) =>
      row.reasonCodes.includes("29") ? { ...row, owner: "follow-up" as const } : row,
    );
    const reason = { groupCode: "CO", reasonCode: "29", remarkCodes: [] };
    expect(classify(reason, { version: "ours", rows }).owner).to.equal("follow-up");
    expect(classify(reason).owner).to.equal("billing");
  });
});

describe("taxonomy", () => {
  it("is complete in every row: known category and team, source, date, something to do", () => {
    for (const row of TAXONOMY.rows) {
      expect(Object.keys(DENIAL_CATEGORIES)).to.include(row.category);
      expect(Object.keys(TEAMS)).to.include(row.owner);
      expect(row.fix.length, row.category).to.be.greaterThan(0);
      expect(row.source, row.category).to.match(/DENIALS §3/);
      expect(isCalendarDate(row.reviewedOn), row.category).to.equal(true);
      expect(row.suggestedAction, row.category).to.match(/^[A-Z][a-z]+ .{20,140}[^.]$/);
    }
  });

  it("names every reason in one row only, unless remark or group tells the rows apart", () => {
    const seen = new Map<string, string>();
    for (const row of TAXONOMY.rows) {
      for (const reason of row.reasonCodes) {
        for (const remark of row.remarkCodes ?? [""]) {
          const key = [reason, remark, row.groupCodes?.join() ?? ""].join("|");
          expect(seen.get(key), `${key} in ${row.category}`).to.equal(undefined);
          seen.set(key, row.category);
        }
      }
    }
  });

  it("has plain words for every reason and remark it names", () => {
    for (const row of TAXONOMY.rows) {
      for (const code of row.reasonCodes) expect(reasonWords(code)).to.not.match(/^Reason code/);
      for (const code of row.remarkCodes ?? []) expect(remarkWords(code), code).to.be.a("string");
    }
  });
});

describe("words of reasons", () => {
  it("are short, begin with a capital and leave the full stop to the sentence", () => {
    for (const code of codes()) {
      expect(reasonWords(code).length, code).to.be.within(5, 110);
      expect(reasonWords(code), code).to.match(/^[A-Z].*[^.]$/);
    }
  });

  it("are written once: a code of the starter set is not written here again", () => {
    const starter = new Set(starterCodeSets.carc.records.map(({ code }) => code));
    expect(Object.keys(FURTHER_REASONS).filter((code) => starter.has(code))).to.deep.equal([]);
  });

  it("keep the number of a code without words", () => {
    expect(reasonWords("9Z9")).to.contain("9Z9");
    expect(remarkWords("9Z9")).to.equal(undefined);
  });
});

function codes(): string[] {
  return TAXONOMY.rows.flatMap((row) => row.reasonCodes).concat(Object.keys(FURTHER_REASONS));
}

function of(groupCode: string, reasonCode: string, ...remarkCodes: string[]) {
  return classify({ groupCode, reasonCode, remarkCodes });
}
