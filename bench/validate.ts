/**
 * What all findings cost: an 835 read, checked and proven, and an 837P checked as `validate` does, against the bare
 * tokenizer, node-x12 and pyx12; and whether a claim of a large file costs what one of a small file does.
 */
import { X12Parser } from "node-x12";
import { readClaimPayment } from "../src/billing/remits/index.ts";
import { starterCodeSets } from "../src/edi/codes/index.ts";
import { type EdiEvent, readEdi, readEdiSync } from "../src/edi/guides/index.ts";
import { askPyx12, findPyx12 } from "../test/conformance/pyx12.ts";
import { countSegments } from "./count-segments.ts";
import { generatedFiles } from "./generate.ts";
import { topFunctions } from "./profile.ts";
import { remittanceBytes, remittanceFile } from "./remittance-file.ts";
import type { BenchResult } from "./result.ts";

/** Of the speed at which segments are found, with nothing read of them. */
const TOKENIZER_TARGET = 0.2;
/** Times faster than node-x12 makes its objects of the same text. */
const OBJECTS_TARGET = 12;
/** Times faster than pyx12 checks the same claims, its maps read before. */
const PYX12_TARGET = 100;
/** A claim of a file of a million takes at most a tenth longer than one of a thousand. */
const FLAT_TARGET = 0.9;

/** As `validate` looks: elements, rules, and the codes of the sets that come with the program (SNIP 1 to 5). */
const CHECKED = { check: true, codeSets: starterCodeSets };
/** Encounters enough for pyx12 to read the map of claims. */
const FEW = 3;
const MEGABYTE = 1_000_000;
const CLAIM_BYTES = 387;

/** All checks on remittances and claims. */
export async function validate(scale: { smoke: boolean }): Promise<BenchResult[]> {
  return [...(await remittances(scale)), ...claims(scale), await flatness(scale)];
}

/** 835: all findings of SNIP 1 to 4, and typed claim payments. */
async function remittances(scale: { smoke: boolean }): Promise<BenchResult[]> {
  const bytes = remittanceBytes((scale.smoke ? 2 : 20) * MEGABYTE);
  const rounds = scale.smoke ? 4 : 10;
  const [segments = 0, checked = 0] = fastest(rounds, [
    () => countSegments([bytes]),
    () => readAll(readEdiSync(bytes, { check: true })),
  ]);
  const text = bytes.toString("latin1");
  const [objects = 0] = fastest(1, [() => new X12Parser().parse(text)]);
  const speed = (ms: number) => `${Math.round(bytes.length / 1000 / ms)} MB/s`;
  const top = await topFunctions(() => readAll(readEdiSync(bytes, { check: true })));
  process.stdout.write(`where reading and checking an 835 spends its time:\n${top}`);
  return [
    {
      name: "checked 835 against bare segments",
      ratio: segments / checked,
      target: TOKENIZER_TARGET,
      detail: `${speed(checked)} with findings of SNIP 1 to 4, segments alone ${speed(segments)}`,
    },
    {
      name: "checked 835 against objects of node-x12",
      ratio: objects / checked,
      target: OBJECTS_TARGET,
      detail: `${speed(checked)}, node-x12 parse ${speed(objects)}`,
    },
  ];
}

/** Generated claims, all payers' batches one after the other; pyx12 is left out where it is not. */
function claims(scale: { smoke: boolean }): BenchResult[] {
  const pyx12 = findPyx12();
  if ("missing" in pyx12) {
    process.stdout.write(`837P against pyx12 is left out: ${pyx12.missing}.\n`);
    return [];
  }
  const files = generatedFiles(scale.smoke ? 100 : 2500);
  const ask = (some: typeof files) => () => askPyx12(pyx12.python, some);
  const [ours = 0] = fastest(scale.smoke ? 4 : 10, [
    () => {
      for (const { text } of files) readAll(readEdiSync(Buffer.from(text), CHECKED));
    },
  ]);
  // Starting Python and reading its maps is not what is measured: it is taken off.
  const [small = 0, whole = 0] = fastest(2, [ask(generatedFiles(FEW)), ask(files)]);
  const bytes = files.reduce((sum, { text }) => sum + text.length, 0);
  return [
    {
      name: "837P checked against pyx12",
      ratio: (whole - small) / ours,
      target: PYX12_TARGET,
      detail: `${Math.round(bytes / 1000)} kB: ${Math.round(ours)} ms, pyx12 ${Math.round(whole - small)} ms`,
    },
  ];
}

/** Microseconds for a claim, of files of more and more claims. */
async function flatness(scale: { smoke: boolean }): Promise<BenchResult> {
  const sizes = scale.smoke ? [1000, 10_000] : [1000, 10_000, 100_000, 1_000_000];
  const costs: number[] = [];
  for (const size of sizes) {
    // A small file is read as often as a large one has claims, so that each is measured as long.
    const times = Math.min(100, Math.max(1, 100_000 / size));
    const begin = performance.now();
    let read = 0;
    for (let time = 0; time < times; time += 1) {
      const chunks = remittanceFile({ bytes: size * CLAIM_BYTES });
      for await (const event of readEdi(chunks, { check: true })) {
        if (event.kind === "loop") read += readClaimPayment(event.loop, 1).ordinal;
      }
    }
    costs.push(((performance.now() - begin) * 1000) / read);
  }
  const [small = Number.NaN] = costs;
  return {
    name: "a claim of a large 835",
    ratio: small / Math.max(...costs),
    target: FLAT_TARGET,
    detail: sizes.map((size, index) => `${size}: ${costs[index]?.toFixed(1)} us`).join(", "),
  };
}

/** Reads claim payments as posting does; a finding is an error of the bench. */
function readAll(events: Iterable<EdiEvent>): number {
  let loops = 0;
  for (const event of events) {
    if ("findings" in event && event.findings.some(({ severity }) => severity === "error")) {
      throw new Error(`the generated file has a finding: ${event.findings[0]?.code}`);
    }
    if (event.kind !== "loop") continue;
    loops += 1;
    if (event.loop.id === "2100") readClaimPayment(event.loop, loops);
  }
  return loops;
}

/** Milliseconds of the fastest of so many rounds, of each; they take turns. */
function fastest(rounds: number, runs: readonly (() => unknown)[]): number[] {
  const best = runs.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, run] of runs.entries()) {
      const begin = performance.now();
      run();
      best[index] = Math.min(best[index] ?? 0, performance.now() - begin);
    }
  }
  return best;
}
