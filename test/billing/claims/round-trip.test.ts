import { expect } from "chai";
import fc from "fast-check";
import { X12Parser, type X12Segment } from "node-x12";
import {
  type Claim,
  checkClaim,
  generateBatch,
  type PreparedClaim,
  readClaims,
} from "../../../src/billing/claims/index.ts";
import { compileEncounterCheck } from "../../../src/billing/intake/index.ts";
import { readEdiSync } from "../../../src/edi/guides/index.ts";
import type { Finding } from "../../../src/edi/x12/index.ts";
import { arbitraryEncounter } from "./arbitrary-encounter.ts";
import { dentalSamples } from "./dental-encounters.ts";
import { institutionalSamples } from "./institutional-encounters.ts";
import { BATCH, prepared } from "./sample-batch.ts";
import { ALL_CODES, encounterSchema, sampleEncounters, TODAY } from "./sample-encounters.ts";

/** What our own reader makes of a text, elements checked by the guide. */
function read(text: string): { claims: Map<string, Claim>; findings: Finding[] } {
  const claims = new Map<string, Claim>();
  const findings: Finding[] = [];
  for (const event of readEdiSync(Buffer.from(text), { check: true })) {
    if ("findings" in event) findings.push(...event.findings);
    if (event.kind === "finding") findings.push(event.finding);
    if (event.kind !== "loop") continue;
    const { claim, findings: found } = readClaims(event.loop, event.set);
    findings.push(...found);
    if (claim !== undefined) claims.set(claim.patientControlNumber, claim);
  }
  return { claims, findings };
}

function expectSame(claims: readonly PreparedClaim[]): void {
  const { text } = generateBatch(claims, BATCH);
  const back = read(text);
  expect(back.findings).to.deep.equal([]);
  expect(back.claims.size).to.equal(claims.length);
  for (const { claim } of claims) {
    expect(back.claims.get(claim.patientControlNumber)).to.deep.equal(claim);
  }
}

const SAMPLES = {
  "837P": sampleEncounters(),
  "837I": institutionalSamples(),
  "837D": dentalSamples(),
} as const;

describe("encounter → claim → 837 → claim", () => {
  for (const [format, samples] of Object.entries(SAMPLES)) {
    for (const [name, encounter] of Object.entries(samples)) {
      it(`comes back the same: ${format}, ${name}`, () => expectSame(prepared([encounter])));
    }

    it(`comes back the same when all of the ${format} travel together`, () => {
      expectSame(prepared(Object.values(samples)));
    });
  }

  it("comes back to the cent for any valid encounters", () => {
    const check = compileEncounterCheck(encounterSchema());
    fc.assert(
      fc.property(fc.array(arbitraryEncounter(), { minLength: 1, maxLength: 8 }), (encounters) => {
        const accepted = encounters.map((encounter) => {
          expect(check(encounter).findings).to.deep.equal([]);
          const checked = checkClaim(encounter, { today: TODAY, codeSets: ALL_CODES });
          expect(checked.findings.filter(({ severity }) => severity === "error")).to.deep.equal([]);
          return checked.encounter;
        });
        expectSame(prepared(accepted));
      }),
      { numRuns: 60, verbose: 1 },
    );
  });

  for (const [format, samples] of Object.entries(SAMPLES)) {
    it(`is read by node-x12 as the same segments: ${format}`, () => {
      expectSameSegments(generateBatch(prepared(Object.values(samples)), BATCH).text);
    });
  }
});

function expectSameSegments(text: string): void {
  const interchange = new X12Parser(true).parse(text);
  if (!("functionalGroups" in interchange)) throw new Error("node-x12 read no interchange");
  const theirs = interchange.functionalGroups.flatMap((group) =>
    group.transactions.flatMap(({ header, segments, trailer }) =>
      [header, ...segments, trailer].map(plainSegment),
    ),
  );
  const ours = text.split("~\n").filter((segment) => !/^(?:ISA|GS|GE|IEA)\*|^$/.test(segment));
  expect(theirs).to.deep.equal(ours);
  expect(ours.length).to.be.greaterThan(80);
}

function plainSegment(segment: X12Segment): string {
  return [segment.tag, ...segment.elements.map((element) => element.value)].join("*");
}
