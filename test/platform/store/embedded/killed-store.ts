/** A store in a process of its own, which the durability test kills: `node --import tsx killed-store.ts FOLDER`. */
import { startEmbedded } from "../../../../src/platform/store/embedded/index.ts";

const store = await startEmbedded({ directory: process.argv[2] ?? "" });
process.stdout.write(`${store.uri}\n`);
