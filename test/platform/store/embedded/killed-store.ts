/**
 * A store in a process of its own, for tests that end or limit that process: `killed-store.js FOLDER`. It prints
 * the store's URI, or why there is none; to every line of its input it answers with the bytes of memory it occupies.
 */
import { createInterface } from "node:readline";
import { startEmbedded } from "../../../../src/platform/store/embedded/index.ts";

try {
  const { uri } = await startEmbedded({ directory: process.argv[2] ?? "" });
  process.stdout.write(`${uri}\n`);
  createInterface(process.stdin).on("line", () => {
    process.stdout.write(`${process.memoryUsage.rss()}\n`);
  });
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
}
