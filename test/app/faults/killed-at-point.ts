/**
 * One process of a chain: `killed-at-point.js FOLDER SCENE POINT`. It opens the folder that its predecessor was killed
 * over, expects that nothing was lost or doubled, does that work again, and is killed (kill -9, by itself) in the next
 * practice, when the work sends the command of its point. Point 0 counts the points and notes the end to be reached.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { startEmbedded } from "../../../src/platform/store/embedded/index.ts";
import { openStore } from "../../../src/platform/store/index.ts";
import { testKeys } from "../../keys.ts";
import { appOn, Practice } from "../practice.ts";
import { booksOf, expectWhole } from "./books.ts";
import { commandProxy } from "./command-proxy.ts";
import { newId, workThrough } from "./fail-points.ts";
import { sceneOf } from "./scenes.ts";

const [directory = "", name = "", given = ""] = process.argv.slice(2);
const point = Number(given);
const scene = sceneOf(name);
const note = join(directory, "..", "expected.json");
const embedded = await startEmbedded({ directory });
const store = await openStore({ uri: embedded.uri }, testKeys());
const app = appOn(store, newId);
const practiceOf = (number: number) => new Practice(app, `practice-${number}`);

if (existsSync(note)) {
  const expected: unknown = JSON.parse(readFileSync(note, "utf8"));
  const killed = practiceOf(point - 1);
  await expectWhole(killed, "after the kill");
  await scene.work(killed);
  expect(await booksOf(killed), "after it was done again").to.deep.equal(expected);
  await expectWhole(killed, "after it was done again");
}
const practice = practiceOf(point);
await scene.prepare(practice);
const commands: string[] = [];
const proxy = await commandProxy(embedded.uri, (command, place) => {
  commands.push(command);
  if (place === point) process.kill(process.pid, "SIGKILL");
  return "passes";
});
await workThrough(proxy, scene, practice.actor.practiceId);
await proxy.close();
if (!existsSync(note)) writeFileSync(note, JSON.stringify(await booksOf(practice)));
process.stdout.write(`${JSON.stringify(commands)}\n`);
await store.close();
await embedded.close();
