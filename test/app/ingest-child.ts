/** Takes a file in on the embedded store of a folder, in a process that may be killed; says how far it is. */
import { readFileSync } from "node:fs";
import type { Tell } from "../../src/app/events.ts";
import { ingestFile } from "../../src/app/ingest-file.ts";
import { newIds } from "../../src/app/open-app.ts";
import { openStore } from "../../src/platform/store/index.ts";
import { testKeys } from "../keys.ts";
import { actorOf, appOn, fileOf } from "./practice.ts";

const [directory = "", practiceId = "", file = ""] = process.argv.slice(2);
const store = await openStore({ directory }, testKeys());
const app = appOn(
  store,
  newIds(() => Date.now()),
);
process.stdout.write("open\n");
let telling = false;
/** Says once that a chunk is committed: all that it tells comes in one turn. */
const tell: Tell = ({ kind }) => {
  if (telling || kind !== "posting") return;
  telling = true;
  process.stdout.write("chunk\n");
  setImmediate(() => {
    telling = false;
  });
};
await ingestFile(app, actorOf(practiceId), fileOf(readFileSync(file), "big.835"), tell);
process.stdout.write("done\n");
await store.close();
