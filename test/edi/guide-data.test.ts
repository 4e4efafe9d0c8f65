import { expect } from "chai";
import { guide270 } from "../../src/edi/guides/270.ts";
import { guide271 } from "../../src/edi/guides/271.ts";
import { guide276 } from "../../src/edi/guides/276.ts";
import { guide277 } from "../../src/edi/guides/277.ts";
import { guide277CA } from "../../src/edi/guides/277ca.ts";
import { guide835 } from "../../src/edi/guides/835.ts";
import { guide837D } from "../../src/edi/guides/837d.ts";
import { guide837I } from "../../src/edi/guides/837i.ts";
import { guide837P } from "../../src/edi/guides/837p.ts";
import { guide997 } from "../../src/edi/guides/997.ts";
import { guide999 } from "../../src/edi/guides/999.ts";
import type { Guide, GuideElement, GuideLoop, GuideSegment } from "../../src/edi/guides/guide.ts";
import { guideTa1 } from "../../src/edi/guides/ta1.ts";

const guides = [
  guide837P,
  guide837I,
  guide837D,
  guide835,
  guide999,
  guide997,
  guideTa1,
  guide277CA,
];

/** Codes that are what they say: a version of a guide, the number of a diagnosis. */
const PLAIN = /^(?:005010X\d{3}(?:A\d)?|1?[0-9])$/;

function loopsOf(loop: GuideLoop): GuideLoop[] {
  return [loop, ...loop.children.flatMap((child) => (child.kind === "loop" ? loopsOf(child) : []))];
}

function segmentsOf(loop: GuideLoop): { loop: GuideLoop; segment: GuideSegment }[] {
  return loopsOf(loop).flatMap((owner) =>
    owner.children.flatMap((child) =>
      child.kind === "segment" ? [{ loop: owner, segment: child }] : [],
    ),
  );
}

function elementsOf(elements: readonly GuideElement[]): GuideElement[] {
  return elements.flatMap((element) => [element, ...elementsOf(element.components ?? [])]);
}

function opener(child: GuideSegment | GuideLoop): GuideSegment {
  if (child.kind === "segment") return child;
  const first = child.children[0];
  if (first === undefined) throw new Error(`loop ${child.id} is empty`);
  return opener(first);
}

function loopNamed(guide: Guide, id: string): GuideLoop {
  const found = loopsOf(guide.root).find((loop) => loop.id === id);
  if (found === undefined) throw new Error(`no loop ${id}`);
  return found;
}

function segmentNamed(loop: GuideLoop, id: string, code?: string): GuideSegment {
  const found = loop.children
    .filter((child) => child.kind === "segment")
    .find((child) => child.id === id && (code === undefined || child.when?.codes.includes(code)));
  if (found === undefined) throw new Error(`no ${id} in ${loop.id}`);
  return found;
}

/** The positions of a loop in one line: what a reader would check against the guide itself. */
function outline(loop: GuideLoop): string {
  return loop.children
    .map((child) => {
      const key = child.kind === "segment" && child.when ? `*${child.when.codes.join("/")}` : "";
      return `${child.id}${key} ${child.usage}${child.repeat}`;
    })
    .join(", ");
}

