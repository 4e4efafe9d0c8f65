/** Takes a file in on the embedded store of a folder, in a process that may be killed. */
import { readFileSync } from "node:fs";
import { ingestFile } from "../../src/app/ingest-file.ts";
import { newIds } from "../../src/app/open-app.ts";
import { openStore } from "../../src/platform/store/index.ts";
import { actorOf, appOn, fileOf } from "./practice.ts";

const [directory = "", practiceId = "", file = ""] = process.argv.slice(2);
const store = await openStore({ directory });
const app = appOn(
  store,
  newIds(() => Date.now()),
);
process.stdout.write("open\n");
await ingestFile(app, actorOf(practiceId), fileOf(readFileSync(file), "big.835"), () => undefined);
process.stdout.write("done\n");
await store.close();
