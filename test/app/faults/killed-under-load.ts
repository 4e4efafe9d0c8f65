/**
 * A process that is killed at a random moment while it takes several files in at once: `killed-under-load.js FOLDER`.
 * It goes on where its predecessor was killed: proves the books of the practice that was at work, takes all of its
 * files in again, and, where it gets that far, compares the end and begins the next practice.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { importDeposits } from "../../../src/app/deposits/import-deposits.ts";
import { openStore } from "../../../src/platform/store/index.ts";
import { testKeys } from "../../keys.ts";
import { appOn, fileOf, Practice } from "../practice.ts";
import { expectWhole } from "./books.ts";
import { newId } from "./fail-points.ts";
import { loadFiles } from "./load.ts";

const [directory = "", mode = ""] = process.argv.slice(2);
const progressFile = join(directory, "..", "practice");
const expectedFile = join(directory, "..", "expected.json");
const store = await openStore({ directory }, testKeys());
const app = appOn(store, newId);
const files = loadFiles();

const say = (text: string) => process.stdout.write(`${text}\n`);

/** Takes one file in, whatever it is. */
async function take(practice: Practice, { name, text }: (typeof files)[number]): Promise<void> {
  if (!name.endsWith(".csv")) await practice.ingest(text, name);
  else await importDeposits(app, practice.actor, fileOf(text, name), () => undefined);
}

/** What must be the same in whatever order the files came. */
async function endOf(practice: Practice): Promise<unknown> {
  const { store: own } = practice;
  const { "claim.post": posts, "remittance.post": remittances } = await practice.audited();
  return JSON.parse(
    JSON.stringify({
      state: await practice.state(),
      adjudications: await own.adjudications.count({}),
      matches: await own.depositMatches.count({}),
      files: await own.files.count({}),
      posts,
      remittances,
    }),
  );
}

if (mode === "expected") {
  const practice = new Practice(app, "untouched");
  for (const file of files) await take(practice, file);
  writeFileSync(expectedFile, JSON.stringify(await endOf(practice)));
  await store.close();
  process.exit(0);
}
const expected: unknown = JSON.parse(readFileSync(expectedFile, "utf8"));
for (let number = existsSync(progressFile) ? Number(readFileSync(progressFile)) : 0; ; number++) {
  const practice = new Practice(app, `practice-${number}`);
  await expectWhole(practice, "after the kill");
  say("begin");
  await Promise.all(files.map((file) => take(practice, file)));
  await expectWhole(practice, "at the end");
  expect(await endOf(practice), "at the end").to.deep.equal(expected);
  writeFileSync(progressFile, String(number + 1));
  say("finished");
  if (mode === "last") break;
}
await store.close();