describe("every guide", () => {
  for (const guide of guides) {
    describe(guide.name, () => {
      it("opens each loop with a segment that may stand once", () => {
        for (const loop of loopsOf(guide.root)) {
          const first = loop.children[0];
          expect(first?.kind, loop.id).to.equal("segment");
          if (guide !== guideTa1) expect(first?.repeat, loop.id).to.equal(1);
          expect(first?.usage, loop.id).to.equal("R");
        }
      });

      it("tells apart what may follow within a loop", () => {
        for (const loop of loopsOf(guide.root)) {
          const candidates = loop.children.map(opener);
          for (const id of new Set(candidates.map((candidate) => candidate.id))) {
            const same = candidates.filter((candidate) => candidate.id === id);
            if (same.length === 1) continue;
            const codes = same.flatMap((candidate) => candidate.when?.codes ?? [""]);
            expect(codes, `${loop.id} ${id}`).not.to.include("");
            expect(new Set(codes).size, `${loop.id} ${id} shares a code`).to.equal(codes.length);
          }
        }
      });

      it("tells positions apart by an element that has just those codes", () => {
        for (const { loop, segment } of segmentsOf(guide.root)) {
          if (segment.when === undefined) continue;
          const element = segment.elements[segment.when.element - 1];
          const { component } = segment.when;
          const coded = component === undefined ? element : element?.components?.[component - 1];
          expect(coded?.codes, `${loop.id} ${segment.id}`).to.deep.equal(segment.when.codes);
          expect(coded?.usage, `${loop.id} ${segment.id}`).to.equal("R");
        }
      });

      it("gives every element a size, and codes that fit it", () => {
        for (const { loop, segment } of segmentsOf(guide.root)) {
          const where = `${loop.id} ${segment.id}`;
          for (const element of elementsOf(segment.elements)) {
            expect(element.min, `${where} ${element.name}`).to.be.at.most(element.max);
            for (const code of element.codes ?? []) {
              expect(code.length, `${where} ${element.name} ${code}`).to.be.within(
                element.min,
                element.max,
              );
            }
            expect(new Set(element.codes).size).to.equal(element.codes?.length ?? 0);
          }
        }
      });

      it("names every loop, segment and element, and tells what every code means", () => {
        for (const loop of loopsOf(guide.root)) expect(loop.name, loop.id).not.to.equal("");
        for (const { loop, segment } of segmentsOf(guide.root)) {
          const where = `${loop.id} ${segment.id}`;
          expect(segment.name, where).not.to.equal("");
          for (const element of elementsOf(segment.elements)) {
            expect(element.name, where).not.to.equal("");
            if (element.codeSet !== undefined) continue;
            for (const code of element.codes ?? []) {
              const meaning = element.meanings?.[code] ?? (PLAIN.test(code) ? code : undefined);
              expect(meaning, `${where} ${element.name} ${code}`).to.be.a("string");
            }
          }
        }
      });

      it("names only elements that stand in the segment in its syntax notes", () => {
        for (const { loop, segment } of segmentsOf(guide.root)) {
          expect(segment.elements.length, `${loop.id} ${segment.id}`).to.be.at.least(1);
          for (const note of segment.syntax ?? []) {
            const positions = note.slice(1).match(/../g) ?? [];
            for (const position of positions.map(Number)) {
              expect(position, `${loop.id} ${segment.id} ${note}`).to.be.at.most(
                segment.elements.length,
              );
            }
          }
        }
      });

      it("names parents of hierarchical levels that exist, and codes them as HL03 says", () => {
        const loops = loopsOf(guide.root);
        const levels = loops.filter((loop) => opener(loop).id === "HL");
        for (const level of levels) {
          expect(level.hierarchy, level.id).not.to.equal(undefined);
          expect(opener(level).elements[2]?.codes).to.deep.equal([level.hierarchy?.levelCode]);
          for (const parent of level.hierarchy?.parents ?? []) {
            expect(levels.map((loop) => loop.id)).to.include(parent);
          }
        }
      });

      it("has the loops that a reader hands out one at a time, none within another", () => {
        const units = loopsOf(guide.root).filter(({ id }) => guide.unitLoops.includes(id));
        expect(new Set(units.map(({ id }) => id)).size).to.equal(guide.unitLoops.length);
        for (const unit of units) {
          const inner = loopsOf(unit).slice(1);
          expect(
            inner.filter(({ id }) => guide.unitLoops.includes(id)),
            unit.id,
          ).to.deep.equal([]);
        }
      });
    });
  }
});

describe("counts of loops", () => {
  const counts = (guide: Guide) => {
    const ids = loopsOf(guide.root).map((loop) => loop.id);
    return { positions: ids.length, names: new Set(ids).size };
  };

  it("are those of each implementation guide, with the transaction set itself", () => {
    // 837P: 2300 and the 26 loops below it stand under both the subscriber and the patient.
    expect(counts(guide837P)).to.deep.equal({ positions: 66, names: 39 });
    // 837I and 837D: likewise with 23 and 20 loops.
    expect(counts(guide837I)).to.deep.equal({ positions: 60, names: 36 });
    expect(counts(guide837D)).to.deep.equal({ positions: 54, names: 33 });
    expect(counts(guide835)).to.deep.equal({ positions: 6, names: 6 });
    expect(counts(guide999)).to.deep.equal({ positions: 4, names: 4 });
    expect(counts(guide997)).to.deep.equal({ positions: 3, names: 3 });
    expect(counts(guideTa1)).to.deep.equal({ positions: 1, names: 1 });
    expect(counts(guide276)).to.deep.equal({ positions: 15, names: 15 });
    expect(counts(guide277)).to.deep.equal({ positions: 17, names: 17 });
    expect(counts(guide270)).to.deep.equal({ positions: 11, names: 11 });
    expect(counts(guide271)).to.deep.equal({ positions: 15, names: 15 });
    expect(counts(guide277CA)).to.deep.equal({ positions: 14, names: 14 });
  });
});

