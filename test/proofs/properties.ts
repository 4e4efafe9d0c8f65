/**
 * `npm run properties -- [CASES] [IN_STORE]`: so many made-up lives of practices, 20,000 by default,
 * each of which must keep every promise of posting and agree with the clerk, in memory; and so many
 * of them through the real use cases on a store; then 8 workers at once. PROPERTY_SEED repeats a run, PROPERTY_CASE one case.
 */
import { openStore } from "../../src/platform/store/index.ts";
import { appOn, countingIds, Practice, storePlace } from "../app/practice.ts";
import { testKeys } from "../keys.ts";
import { CALM, life, ROUGH } from "./life.ts";
import { proveInStore } from "./prove-in-store.ts";
import { diceOfCase, newTally, proveLife } from "./prove-life.ts";
import { proveWorkers, Workers } from "./workers.ts";
import { claimsFile, remittancesFile } from "./write-life.ts";

const [cases = 20_000, inStore = 40] = process.argv.slice(2).map(Number);
const seed = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31);
const { PROPERTY_CASE } = process.env;
const [from, to] =
  PROPERTY_CASE === undefined ? [0, cases] : [Number(PROPERTY_CASE), Number(PROPERTY_CASE) + 1];
const [WORKERS, FILES] = [8, 100];
const REPORTED = 5_000;

process.stdout.write(`${cases} lives of practices, PROPERTY_SEED=${seed}\n`);

const tally = newTally();
for (let number = from; number < to; number += 1) {
  try {
    proveLife(seed, number, tally);
  } catch (error) {
    tellCase(number);
    throw error;
  }
  if (tally.cases % REPORTED === 0) process.stdout.write(`${tally.cases} lives in memory\n`);
}

const place = storePlace();
const store = await openStore(place.location, testKeys());
const app = appOn(store, countingIds());
const last = PROPERTY_CASE === undefined ? Math.min(inStore, to) : to;
for (let number = from; number < last; number += 1) {
  try {
    await proveInStore(seed, number, new Practice(app, `life-${number}`));
  } catch (error) {
    tellCase(number);
    throw error;
  }
}
if (process.env.MONGODB_URI !== undefined) await place.clean(store);
await store.close();
if (process.env.MONGODB_URI === undefined) await place.clean();

if (PROPERTY_CASE === undefined) {
  const workers = new Workers();
  await workers.open(WORKERS);
  await proveWorkers(workers, FILES, seed);
  await workers.close();
  process.stdout.write(`${WORKERS} workers end where one ends, with ${FILES} files\n`);
}

const outcomes = [...tally.outcomes].sort(([, a], [, b]) => b - a);
for (const [outcome, count] of outcomes) process.stdout.write(`  ${count} ${outcome}\n`);
process.stdout.write(
  `properties: ${tally.cases} lives, ${tally.sets} remittances, ${tally.payments} claim payments ` +
    `agree with the clerk; ${last - from} of them on a store\n`,
);

/** The files of a case, and how to live it again. */
function tellCase(number: number): void {
  const lived = life(diceOfCase(seed, number), number % 3 === 0 ? CALM : ROUGH);
  process.stdout.write(`\nPROPERTY_SEED=${seed} PROPERTY_CASE=${number} npm run properties\n\n`);
  process.stdout.write(`${claimsFile(lived.claims)}\n`);
  for (const [index, sets] of lived.files.entries()) {
    process.stdout.write(`\n${remittancesFile(sets, index + 1)}\n`);
  }
}
