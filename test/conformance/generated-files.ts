/** Files as the engine sends them, and as the practice payer answers them, from varied encounters. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  batchClaims,
  buildClaim,
  type CodeSets,
  checkClaims,
  generateBatch,
  type PreparedClaim,
} from "../../src/billing/claims/index.ts";
import { compileEncounterCheck, type EncounterKind } from "../../src/billing/intake/index.ts";
import { answerClaims, practiceProfile } from "../../src/practice-payer/index.ts";
import { between, randomFrom } from "../../src/practice-payer/random.ts";
import { TODAY, type VariedEncounter, variedEncounters } from "./varied/index.ts";

/** A file of one transaction set kind. */
export interface GeneratedFile {
  readonly name: string;
  readonly kind: "837P" | "837I" | "837D" | "835" | "277CA" | "999" | "TA1";
  readonly text: string;
  /** Claims or claim payments in it. */
  readonly claims: number;
}

/** Files of claims with what was varied in them. */
export interface GeneratedClaims {
  readonly files: readonly GeneratedFile[];
  readonly claims: number;
  /** How many claims have each variation. */
  readonly variations: ReadonlyMap<string, number>;
}

const FORMATS = { professional: "837P", institutional: "837I", dental: "837D" } as const;
/** A file has up to so many claims: a judge then names a place near the fault. */
const CLAIMS_PER_FILE = 4;
const EVERY_CODE: CodeSets = { lookup: () => ({ status: "valid", complete: true }) };

/** `count` claims of a kind, each accepted by schema and edits, in small files of one payer each. */
export function claimFiles(kind: EncounterKind, count: number, seed: string): GeneratedClaims {
  const varied = variedEncounters(kind, count, seed);
  const prepared = accepted(varied);
  const random = randomFrom(`${seed}|${kind}|files`);
  const files: GeneratedFile[] = [];
  for (const { claims, usage } of batchClaims(prepared)) {
    for (let at = 0; at < claims.length; ) {
      const part = claims.slice(at, at + between(random, 1, CLAIMS_PER_FILE));
      at += part.length;
      const number = files.length + 1;
      const name = `${FORMATS[kind]}-${String(number).padStart(4, "0")}.edi`;
      const text = fileOf(part, usage, number);
      files.push({ name, kind: FORMATS[kind], text, claims: part.length });
    }
  }
  const variations = new Map<string, number>();
  for (const name of varied.flatMap((each) => each.variations)) {
    variations.set(name, (variations.get(name) ?? 0) + 1);
  }
  return { files, claims: prepared.length, variations };
}

function accepted(varied: readonly VariedEncounter[]): PreparedClaim[] {
  const schema = new URL("../../schemas/encounter.schema.json", import.meta.url);
  const check = compileEncounterCheck(JSON.parse(readFileSync(schema, "utf8")) as object);
  const encounters = varied.map(({ encounter }) => encounter);
  const edited = checkClaims(encounters, { today: TODAY, codeSets: EVERY_CODE });
  return edited.map(({ encounter, findings }, index) => {
    const errors = [...check(encounter).findings, ...findings].filter(
      ({ severity }) => severity === "error",
    );
    const what = varied[index]?.variations.join(", ");
    assert.deepEqual(errors, [], `a varied encounter is held: ${what}`);
    const number = encounter.claimInformation.patientControlNumber ?? "";
    const lineControlNumber = (line: number): string => `${number}L${line + 1}`;
    const claim = buildClaim(encounter, { patientControlNumber: number, lineControlNumber });
    return { encounter, claim };
  });
}

function fileOf(claims: readonly PreparedClaim[], usage: "P" | "T", number: number): string {
  const { submitter, receiver } = practiceProfile();
  const { text } = generateBatch(claims, {
    submitter: {
      organizationName: submitter.organizationName ?? "",
      id: submitter.submitterIdentification ?? "",
      contact: submitter.contactInformation ?? {},
    },
    receiver: {
      organizationName: receiver.organizationName ?? "",
      id: receiver.receiverId ?? "",
    },
    sender: { qualifier: "ZZ", id: "SAMPLETON01", code: "SAMPLETON01" },
    addressee: { qualifier: "ZZ", id: "PRACTICEPAYER", code: "PRACTICEPAYER" },
    usage,
    interchangeControlNumber: String(number),
    groupControlNumber: String(number),
    setControlNumber: (set) => `${number}${String(set + 1).padStart(4, "0")}`,
    date: TODAY,
    time: "0930",
    acknowledgmentRequested: number % 2 === 0,
  });
  assert.notEqual(text, "", "a varied encounter holds a delimiter");
  return text;
}

/** The payer is handed so many files at a time: it then pays in many small remittances. */
const FILES_PER_DELIVERY = 12;

/** All that the practice payer answers to these files, without what payers should not do. */
export function answerFiles(sent: readonly GeneratedFile[], seed: string): GeneratedFile[] {
  const answers: GeneratedFile[] = [];
  for (let at = 0; at < sent.length; at += FILES_PER_DELIVERY) {
    const delivered = sent.slice(at, at + FILES_PER_DELIVERY);
    const bytes = delivered.map(({ text }) => new TextEncoder().encode(text));
    const { files } = answerClaims(bytes, {
      seed: `${seed}|${at}`,
      today: "2026-06-30",
      startingControlNumber: answers.length + 1,
      behaviours: { irregularities: [] },
    });
    for (const { name, kind, text } of files) {
      const claims = text.match(/~\s*(?:CLP|TRN\*2)\*/g)?.length ?? 0;
      answers.push({ name, kind, text, claims });
    }
  }
  return answers;
}