describe("the 835 guide", () => {
  it("keeps the order of the claim payment", () => {
    expect(outline(loopNamed(guide835, "2100"))).to.equal(
      "CLP R1, CAS S99, NM1*QC R1, NM1*IL S1, NM1*74 S1, NM1*82 S1, NM1*TT S1, NM1*PR S1, " +
        "NM1*GB S1, MIA S1, MOA S1, REF*1L/1W/28/6P/9A/9C/BB/CE/EA/F8/G1/G3/IG/SY S5, " +
        "REF*0B/1A/1B/1C/1D/1G/1H/1J/D3/G2/LU S10, DTM*232/233 S2, DTM*036 S1, DTM*050 S1, " +
        "PER S2, AMT S13, QTY S14, 2110 S999",
    );
  });

  it("has six adjustments in a CAS and six in a PLB", () => {
    const cas = segmentNamed(loopNamed(guide835, "2110"), "CAS");
    expect(cas.elements).to.have.length(19);
    expect(cas.elements.filter((element) => element.codeSet === "carc")).to.have.length(6);
    expect(cas.syntax).to.include("L171819").and.to.include("C1917");
    const plb = segmentNamed(guide835.root, "PLB");
    expect(plb.elements).to.have.length(14);
    expect(plb.elements.filter((element) => element.components)).to.have.length(6);
  });

  it("requires a date of payment as BPR16", () => {
    const bpr = segmentNamed(guide835.root, "BPR");
    expect(bpr.elements[15]).to.include({ usage: "R", type: "DT", min: 8, max: 8 });
  });

  it("keeps the modifiers of a service in components 3 to 6", () => {
    const [service] = segmentNamed(loopNamed(guide835, "2110"), "SVC").elements;
    expect(service?.components?.map((component) => component.codeSet)).to.deep.equal([
      undefined,
      undefined,
      "modifier",
      "modifier",
      "modifier",
      "modifier",
      undefined,
      undefined,
    ]);
  });
});

describe("the 837P guide", () => {
  it("lets a patient level stand under a subscriber level only", () => {
    expect(loopNamed(guide837P, "2000C").hierarchy).to.deep.equal({
      levelCode: "23",
      parents: ["2000B"],
    });
  });

  it("keeps the order of a service line", () => {
    expect(outline(loopNamed(guide837P, "2400"))).to.equal(
      "LX R1, SV1 R1, SV5 S1, PWK*AA/BM/EL/EM/FT/FX S10, PWK*AB/AD/AF/AG/NS S1, CR1 S1, CR3 S1, " +
        "CRC*07 S3, CRC*70 S1, CRC*09 S1, DTP*472 R1, DTP*471 S1, DTP*607 S1, DTP*463 S1, " +
        "DTP*461 S1, DTP*304 S1, DTP*738/739 S2, DTP*011 S1, DTP*455 S1, DTP*454 S1, QTY*PT S1, " +
        "QTY*FL S1, MEA S5, CN1 S1, REF*9B S1, REF*9D S1, REF*G1 S5, REF*6R S1, REF*EW S1, " +
        "REF*X4 S1, REF*F4 S1, REF*BT S1, REF*9F S5, AMT*T S1, AMT*F4 S1, K3 S10, " +
        "NTE*ADD/DCP S1, NTE*TPO S1, PS1 S1, HCP S1, 2410 S1, 2420A S1, 2420B S1, 2420C S1, " +
        "2420D S1, 2420E S1, 2420F S2, 2420G S1, 2420H S1, 2430 S15, 2440 SInfinity",
    );
  });

  it("has twelve diagnoses, of which the first is principal", () => {
    const diagnoses = segmentNamed(loopNamed(guide837P, "2300"), "HI", "ABK");
    expect(diagnoses.elements).to.have.length(12);
    expect(diagnoses.elements.map((element) => element.components?.[0]?.codes?.[0])).to.deep.equal([
      "ABK",
      ...Array.from({ length: 11 }, () => "ABF"),
    ]);
  });

  it("has the frequency code and place of service within CLM05", () => {
    const clm = segmentNamed(loopNamed(guide837P, "2300"), "CLM");
    const parts = clm.elements[4]?.components?.map((component) => component.codeSet);
    expect(parts).to.deep.equal(["pos", undefined, "claim-frequency"]);
  });

  it("has four diagnosis pointers in SV107, the first required", () => {
    const sv1 = segmentNamed(loopNamed(guide837P, "2400"), "SV1");
    expect(sv1.elements[6]?.components?.map((component) => component.usage).join("")).to.equal(
      "RSSS",
    );
  });
});

