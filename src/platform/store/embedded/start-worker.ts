/** Starts a worker of this folder, from TypeScript source as well as from compiled JavaScript. */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

/**
 * Room for young objects, in megabytes: what a transaction holds lives until it is committed, and would be
 * copied again and again in less.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 128 };

/**
 * Returns the running worker of a module. Loaders that the main thread registered do not reach workers
 * of Node 20, so from source the worker registers tsx for itself.
 */
export function startWorker(name: "worker" | "reader", setup: object): Worker {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const module = new URL(`./${name}.${extension}`, import.meta.url);
  if (extension === "js")
    return new Worker(module, { workerData: setup, execArgv: [], resourceLimits });
  const tsxFolder = createRequire(import.meta.url).resolve("tsx/package.json");
  const tsx = new URL("./dist/esm/api/index.mjs", pathToFileURL(tsxFolder)).href;
  const code = `import(${JSON.stringify(tsx)}).then((tsx) => {
    tsx.register();
    return import(${JSON.stringify(module.href)});
  })`;
  return new Worker(code, { eval: true, workerData: setup, execArgv: [], resourceLimits });
}
