/**
 * Independent judges of what we write: `npm run conformance [-- --smoke] [-- --count N] [-- --seed
 * S]`. Seeded, varied claims of all kinds and the practice payer's answers are given to pyx12 (where
 * Python is present) and node-x12; our own verdict on files of others is compared with theirs. Ends
 * with the number of checks, and with 1 when one of them failed.
 */
import { parseArgs } from "node:util";
import type { EncounterKind } from "../../src/billing/intake/index.ts";
import { answerFiles, claimFiles, type GeneratedFile } from "./generated-files.ts";
import { compareWithManifest, HAS_MANIFEST } from "./manifest.ts";
import { differenceOf } from "./node-x12.ts";
import { askOurselves } from "./our-verdict.ts";
import { askPyx12, findPyx12, type Pyx12 } from "./pyx12.ts";
import { VARIATIONS } from "./varied/index.ts";
import { missingFrom, spoiled } from "./variety.ts";

const { values: asked } = parseArgs({
  options: {
    smoke: { type: "boolean", default: false },
    count: { type: "string" },
    seed: { type: "string", default: process.env.CONFORMANCE_SEED ?? "conformance" },
  },
});

/** So many claims of each kind show all that claims and payers may say; fewer need not. */
const ENOUGH = 260;
/** Claims of each kind. */
const COUNT = Number(asked.count ?? (asked.smoke ? ENOUGH : 2000));
/** A run that is not cut down puts so many files to pyx12. */
const JUDGED_LEAST = 2000;
/** Faults that are printed of each check. */
const SHOWN = 10;
/** What is written, and whether pyx12 can judge it: its map of the 277CA wants a loop too many. */
const WRITTEN = [
  ["837P", true],
  ["837I", true],
  ["837D", false],
  ["835", true],
  ["277CA", false],
  ["999", true],
] as const;

const checks = { passed: 0, failed: 0, skipped: 0 };

process.exitCode = Number.isInteger(COUNT) && COUNT > 0 ? await run() : usage();

function usage(): number {
  process.stderr.write("--count wants a whole number of claims.\n");
  return 2;
}

async function run(): Promise<number> {
  say(`seed ${asked.seed}, ${COUNT} claims of each kind`);
  const pyx12 = findPyx12();
  if ("missing" in pyx12) say(`${pyx12.missing}: pyx12 is not asked.`);
  const sent = (["professional", "institutional", "dental"] as const).flatMap(claimsOf);
  const files = [...sent, ...answerFiles(sent, asked.seed)];
  checkVariety("the remittances show all that payers do", missingFrom(files));
  for (const [kind, judged] of WRITTEN) {
    const written = files.filter((file) => file.kind === kind);
    const claims = written.reduce((sum, file) => sum + file.claims, 0);
    say(`${kind}: ${written.length} files with ${claims} claims`);
    if (judged) judgeByPyx12(kind, written, pyx12);
    check(`node-x12 reads each ${kind} as written`, differencesOf(written));
    check(`our own validate finds no error in a ${kind}`, await ownErrorsOf(written));
  }
  if (asked.count === undefined && !asked.smoke) {
    const judged = files.filter(({ kind }) => /^(?:837[PI]|835)$/.test(kind)).length;
    const few = judged < JUDGED_LEAST ? [`${judged} files`] : [];
    check(`837P, 837I and 835 are ${JUDGED_LEAST} files or more`, few);
  }
  await compare();
  say(`conformance: ${checks.passed} passed, ${checks.failed} failed, ${checks.skipped} skipped`);
  return checks.failed > 0 ? 1 : 0;
}

/** The files of a kind; every variation must be in them. */
function claimsOf(kind: EncounterKind): readonly GeneratedFile[] {
  const { files, variations } = claimFiles(kind, COUNT, asked.seed);
  const missing = VARIATIONS[kind].filter((name) => !variations.has(name));
  const least = Math.min(...variations.values());
  const many = `${variations.size} variations, each in ${least} claims or more`;
  checkVariety(`${kind} claims show ${many}`, missing);
  return files;
}

function judgeByPyx12(kind: string, files: readonly GeneratedFile[], pyx12: Pyx12): void {
  const accepts = `pyx12 accepts each ${kind}`;
  const refuses = `pyx12 refuses each spoiled ${kind}`;
  if ("missing" in pyx12) {
    skip(accepts);
    skip(refuses);
    return;
  }
  const worse = files.slice(0, SHOWN).flatMap(spoiled);
  const opinions = askPyx12(pyx12.python, [...files, ...worse]);
  const refused = opinions.slice(0, files.length).filter(({ accepted }) => !accepted);
  const taken = opinions.slice(files.length).filter(({ accepted }) => accepted);
  check(
    accepts,
    refused.map(({ name, errors }) => `${name}: ${errors[0]}`),
  );
  check(
    refuses,
    taken.map(({ name }) => name),
  );
}

function differencesOf(files: readonly GeneratedFile[]): string[] {
  return files.flatMap(({ name, text }) => {
    const difference = differenceOf(text);
    return difference === undefined ? [] : [`${name}: ${difference}`];
  });
}

async function ownErrorsOf(files: readonly GeneratedFile[]): Promise<string[]> {
  const found: string[] = [];
  for (const { name, text } of files) {
    const { errors } = await askOurselves(name, new TextEncoder().encode(text));
    if (errors.length > 0) found.push(`${name}: ${errors[0]}`);
  }
  return found;
}

async function compare(): Promise<void> {
  const explained = "we say what others say of their files, or docs/conformance.md says why not";
  if (!HAS_MANIFEST) {
    say("The files of others are not beside the repository.");
    skip(explained);
    return;
  }
  const { files, disagreements, unexplained, stale } = await compareWithManifest();
  say(`files of others: ${files}, ${disagreements.length} disagreements`);
  const agreed = stale.map((row) => `${row}: is explained, and is none`);
  check(explained, [...unexplained, ...agreed]);
}

/** A check of what few claims cannot show. */
function checkVariety(promise: string, missing: readonly string[]): void {
  if (COUNT < ENOUGH) skip(promise);
  else check(promise, missing);
}

/** A check: passed when there are no faults; the first of them are printed. */
function check(promise: string, faults: readonly string[]): void {
  checks[faults.length === 0 ? "passed" : "failed"] += 1;
  say(
    faults.length === 0 ? `  ok    ${promise}` : `  FAIL  ${promise}: ${faults.length} times not`,
  );
  for (const fault of faults.slice(0, SHOWN)) say(`        ${fault}`);
}

function skip(promise: string): void {
  checks.skipped += 1;
  say(`  skip  ${promise}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