describe("the 837I guide", () => {
  it("keeps the order of the claim, HI by HI", () => {
    expect(outline(loopNamed(guide837I, "2300"))).to.equal(
      "CLM R1, DTP*096 S1, DTP*434 R1, DTP*435 S1, DTP*050 S1, CL1 R1, PWK S10, CN1 S1, AMT S1, " +
        "REF*4N S1, REF*9F S1, REF*G1 S1, REF*F8 S1, REF*9A S1, REF*9C S1, REF*LX S5, REF*D9 S1, " +
        "REF*LU S1, REF*EA S1, REF*P4 S1, REF*G4 S1, K3 S10, " +
        "NTE*ALG/DCP/DGN/DME/MED/NTR/ODT/RHB/RLH/RNH/SET/SFM/SPT/UPI S10, NTE*ADD S1, CRC S1, " +
        "HI*ABK/BK R1, HI*ABJ/BJ S1, HI*APR/PR S1, HI*ABN/BN S1, HI*DR S1, HI*ABF/BF S2, " +
        "HI*BBR/BR/CAH S1, HI*BBQ/BQ S2, HI*BI S2, HI*BH S2, HI*BE S2, HI*BG S2, HI*TC S2, " +
        "HCP S1, 2310A S1, 2310B S1, 2310C S1, 2310D S1, 2310E S1, 2310F S1, 2320 S10, 2400 R999",
    );
  });

  it("has a type of bill, and what was present on admission", () => {
    const claim = loopNamed(guide837I, "2300");
    const parts = segmentNamed(claim, "CLM").elements[4]?.components;
    expect(parts?.map((component) => component.codeSet ?? component.codes?.join())).to.deep.equal([
      "type-of-bill",
      "A",
      "claim-frequency",
    ]);
    const [principal] = segmentNamed(claim, "HI", "ABK").elements;
    expect(principal?.components?.[8]?.codes).to.deep.equal(["N", "U", "W", "Y"]);
  });

  it("has twelve values with an amount, and occurrences with a day", () => {
    const claim = loopNamed(guide837I, "2300");
    const values = segmentNamed(claim, "HI", "BE").elements;
    expect(values).to.have.length(12);
    expect(values.every(({ components }) => components?.[4]?.type === "R")).to.equal(true);
    const [occurrence] = segmentNamed(claim, "HI", "BH").elements;
    expect(occurrence?.components?.[2]?.codes).to.deep.equal(["D8"]);
  });

  it("has no diagnosis pointers and no supervising provider", () => {
    expect(segmentNamed(loopNamed(guide837I, "2400"), "SV2").elements[6]?.name).to.equal(
      "Not covered",
    );
    const roles = loopsOf(guide837I.root).map((loop) => opener(loop).elements[0]?.codes?.join());
    expect(roles).to.include("71").and.not.to.include("DQ");
  });
});

describe("the 837D guide", () => {
  it("keeps the order of the claim and of a service line", () => {
    expect(outline(loopNamed(guide837D, "2300"))).to.equal(
      "CLM R1, DTP*439 S1, DTP*452 S1, DTP*472 S1, DTP*050 S1, DN1 S1, DN2 S35, PWK S10, CN1 S1, " +
        "AMT S1, REF*G3 S1, REF*4N S1, REF*F8 S1, REF*9F S1, REF*G1 S1, REF*9A S1, REF*9C S1, " +
        "REF*D9 S1, K3 S10, NTE S5, HI S1, HCP S1, 2310A S2, 2310B S1, 2310C S1, 2310D S1, " +
        "2310E S1, 2320 S10, 2400 R50",
    );
    expect(outline(loopNamed(guide837D, "2400"))).to.equal(
      "LX R1, SV3 R1, TOO S32, DTP*472 S1, DTP*441 S1, DTP*452 S1, DTP*446 S1, DTP*196 S1, " +
        "DTP*198 S1, CN1 S1, REF*G3 S5, REF*G1 S5, REF*6R S1, REF*9B S1, REF*9D S1, REF*9F S5, " +
        "AMT S1, K3 S10, HCP S1, 2420A S1, 2420B S1, 2420C S1, 2420D S1, 2430 S15",
    );
  });

  it("has five areas of the mouth, and five surfaces of a tooth", () => {
    const line = loopNamed(guide837D, "2400");
    const areas = segmentNamed(line, "SV3").elements[3];
    expect(areas?.components).to.have.length(5);
    expect(areas?.components?.[0]?.codes).to.include.members(["00", "10", "20", "30", "40"]);
    const surfaces = segmentNamed(line, "TOO").elements[2];
    expect(surfaces?.components?.map(({ usage }) => usage).join("")).to.equal("RSSSS");
  });
});

describe("the acknowledgment guides", () => {
  it("let a 999 name a segment and, below it, elements in error", () => {
    expect(outline(loopNamed(guide999, "2100"))).to.equal(
      "IK3 R1, CTX*SITUATIONAL TRIGGER S9, CTX*TRN02/NM109/PATIENT NAME NM109/" +
        "SUBSCRIBER NAME NM109/ENT01/SUBSCRIBER NUMBER REF02/CLM01 S1, 2110 SInfinity",
    );
    expect(segmentNamed(loopNamed(guide999, "2100"), "IK3").elements[3]?.codes).to.include("I4");
  });

  it("put the verdict on a transaction set after its segments in error", () => {
    expect(outline(loopNamed(guide999, "2000"))).to.equal("AK2 R1, 2100 SInfinity, IK5 R1");
  });

  it("let a 277CA reject at the levels of the batch, the provider, the claim and the line", () => {
    for (const id of ["2200B", "2200C", "2200D", "2220D"]) {
      expect(segmentNamed(loopNamed(guide277CA, id), "STC").repeat, id).to.equal(Infinity);
    }
  });

  it("give the TA1 its five elements and note codes 000 to 031", () => {
    const ta1 = segmentNamed(guideTa1.root, "TA1");
    expect(ta1.elements).to.have.length(5);
    expect(ta1.elements[4]?.codes).to.have.length(32);
  });
});

describe("the claim status guides", () => {
  it("keep the order of what is asked and of what is answered", () => {
    expect(outline(loopNamed(guide276, "2200D"))).to.equal(
      "TRN R1, REF*1K S1, REF*BLT S1, REF*LU S1, REF*6P S1, REF*EJ S1, REF*XZ S1, REF*D9 S1, " +
        "AMT S1, DTP S1, 2210D SInfinity",
    );
    expect(outline(loopNamed(guide277, "2200E"))).to.equal(
      "TRN R1, STC RInfinity, REF*1K S1, REF*BLT S1, REF*EJ S1, REF*XZ S1, REF*VV S1, " +
        "REF*D9 S1, DTP S1, 2220E SInfinity",
    );
  });

  it("tell of a pharmacy claim in STC01-4, and of none above the claims", () => {
    const ofClaim = segmentNamed(loopNamed(guide277, "2200D"), "STC").elements[0];
    expect(ofClaim?.components?.[3]).to.deep.include({ usage: "S", codes: ["RX"] });
    const above = segmentNamed(loopNamed(guide277, "2200C"), "STC").elements[0];
    expect(above?.components?.[3]?.usage).to.equal("N");
  });
});

describe("the eligibility guides", () => {
  it("keep the order of the subscriber", () => {
    expect(outline(loopNamed(guide270, "2100C"))).to.equal(
      "NM1 R1, REF S9, N3 S1, N4 S1, PRV S1, DMG S1, INS S1, HI S1, DTP S2, 2110C S99",
    );
    expect(outline(loopNamed(guide271, "2100C"))).to.equal(
      "NM1 R1, REF S9, N3 S1, N4 S1, AAA S9, PRV S1, DMG S1, INS S1, HI S1, DTP S9, MPI S1, " +
        "2110C SInfinity",
    );
  });

  it("bracket who has to do with a benefit in LS and LE", () => {
    expect(outline(loopNamed(guide271, "2110D"))).to.equal(
      "EB R1, HSD S9, REF S9, DTP S20, AAA S9, MSG S10, 2115D S10, LS S1, 2120D S23, LE S1",
    );
  });

  it("let the kinds of service repeat ninety-nine times", () => {
    const asked = segmentNamed(loopNamed(guide270, "2110C"), "EQ").elements[0];
    const told = segmentNamed(loopNamed(guide271, "2110C"), "EB").elements[2];
    expect([asked?.repeat, told?.repeat]).to.deep.equal([99, 99]);
    expect(told?.codes).to.have.length.above(180);
  });
});
